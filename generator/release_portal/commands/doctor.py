"""`release-portal doctor`: what this program runs on, and until when that is supported."""

import sys
from datetime import UTC, datetime

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.pass_obj
def doctor(invocation: Invocation) -> int:
    """Show versions, the days on which support ends, and what is missing.

    Exit code 0: everything that is needed is there and supported; 1: something is not.

    \b
    Examples:
      release-portal doctor
    """
    from release_portal.environment import parts

    today, faults = datetime.now(UTC).date(), 0
    for part in parts():
        fault = part.fault(today)
        faults += bool(fault)
        line = f"{part.name:<22}{part.version or '-':<14}{fault or part.note(today)}".rstrip()
        click.secho(line, fg="red" if fault and invocation.colour else None)
    portal = invocation.config_file
    click.echo(
        f"{'portal':<22}{portal if portal.is_file() else '-  no mkdocs.yml here: see release-portal init'}"
    )
    click.echo(f"{'platform':<22}{sys.platform}")
    return 1 if faults else 0
