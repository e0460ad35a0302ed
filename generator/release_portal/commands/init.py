"""`release-portal init`: a new portal."""

from collections import Counter
from pathlib import Path

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--demo", is_flag=True, help="The sample, with its history, keys and product repository.")
@click.option(
    "--name", default="", metavar="NAME", help="The first release manager. Default: git's user.name."
)
@click.option("--email", default="", metavar="ADDRESS", help="Their address. Default: git's user.email.")
@click.option("--id", "id_", default="", metavar="ID", help="How records name them. Default: from the name.")
@click.option(
    "--release", default="1.0.0", metavar="VERSION", help="The release to plan first.", show_default=True
)
@click.pass_obj
def init(
    invocation: Invocation, folder: Path, name: str, email: str, id_: str, release: str, *, demo: bool
) -> int:
    """Make a portal in DIR: process, roster, theme, CI and one planned release. Nothing that exists is changed.

    In a project that MkDocs builds already, what is missing is added, and what mkdocs.yml lacks is told.

    With --demo, into a new folder: four releases of an invented company, each record committed by its owner at
    its time and signed with a key made on the spot, and the product repository with its signed tags.

    \b
    Examples:
      release-portal init portal
      release-portal init . --name "Ana Silva" --email ana.silva@example.com --release 2.7.0
      release-portal init --demo demo
    """
    target = (invocation.folder / folder).resolve()
    if demo:
        from release_portal.demo import replay

        commits = replay(target)
        invocation.say(f"{folder}: {commits} commits. Next: release-portal -C {folder} check")
        return 0
    from release_portal.starter import find_owner, lay

    laid = lay(target, find_owner(target, name, email, id_), release)
    for place, count in Counter(_top(path) for path in laid.written).items():
        click.echo(f"{place} ({count} files)" if place.endswith("/") else place)
    for path in laid.left:
        invocation.say(f"left as it is: {path}")
    if laid.missing:
        invocation.say("\n  ".join(("add to mkdocs.yml:", *laid.missing)))
    if laid.repository:
        invocation.say("a git repository was made; nothing is committed yet")
    invocation.say(f"Next: release-portal -C {folder} check")
    return 0


def _top(path: str) -> str:
    """A file at the root, or the folder at the root that holds it."""
    return f"{path.partition('/')[0]}/" if "/" in path else path
