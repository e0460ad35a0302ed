"""`release-portal new`: a release's folder, or what it still lacks."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from release_portal.commands._invocation import Invocation
from release_portal.failure import Misconfigured
from release_portal.wording import nearest

if TYPE_CHECKING:  # `--help` need not wait for the records
    from release_portal.release import Release

RISKS = ("low", "medium", "high")


def a_day(value: str) -> str:
    """A day as records write it, or nothing."""
    from release_portal.records._kinds import KINDS

    if value and not KINDS["day"].good(value):
        raise click.BadParameter(KINDS["day"].hint)
    return value


def day(_: click.Context, __: click.Parameter, value: str) -> str:
    """The option `--target`."""
    return a_day(value)


@click.command()
@click.argument("version")
@click.option(
    "--type", "type_", type=click.Choice(["standard", "hotfix"]), default="standard", help="Kind of release."
)
@click.option(
    "--all", "all_phases", is_flag=True, help="Write the records of every phase, not only of the current one."
)
@click.option("--title", default="", metavar="TEXT", help="What people call the release.")
@click.option(
    "--target", default="", metavar="DAY", callback=day, help="When it is meant to be in production."
)
@click.option(
    "--risk",
    default="",
    type=click.Choice([*RISKS, ""]),
    metavar="RISK",
    help="low, medium or high.",
)
@click.option(
    "--manager",
    default="",
    metavar="PERSON",
    help="Release manager: an id of the roster. Default: who managed the release before.",
)
@click.pass_obj
def new(
    invocation: Invocation,
    version: str,
    type_: str,
    title: str,
    target: str,
    risk: str,
    manager: str,
    *,
    all_phases: bool,
) -> int:
    """Write the records that VERSION lacks, each valid and ready to be filled in.

    A new VERSION gets its folder, with the records of the first phase; a release that exists gets those
    that its phase asks for. Nothing that exists is changed. Roles and references begin as the release before
    had them. In a terminal it asks for what no option says; Enter leaves it to be filled in.

    \b
    Examples:
      release-portal new 2.7.0
      release-portal new 2.7.0 --title "Instant refunds" --target 2027-03-01 --risk low
      release-portal new 2.6.1 --type hotfix --all
    """
    from release_portal.load import load
    from release_portal.prefill import Said
    from release_portal.scaffold import scaffold

    portal = load(invocation.root, invocation.settings)
    release = portal.release(version)
    if release:
        _refuse_what_changes_nothing(release, title=title, target=target, risk=risk, manager=manager)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        title = title or _ask("Title")
        target = target or _ask("In production on (YYYY-MM-DD)", a_day)
        risk = risk or _ask("Risk (low, medium, high)", _a_risk)
    if manager and portal.roster.person(manager) is None:
        raise Misconfigured(f"'{manager}' is not in the roster", nearest(manager, list(portal.roster.people)))
    said = Said(title=title, target=target, risk=risk, manager=manager)
    written = scaffold(invocation.root, portal, version, type_, said, all_phases=all_phases)
    for path in written:
        click.echo(path)
    count = f"{len(written)} record{'s' * (len(written) != 1)} written. Replace each <fill …>, then"
    told = (
        count
        if written
        else f"{version} lacks no record of a phase that it has reached. To see what is open,"
    )
    invocation.say(f"{told} run: release-portal check {version}")
    return 0


def _refuse_what_changes_nothing(release: "Release", **said: str) -> None:
    """That a release exists is no error, but what is said of it would be lost."""
    given = [f"--{name}" for name, value in said.items() if value]
    if given:
        place = f"{release.folder}/release.yaml"
        raise Misconfigured(
            f"{release.version} is there already, and {given[0]} changes no file", f"write it into {place}"
        )


def _ask(words: str, accept: Callable[[str], str] = str) -> str:
    """An answer; nothing where somebody only presses Enter."""
    answer: str = click.prompt(words, default="", show_default=False, value_proc=accept, err=True)
    return answer


def _a_risk(value: str) -> str:
    if value not in {*RISKS, ""}:
        raise click.BadParameter(f"one of {', '.join(RISKS)}")
    return value
