"""The command line: the list of commands, and how every run of one ends.

Exit codes: 0 clean, 1 findings, 2 usage, configuration or a file that cannot be written, 3 cannot verify, 4 an error
of ours, 130 interrupted, 143 told to end. Commands are imported when they are called, so that `--help` stays quick.
"""

import errno
import hashlib
import importlib
import keyword
import os
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from release_portal.commands._invocation import Invocation
from release_portal.failure import Failure

# What a machine says when it has no room, no right or no working disk: nothing that a report to us would mend.
_OF_THE_MACHINE = {
    errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC,
    errno.EPERM, errno.EROFS,
}  # fmt: skip

# In the order in which a team meets them.
COMMANDS = {
    "init": "Make a portal: a new repository, or the demo.",
    "new": "Write the records that a release lacks.",
    "import": "Write records from what CI tools, git and forges say.",
    "check": "Check records, sign-offs and evidence.",
    "status": "Tell whether a release can go, and who must act.",
    "sign": "Write a sign-off.",
    "digest": "Print what a sign-off binds to.",
    "build": "Build the portal.",
    "leaks": "Prove that nothing internal stands in a public site.",
    "serve": "Serve the portal, and rebuild it as files change.",
    "seal": "Seal a closed release.",
    "package": "Pack a release, or a period, for audit.",
    "verify": "Verify an audit package.",
    "explain": "Explain a rule.",
    "schema": "Write JSON Schema of the records, for editors.",
    "doctor": "Show versions, and until when they are supported.",
    "completion": "Print what makes a shell complete commands.",
}


class _Commands(click.Group):
    """Commands by name, imported when needed; a mistyped one is told the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(f"release_portal.commands.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  # our own modules
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C", "folder", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="Run in DIR."
)
@click.option("--config", default="mkdocs.yml", metavar="FILE", help="Configuration file.", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing on standard error but errors.")
@click.option("--no-color", is_flag=True, help="Write no colour; NO_COLOR does the same.")
@click.version_option(package_name="release-portal", message="release-portal %(version)s")
@click.pass_context
def cli(context: click.Context, folder: Path, config: str, *, quiet: bool, no_color: bool) -> None:
    """Release records in git, proved and published."""
    context.obj = Invocation(folder, config, quiet, no_color)


class _Ended(BaseException):
    """Somebody told the process to end: what was begun is cleared away. No code of ours or of a library catches it."""


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise _Ended


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit code and never raises."""
    try:
        code = cli.main(arguments, prog_name="release-portal", standalone_mode=False)
        sys.stdout.flush()
    except Failure as failure:
        _say(failure.message, failure.hint)
        return failure.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except _Ended:
        click.echo("told to end", err=True)
        return 143
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _OF_THE_MACHINE:
            return _internal(error)
        _say(*_refused(error))
        return 2
    except Exception as error:  # noqa: BLE001  # the last line of defence: an id, never a traceback
        return _internal(error)
    return code if isinstance(code, int) else 0


def _say(message: str, hint: str) -> None:
    from release_portal.wording import printable

    click.echo(f"release-portal: {printable(message)}", err=True)
    if hint:
        click.echo(f"  hint: {printable(hint)}", err=True)


def _refused(error: OSError) -> tuple[str, str]:
    """What the machine did not let us do, and that nothing is lost by it."""
    what = f"{error.strerror or 'a file cannot be written'}{f': {error.filename}' if error.filename else ''}"
    return what, "what was there before stands as it was; make room or grant the right, and run it again"


def _internal(error: Exception) -> int:
    import traceback
    from importlib import metadata

    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
    trail = "".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    id_ = hashlib.sha256(f"{type(error).__name__}{trail}".encode()).hexdigest()[:8]
    click.echo(f"release-portal: internal error {id_} ({type(error).__name__} at {place})", err=True)
    click.echo(f"  hint: report it with this id and version {metadata.version('release-portal')}", err=True)
    if os.environ.get("RELEASE_PORTAL_TRACEBACK"):
        traceback.print_exception(error)
    return 4
