"""Puts a text into every text field of every record of a portal: the product's own schemas say which are."""

import copy
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from release_portal import settings
from release_portal.assess import Assessment, assess
from release_portal.load import record_types
from release_portal.records._record import Record
from release_portal.source import Unreadable, parse
from tests.conftest import ROOT, copy_base, copy_sample

_TYPES = record_types()
Route = tuple[str | int, ...]
KEPT = {"2.4.1", "2.5.0"}  # between them they hold every record type of the sample
CANARY = "CANARY-4f1d"
PLAIN = "plain words"


@dataclass(frozen=True)
class Field:
    """A text field of a record: any words are good there."""

    path: str
    type: str
    name: str
    route: Route


@dataclass
class Plot:
    """A portal with a text in its fields: in how many it stands, and how many the schemas keep it out of."""

    root: Path
    planted: int = 0
    refused: int = 0

    def assess(self) -> Assessment:
        return assess(self.root, settings.read(self.root / "mkdocs.yml"))


def portal(folder: Path, which: str) -> Path:
    """A portal with few releases, beside a file that nothing in it may read."""
    folder.mkdir(parents=True)
    (folder / "canary.txt").write_text(f"{CANARY}\n")
    root = copy_base(folder / "portal") if which == "base" else copy_sample(folder / "portal")
    for release in (root / "releases").iterdir():
        if which == "sample" and release.name not in KEPT:
            shutil.rmtree(release)
    return root


@cache
def fields(which: str) -> dict[str, tuple[Field, ...]]:
    """The text fields of a portal, by path of their file."""
    root = ROOT / "tests/base" if which == "base" else ROOT
    portal = assess(root, settings.read(root / "mkdocs.yml")).portal
    found: dict[str, tuple[Field, ...]] = {}
    for release in portal.releases:
        if which == "base" or release.version in KEPT:
            for record in (*release.records, *(one.record for one in release.signoffs)):
                found[record.path] = tuple(_of(record))
    return found


def _of(record: Record[Any]) -> Iterator[Field]:
    for route in _leaves(record.source.data):
        if record.type.checker.is_valid(_with(record.source.data, route, PLAIN)):
            yield Field(record.path, record.type.name, record.name, route)


def plant(folder: Path, which: str, text: str, *, everywhere: bool = False) -> Plot:
    """A portal with a text in each field that takes it; `everywhere`: in all, whether it takes it or not."""
    plot = Plot(portal(folder, which))
    for path, found in fields(which).items():
        source = parse(path, (plot.root / path).read_bytes())
        data = copy.deepcopy(source.data)
        for field in found:
            _put(data, field.route, text)
        body = "".join(f"## {title}\n\n{words}\n\n{text}\n\n" for title, words in source.sections().items())
        taken = len(found)
        if not everywhere and not _good(found, path, data, body):
            data, taken = _what_is_taken(found, source.data, text)
        plot.planted += taken
        plot.refused += len(found) - taken
        (plot.root / path).write_text(_written(path, data, body), encoding="utf-8", newline="")
    return plot


def _what_is_taken(found: tuple[Field, ...], data: Any, text: str) -> tuple[Any, int]:
    """The values of a record with a text in the fields that take it, and how many those are."""
    data, taken = copy.deepcopy(data), 0
    for field in found:
        changed = _with(data, field.route, text)
        if _good((field,), field.path, changed, ""):
            data, taken = changed, taken + 1
    return data, taken


def _good(found: tuple[Field, ...], path: str, data: Any, body: str) -> bool:
    try:
        parse(path, _written(path, data, body).encode("utf-8"))
    except Unreadable:
        return False
    return all(_TYPES[type_].checker.is_valid(data) for type_ in {field.type for field in found})


def _written(path: str, data: Any, body: str) -> str:
    text = json.dumps(data, ensure_ascii=False)  # which is YAML
    return f"---\n{text}\n---\n\n{body}" if path.endswith(".md") else text


def _leaves(value: Any, route: Route = ()) -> Iterator[Route]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _leaves(inner, (*route, key))
    if isinstance(value, str):
        yield route


def _with(data: Any, route: Route, text: str) -> Any:
    changed = copy.deepcopy(data)
    _put(changed, route, text)
    return changed


def _put(data: Any, route: Route, text: str) -> None:
    for step in route[:-1]:
        data = data[step]
    data[route[-1]] = text
