"""What a record's data holds, by kind: every person, instant, ticket, and every piece of evidence, in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from release_portal.records._kinds import Kind

Route = tuple[str | int, ...]
_EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Plan:
    """The part of a schema below which something is looked for.

    `kind` names what a text is there; `items` is about each entry of a list or under each name; `fields`
    about fields by their key.
    """

    kind: str = ""
    items: "Plan | None" = None
    fields: Mapping[str, "Plan"] = field(default_factory=dict)
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """Values with their routes: `values` by the name of their kind, `evidence` as it stands in the file."""

    values: dict[str, list[tuple[Route, str]]] = field(default_factory=dict)
    evidence: list[tuple[Route, Any]] = field(default_factory=list)


def plan(rules: Mapping[str, Any], key: str = "") -> Plan | None:
    """What to look for below a field; None where there is nothing."""
    check = rules.get("check_with")
    if isinstance(check, Kind):
        return Plan(kind=check.name)
    inner = rules.get("valuesrules") or (rules.get("schema") if rules["type"] == "list" else None)
    if inner:
        below = plan(inner)
        return Plan(items=below, evidence=key == _EVIDENCE) if below else None
    found = {name: plan(item, name) for name, item in rules.get("schema", {}).items()}
    fields = {name: one for name, one in found.items() if one}
    return Plan(fields=fields) if fields else None


def contents(wanted: Plan | None, data: Any) -> Contents:
    """Everything a plan looks for, also in data that does not fit the schema."""
    found = Contents()
    if wanted:
        _collect(found, wanted, data, ())
    return found


def _collect(found: Contents, wanted: Plan, value: Any, route: Route) -> None:
    if wanted.kind:
        if isinstance(value, str):
            found.values.setdefault(wanted.kind, []).append((route, value))
    elif wanted.items is not None:
        entries = (
            value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
        )
        for key, entry in entries:
            if wanted.evidence:
                found.evidence.append(((*route, key), entry))
            _collect(found, wanted.items, entry, (*route, key))
    elif isinstance(value, dict):
        for key, below in wanted.fields.items():
            if key in value:
                _collect(found, below, value[key], (*route, key))
