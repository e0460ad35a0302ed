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
    for route, value in _descend(group, record.source.data, KINDS[kind], ()):
        yield route, value


def _descend(rules: Mapping[str, Any], value: Any, wanted: object, route: Route) -> Iterator[tuple[Route, str]]:
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
        yield from _listed(record.source.data, ())


def _listed(value: Any, route: Route) -> Iterator[tuple[Route, Evidence]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "evidence":
                for index, entry in enumerate(item):
                    yield (*route, key, index), shape(Evidence, entry)
            else:
                yield from _listed(item, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _listed(item, (*route, index))
