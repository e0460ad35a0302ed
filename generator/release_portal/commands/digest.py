"""`release-portal digest`: what a sign-off or a package record binds to."""

import click

from release_portal.commands._invocation import Invocation, known_versions
from release_portal.failure import Misconfigured


@click.command()
@click.argument("version")
@click.argument("record", required=False)
@click.pass_obj
def digest(invocation: Invocation, version: str, record: str | None) -> int:
    """Print the digest of a RECORD, as a sign-off states it; of all records of VERSION without one.

    For release-package and audit-package records, the digest over the phases before them is printed too.

    \b
    Examples:
      release-portal digest 2.4.0 scope
      release-portal digest 2.4.0
    """
    from release_portal.load import load
    from release_portal.wording import nearest

    portal = load(invocation.root, invocation.settings)
    known_versions((version,), [release.version for release in portal.releases])
    release = next(one for one in portal.releases if one.version == version)
    names = list(dict.fromkeys(one.type.name for one in release.records))
    if record is not None and record not in names:
        raise Misconfigured(f"release {version} has no record '{record}'", nearest(record, names))
    if record is not None:
        click.echo(release.digest_of(record))
        return 0
    for name in names:
        click.echo(f"{release.digest_of(name)}  {name}")
    for package in ("release-package", "audit-package"):
        if folders := portal.process.folders_before(package):
            click.echo(
                f"{release.package_digest(folders)}  content of {package} ({folders[0]} to {folders[-1]})"
            )
    return 0
