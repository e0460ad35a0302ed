"""What all pages of a site have in common: what their foot says, and the key of what stands around them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from release_portal.pages._page import Page
from release_portal.signature import contents

_TOOLS = ("markdown-it-py", "nh3", "jinja2")  # what renders pages below every shell


def generator() -> str:
    """The name and version of this program."""
    return f"release-portal {version('release-portal')}"


def imprint(as_of: datetime) -> dict[str, str]:
    """Say what the foot of every page tells: as of when the site was made, and by what."""
    utc = as_of.astimezone(UTC)
    return {
        "as_of": utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "as_of_text": utc.strftime("%Y-%m-%d %H:%M UTC"),
        "generator": generator(),
    }


def frame(config_file: Path, theme: Path, tools: Iterable[str], portal_pages: Iterable[Page]) -> str:
    """A key for all that pages have around them: the tool, what a shell stands on, configuration, overrides, menus."""
    own = contents((Path(__file__).parent, config_file, theme))
    versions = (version(name) for name in (*tools, *_TOOLS))
    return " ".join((own, *versions, *(f"{one.uri} {one.name}" for one in portal_pages)))
