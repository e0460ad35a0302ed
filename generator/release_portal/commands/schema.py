"""`release-portal schema`: what records may hold, for editors."""

import click

from release_portal.commands._invocation import Invocation


@click.group()
def schema() -> None:
    """Write JSON Schema of the record types, for editors."""


@schema.command()
@click.argument("folder", metavar="DIR")
@click.pass_obj
def export(invocation: Invocation, folder: str) -> int:
    """Write a JSON Schema (draft-07) of every record type into DIR, a folder of the portal.

    Beside them stands vscode-settings.json, which names the files that each schema is for. What an earlier
    version wrote there is written over.

    \b
    Example:
      release-portal schema export schemas
    """
    from release_portal.schemas import VSCODE, export

    written = export(invocation.root, folder)
    for path in written:
        click.echo(path)
    invocation.say(
        f"{len(written)} files written. For VS Code, copy {folder}/{VSCODE} to .vscode/settings.json."
    )
    return 0
