"""`release-portal digest`: what a sign-off or a package record binds to."""

import click

from release_portal.commands._invocation import Invocation, known_versions
from release_portal.failure import Misconfigured

PACKAGES = ("release-package", "audit-package")


@click.command()
@click.argument("version")
@click.argument("record", required=False)
@click.pass_obj
def digest(invocation: Invocation, version: str, record: str | None) -> int:
    """Print the digest of a RECORD, as a sign-off states it; of all records of VERSION without one.

    RECORD may be the number of a deliverable that release.yaml says does not apply. For release-package and
    audit-package, the digest over the phases before them, which the package itself states, is printed too, also as
    long as the record is not there.

    \b
    Examples:
      release-portal digest 2.4.0 scope
      release-portal digest 2.4.0
    """
    from release_portal.load import load
    from release_portal.wording import nearest

    portal = load(invocation.root, invocation.settings)
    known_versions((version,), portal)
    release = next(one for one in portal.releases if one.version == version)
    process = portal.process_of(release)
    names = list(dict.fromkeys(one.type.name for one in release.records))
    if record is not None and not (record in PACKAGES or release.digest_of(record)):
        raise Misconfigured(
            f"release {version} has no record '{record}'", nearest(record, [*names, *PACKAGES])
        )
    if record is not None and record not in PACKAGES:
        click.echo(release.digest_of(record))
        return 0
    for name in names if record is None else [one for one in names if one == record]:
        click.echo(f"{release.digest_of(name)}  {name}")
    for package in PACKAGES if record is None else (record,):
        if folders := process.folders_before(package):
            sha = release.package_digest(folders)
            click.echo(f"{sha}  content of {package} ({folders[0]} to {folders[-1]})")
    return 0
