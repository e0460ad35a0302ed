"""`release-portal status`: can we release now, and if not, who must do what."""

import shutil
import sys
from datetime import datetime

import click

from release_portal.commands._invocation import Invocation, instant, known_versions
from release_portal.commands._past import unasked
from release_portal.failure import Misconfigured


@click.command()
@click.argument("version", required=False)
@click.option(
    "--as-of", callback=instant, metavar="DATE", help="Judge as of a day or an instant. Default: now."
)
@click.option("--base", default="", metavar="REF", help="Judge by roster, keys and process of a branch.")
@click.option("--format", "format_", default="text", metavar="FORMAT", help="text, json or markdown.")
@click.pass_obj
def status(
    invocation: Invocation, version: str | None, as_of: datetime | None, base: str, format_: str
) -> int:
    """Tell whether VERSION can be released now, and if not, who must do what.

    Without VERSION: every release that is not closed, the next one first. Exit code 0: the next gate of
    each is open; 1: it is shut; 3: it could not be verified.

    \b
    Examples:
      release-portal status
      release-portal status 2.6.0 --format markdown
    """
    from release_portal import board
    from release_portal.assess import assess
    from release_portal.board._board import board as board_of
    from release_portal.board._format import Format, Screen
    from release_portal.registry import collect
    from release_portal.wording import nearest

    formats = {one.name: one for one in collect(board, "FORMAT", Format)}
    if format_ not in formats:
        raise Misconfigured(f"there is no format '{format_}'", nearest(format_, list(formats)))
    assessment = assess(invocation.root, invocation.settings, as_of, base, committed=as_of is not None)
    if words := unasked(assessment, as_of):
        invocation.say(f"{words[0].upper()}{words[1:]}.")
    if version is not None:
        known_versions((version,), assessment.portal, as_of)
    told = board_of(invocation.root, assessment, version)
    size = shutil.get_terminal_size((80, 24))
    height = size.lines if sys.stdout.isatty() else 0
    screen = Screen(min(size.columns, 80), height, invocation.colour)
    click.echo(formats[format_].render(told, screen), nl=False, color=invocation.colour)
    return 0 if told.ready else 1
