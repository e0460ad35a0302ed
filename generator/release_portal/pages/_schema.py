"""A record type's schema as rows of a table: what each field is called, means and may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from release_portal.records._fields import Schema
from release_portal.records._kinds import Kind

YES_NO = ["true", "false"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field. `path` leads to it from the record's top: `[]` is any entry of a list, NAME any name.

    `holds` says what one value is, `many` whether there are several; `kind` is the name of one of the
    `KINDS`, else empty.
    """

    path: str
    label: str
    help: str
    holds: str
    many: str = ""
    kind: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False


def rows(schema: Schema, prefix: str = "") -> Iterator[Row]:
    """Every field of a schema, each followed by the fields inside it."""
    for key, rules in schema.items():
        yield from _field(f"{prefix}{key}", rules)


def _field(path: str, rules: Schema) -> Iterator[Row]:
    meta = rules["meta"]
    inner = _inner(rules)
    content = inner if inner is not None and inner["type"] == "string" else rules
    yield Row(
        path=path,
        label=meta["label"],
        help=meta["help"],
        holds=_holds(inner or rules),
        many=_many(rules),
        kind=_kind(content),
        allowed=tuple(content.get("allowed", ())),
        required=rules["required"],
    )
    if inner is not None and inner["type"] == "dict":
        step = "[]." if rules["type"] == "list" else ".NAME."
        yield from rows(inner["schema"], f"{path}{step}")
    elif rules["type"] == "dict" and "schema" in rules:
        yield from rows(rules["schema"], f"{path}.")


def _inner(rules: Schema) -> Schema | None:
    """Rules of the entries of a list, or of the values under names; None for any other field."""
    inner: Schema | None = rules.get("schema") if rules["type"] == "list" else rules.get("valuesrules")
    return inner


def _kind(rules: Schema) -> str:
    check: Any = rules.get("check_with")
    return check.name if isinstance(check, Kind) else ""


def _many(rules: Schema) -> str:
    if rules["type"] == "list":
        least = rules.get("minlength", 0)
        return f"list, at least {least}" if least else "list"
    return "one under each name" if "valuesrules" in rules else ""


def _holds(rules: Schema) -> str:
    if rules["type"] == "dict":
        return "group"
    if rules.get("allowed") == YES_NO:
        return "yes or no"
    return "one of" if "allowed" in rules else _kind(rules) or "text"
