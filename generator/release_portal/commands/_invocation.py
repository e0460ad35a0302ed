"""What every command is given: where to work, and how to speak."""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from release_portal.failure import Misconfigured

if TYPE_CHECKING:  # a command that needs no settings need not wait for the YAML parser
    from release_portal.portal import Portal
    from release_portal.settings import Settings


@dataclass(frozen=True)
class Invocation:
    """The options that stand before a command. `root` is the folder that holds mkdocs.yml."""

    folder: Path
    config: str = "mkdocs.yml"
    quiet: bool = False
    no_color: bool = False

    @property
    def config_file(self) -> Path:
        """The configuration file, wherever the command was started."""
        given = self.folder / self.config
        return given.parent.resolve() / given.name  # a link in the file's place is refused, not followed

    @property
    def root(self) -> Path:
        """The portal's root: the folder of its configuration file."""
        return self.config_file.parent

    @cached_property
    def settings(self) -> "Settings":
        """What mkdocs.yml says.

        Raises:
            Misconfigured: it is missing, unreadable, or not a portal's.

        """
        from release_portal import settings

        return settings.read(self.config_file)

    @property
    def colour(self) -> bool:
        """Whether standard output is a terminal that wants colour."""
        return not self.no_color and not os.environ.get("NO_COLOR") and sys.stdout.isatty()

    def say(self, words: str) -> None:
        """Tell a person something, on standard error."""
        if not self.quiet:
            click.echo(words, err=True)


def instant(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """The option `--as-of`: an RFC 3339 instant, or a day, which counts to its end in UTC."""
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("write YYYY-MM-DD, or RFC 3339 with a zone") from error
    if (
        not 1900 <= parsed.year <= 2999
    ):  # as in records: near the ends of the calendar, zones and deadlines leave it
        raise click.BadParameter("choose a day of the years 1900 to 2999")
    if len(value) == 10:
        return datetime.combine(parsed.date(), time(23, 59, 59), UTC)
    if parsed.tzinfo is None:
        raise click.BadParameter("an instant needs a zone, such as 2026-03-18T09:30:00Z")
    return parsed


def versions_in(words: tuple[str, ...]) -> tuple[str, ...]:
    """Versions, which may be told by paths of their files; none, which means all, where a path is of no release.

    So a hook can hand on the files that change, and a shell can complete a name.
    """
    found: dict[str, None] = {}
    for word in words:
        folder, _, path = word.replace(os.sep, "/").removeprefix("./").partition("/")
        if folder == "releases" and path:
            found[path.partition("/")[0]] = None
        elif path or word.endswith((".md", ".yml", ".yaml")):
            return ()
        else:
            found[word] = None
    return tuple(found)


def known_versions(wanted: tuple[str, ...], portal: "Portal", as_of: datetime | None = None) -> None:
    """Refuse versions that the portal does not have, or had not committed by an instant.

    Raises:
        Misconfigured: one of them is not there; the hint names the nearest.

    """
    from release_portal.wording import nearest

    present = [release.version for release in portal.releases]
    for version in wanted:
        if version not in present:
            past = f" that was committed by {as_of:%Y-%m-%d}" if as_of and portal.git.history else ""
            hint = nearest(version, present) if present else f"begin one: release-portal new {version}"
            raise Misconfigured(f"there is no release '{version}'{past}", hint)
