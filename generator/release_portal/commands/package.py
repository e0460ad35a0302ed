"""`release-portal package`: what an auditor gets, in one file."""

from datetime import datetime
from pathlib import Path

import click

from release_portal.commands._invocation import Invocation, instant

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("version", required=False)
@click.option("-o", "output", type=_FILE, metavar="FILE", help="Where to. Default: named after the release.")
@click.option("--since", type=_DAY, metavar="DAY", help="Without VERSION: all releases deployed from a day,")
@click.option("--until", type=_DAY, metavar="DAY", help="to a day, both included.")
@click.option("--sign", "key", type=_FILE, metavar="KEY", help="Private SSH key: signs the package.")
@click.option(
    "--as-of", callback=instant, metavar="DATE", help="Judge as of then. Default: when HEAD was committed."
)
@click.option(
    "--report",
    "kind",
    type=click.Choice(["pdf", "html"]),
    help="Kind of the evidence report. Default: pdf where WeasyPrint is installed.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def package(
    invocation: Invocation,
    version: str | None,
    output: Path | None,
    since: datetime | None,
    until: datetime | None,
    key: Path | None,
    as_of: datetime | None,
    kind: str | None,
    *,
    force: bool,
) -> int:
    """Pack records, evidence, pages and git facts of VERSION, or of a period, for audit.

    The package is a BagIt bag in a zip archive: the same commit gives the same bytes. Printed are the digest that
    `verify` takes, that of the payload, and the one that the record audit-package states. Where git history counts,
    what is not committed is not packed. Exit code 1: that, or a seal that is broken.

    \b
    Examples:
      release-portal package 2.4.0 -o audit-2.4.0.zip --sign ~/.ssh/id_ed25519
      release-portal package --since 2026-07-01 --until 2026-09-30
    """  # fmt: skip
    if bool(version) == bool(since and until) or bool(since) != bool(until):
        raise click.UsageError("name a VERSION, or a period with --since and --until")
    from release_portal.assess import assess
    from release_portal.audit.broken import broken_seal
    from release_portal.audit.instant import instant_of
    from release_portal.audit.package import Package
    from release_portal.audit.report import MISSING, installed
    from release_portal.audit.selection import of_period, of_version
    from release_portal.commands._report import formats, report_of

    assessment = assess(invocation.root, invocation.settings, as_of or instant_of(invocation.root))
    portal = assessment.portal
    chosen = (
        of_period(portal, since.date(), until.date())
        if since and until
        else of_version(portal, version or "")
    )
    told = report_of(invocation, assessment, tuple(one.version for one in chosen.releases))
    if not kind and not installed():
        invocation.say(f"{MISSING}: the evidence report is HTML")
    kind = kind or ("pdf" if installed() else "html")
    made = Package(invocation.root, assessment, chosen, formats("json").render(told), kind, key)
    target = output or Path(f"{chosen.name}.zip")
    click.echo("\n".join(made.write(target, force=force)))
    invocation.say(f"{target}: {told.summary}")
    broken = [one for release in chosen.releases for one in broken_seal(assessment, release)]
    for one in broken:
        invocation.say(f"broken seal: {one.location}: {one.message}")
    return 1 if broken else 0
