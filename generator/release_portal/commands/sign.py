"""`release-portal sign`: the file of a sign-off, with the right digest."""

from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.argument("version")
@click.argument("record")
@click.option("--as", "person", required=True, metavar="PERSON", help="Who signs: an id of the roster.")
@click.option("--role", default="", metavar="ROLE", help="In which role, where the process leaves a choice.")
@click.option("--reject", "decision", flag_value="reject", help="Reject the record.")
@click.option("--abstain", "decision", flag_value="abstain", help="Abstain.")
@click.option(
    "--meaning", default="approved", help="authored, reviewed, approved or witnessed.", show_default=True
)
@click.option("--note", default="", metavar="TEXT", help="Conditions or reasons.")
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="FILE", help="Private SSH key: signs the file's text."
)
@click.pass_obj
def sign(
    invocation: Invocation,
    version: str,
    record: str,
    person: str,
    role: str,
    decision: str | None,
    meaning: str,
    note: str,
    key: Path | None,
) -> int:
    """Write PERSON's sign-off on RECORD of VERSION. Commit the file alone, as that person.

    \b
    Examples:
      release-portal sign 2.6.0 scope --as sofia.lindqvist
      release-portal sign 2.6.0 scope --as kavita.rao --key ~/.ssh/id_ed25519
    """  # fmt: skip
    from release_portal.load import load
    from release_portal.records.signoff import Meaning
    from release_portal.signing import Statement, write_signoff

    if meaning not in get_args(Meaning):
        raise click.BadParameter(f"one of {', '.join(get_args(Meaning))}", param_hint="--meaning")
    said = Statement(
        version=version, subject=record, person=person, decision=decision or "approve", meaning=meaning, role=role, note=note
    )  # fmt: skip
    portal = load(invocation.root, invocation.settings)
    path = write_signoff(invocation.root, portal, said, datetime.now().astimezone(), key)
    click.echo(path)
    invocation.say(
        f"Commit it alone, as {person}: git add {path} && git commit -S -m 'Sign {record} of {version}'"
    )
    return 0
