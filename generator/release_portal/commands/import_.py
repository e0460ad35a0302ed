"""`release-portal import`: what tools wrote becomes records, with the files as evidence."""

from datetime import UTC, datetime

import click

from release_portal.commands._invocation import Invocation


class _Import(click.Command):
    """Its help ends with the formats."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        from release_portal.imports._importing import importers

        with formatter.section("Formats"):
            formatter.write_dl([(name, one.help) for name, one in importers().items()])


@click.command("import", cls=_Import)
@click.argument("format_", metavar="FORMAT")
@click.argument("version")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--set", "said", multiple=True, metavar="KEY=VALUE", help="Say what no file holds; repeatable.")
@click.option("--force", is_flag=True, help="Overwrite what stands in the record.")
@click.pass_obj
def import_(
    invocation: Invocation,
    format_: str,
    version: str,
    files: tuple[str, ...],
    said: tuple[str, ...],
    *,
    force: bool,
) -> int:
    """Write what FILEs of a FORMAT say into a record of VERSION, and copy them to its evidence.

    What only a person can say is left to be filled in. The same files once more change nothing.
    Exit code 1: the record says something else.

    \b
    Examples:
      release-portal import junit 2.6.0 reports/junit-security.xml --set area=security
      release-portal import git 2.6.0 ../platform
    """
    from release_portal.imports._importing import import_into, importer_of, request_of
    from release_portal.load import load

    importer, now = importer_of(format_), datetime.now(UTC)
    request = request_of(importer, load(invocation.root, invocation.settings), version, files, said, now)
    done = import_into(invocation.root, importer, request, force=force)
    if done.notices:
        invocation.say("\n".join(done.notices))
    for line in (*done.written, *done.conflicts):
        click.echo(line)
    if done.conflicts:
        invocation.say("Nothing was written. Correct the record, or overwrite it with --force.")
        return 1
    invocation.say(f"Files written: {len(done.written)}." if done.written else "Nothing to change.")
    return 0
