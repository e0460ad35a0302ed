"""`release-portal init`: a new portal."""

from pathlib import Path

import click

from release_portal.commands._invocation import Invocation
from release_portal.failure import Misconfigured


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--demo", is_flag=True, help="The sample, with its history, keys and product repository.")
@click.pass_obj
def init(invocation: Invocation, folder: Path, *, demo: bool) -> int:
    """Make a portal in DIR, which must not exist yet, or be empty.

    With --demo: four releases of an invented company, each record committed by its owner at its time and
    signed with a key made on the spot, and the product repository with its signed tags.

    \b
    Example:
      release-portal init --demo demo
    """
    from release_portal.demo import replay

    if not demo:
        raise Misconfigured("only the demo can be made so far", f"release-portal init --demo {folder}")
    commits = replay((invocation.folder / folder).resolve())
    invocation.say(f"{folder}: {commits} commits. Next: release-portal -C {folder} check")
    return 0
