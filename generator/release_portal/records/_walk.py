"""Values of a record found by what they are: every person, every ticket, every piece of evidence."""

from collections.abc import Iterator
from typing import Any

from release_portal.records._contents import Route
from release_portal.records._evidence import Evidence
from release_portal.records._record import Record
from release_portal.records._shape import shape


def values_of(record: Record[Any], kind: str) -> Iterator[tuple[Route, str]]:
    """Every value of one of the `KINDS` in a record, with its route, also in a record with errors."""
    return iter(record.contents.values.get(kind, ()))


def evidence_of(record: Record[Any]) -> Iterator[tuple[Route, Evidence]]:
    """Every piece of evidence that a valid record lists, with its route."""
    if record.value is not None:
        for route, entry in record.contents.evidence:
            yield route, shape(Evidence, entry)


def listed_paths(record: Record[Any]) -> Iterator[str]:
    """Paths of the evidence files that a record lists, also where it has errors or placeholders."""
    for _, entry in record.contents.evidence:
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            yield entry["path"]
