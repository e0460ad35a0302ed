"""Values of a record found by what they are: every person, every ticket, every piece of evidence."""

from collections.abc import Iterator, Mapping
from typing import Any

from release_portal.records._evidence import Evidence
from release_portal.records._kinds import KINDS
from release_portal.records._record import Record, shape

Route = tuple[str | int, ...]


def values_of(record: Record[Any], kind: str) -> Iterator[tuple[Route, str]]:
    """Every value of one of the `KINDS` in a record, with its route, also in a record with errors."""
    group = {"type": "dict", "schema": record.type.schema}
    yield from _descend(group, record.source.data, KINDS[kind], ())


def _descend(
    rules: Mapping[str, Any], value: Any, wanted: object, route: Route
) -> Iterator[tuple[Route, str]]:
    if rules.get("check_with") is wanted and isinstance(value, str):
        yield route, value
    elif isinstance(value, dict):
        for key, item in value.items():
            inner = rules["valuesrules"] if "valuesrules" in rules else rules.get("schema", {}).get(key, {})
            yield from _descend(inner, item, wanted, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _descend(rules.get("schema", {}), item, wanted, (*route, index))


def evidence_of(record: Record[Any]) -> Iterator[tuple[Route, Evidence]]:
    """Every piece of evidence that a valid record lists, with its route."""
    if record.value is not None:
        for route, entry in _listed(record.source.data, ()):
            yield route, shape(Evidence, entry)


def listed_paths(record: Record[Any]) -> Iterator[str]:
    """Paths of the evidence files that a record lists, also where it has errors or placeholders."""
    for _, entry in _listed(record.source.data, ()):
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            yield entry["path"]


def _listed(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    """What stands below every key `evidence`."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "evidence" and isinstance(item, list):
                yield from (((*route, key, index), entry) for index, entry in enumerate(item))
            else:
                yield from _listed(item, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _listed(item, (*route, index))
