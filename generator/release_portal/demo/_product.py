"""The product repository of the demo: its commits, and the tags that carry releases.

Commits are not signed and hold nothing that changes from machine to machine, so their ids are always
the same: the sample's records name them.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from release_portal.demo._writing import Keys, Writer
from release_portal.roster import Roster
from release_portal.source import read

_HISTORY = "history.yaml"


@dataclass(frozen=True)
class ProductTag:
    """A tag of the product: its name and the commit that it points at."""

    name: str
    commit: str


@dataclass(frozen=True)
class Product:
    """Ids of the product's commits: the last one of each ticket, and those of the tags."""

    tickets: dict[str, str]
    tags: tuple[ProductTag, ...]


def write_product(folder: Path, roster: Roster, keys: Keys, *, with_tags: bool = True) -> Product:
    """Write the product repository into a folder; without tags, no key is made."""
    history: Any = read(Path(__file__).parent, _HISTORY).data
    writer = Writer(folder, keys)
    writer.init()
    tickets: dict[str, str] = {}
    for commit in history["commits"]:
        for path, text in commit["files"].items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        author, committer = roster.people[commit["author"]], roster.people[commit["committer"]]
        at = datetime.fromisoformat(commit["at"])
        paths = list(commit["files"])
        tickets[commit["ticket"]] = writer.commit(
            paths, commit["message"], author, committer, at, signed=False
        )
    tags = []
    for tag in history["tags"]:
        at, tagger = datetime.fromisoformat(tag["at"]), roster.people[tag["tagger"]]
        commit_id = tickets[tag["commit_after"]]
        if with_tags:
            writer.tag(tag["name"], tag["message"], commit_id, tagger, at)
        tags.append(ProductTag(tag["name"], commit_id))
    return Product(tickets, tuple(tags))
