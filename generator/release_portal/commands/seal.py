"""`release-portal seal`: closes a release for good."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.argument("version")
@click.option("--as", "person", required=True, metavar="PERSON", help="Who seals: an id of the roster.")
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="FILE", help="Private SSH key: signs the seal's text."
)
@click.option("--force", is_flag=True, help="Set a seal anew, as long as no other follows it.")
@click.pass_obj
def seal(invocation: Invocation, version: str, person: str, key: Path | None, *, force: bool) -> int:
    """Write the seal of VERSION, which is closed and has no errors. Commit it.

    From then on `check` tells of every file of the release that changes, comes or goes, and of anything that would
    have the release judged otherwise than on this day.

    \b
    Examples:
      release-portal seal 2.4.0 --as meera.iyer --key ~/.ssh/id_ed25519
    """  # fmt: skip
    from release_portal import drafts, sealing
    from release_portal.assess import assess
    from release_portal.audit.seal import sealing_of
    from release_portal.release import RELEASES

    with suppress(OSError):  # there is no such release, which is told below
        drafts.clear(
            invocation.root / RELEASES / version, sealing.FILE
        )  # else a killed seal bars the next one
    at = datetime.now().astimezone()
    assessment = assess(invocation.root, invocation.settings, at)
    path = sealing_of(invocation.root, assessment, version, person, at).write(key, force=force)
    click.echo(path)
    invocation.say(f"Commit it: git add {path} && git commit -S -m 'Seal {version}'")
    return 0
