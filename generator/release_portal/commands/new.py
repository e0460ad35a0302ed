"""`release-portal new`: a release's folder, or what it still lacks."""

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.argument("version")
@click.option(
    "--type", "type_", type=click.Choice(["standard", "hotfix"]), default="standard", help="Kind of release."
)
@click.option(
    "--all", "all_phases", is_flag=True, help="Write the records of every phase, not only of the current one."
)
@click.pass_obj
def new(invocation: Invocation, version: str, type_: str, *, all_phases: bool) -> int:
    """Write the records that VERSION lacks, each valid and ready to be filled in.

    A new VERSION gets its folder, with the records of the first phase; a release that exists gets those
    that its phase asks for. Nothing that exists is changed.

    \b
    Examples:
      release-portal new 2.7.0
      release-portal new 2.6.1 --type hotfix --all
    """
    from release_portal.load import load
    from release_portal.scaffold import scaffold

    portal = load(invocation.root, invocation.settings)
    written = scaffold(invocation.root, portal, version, type_, all_phases=all_phases)
    for path in written:
        click.echo(path)
    invocation.say(
        f"{len(written)} records written. Replace each <fill …>, then run: release-portal check {version}"
    )
    return 0
