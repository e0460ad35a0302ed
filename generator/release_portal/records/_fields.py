"""The fields of records, as Cerberus rules.

Every scalar arrives as text, exactly as typed; the field says which texts are good. Its `meta` carries
label and help, which the record pages, the editors and the hints show.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from release_portal.records._kinds import KINDS

Schema = Mapping[str, Any]
Field = dict[str, Any]


def _field(label: str, help_: str, optional: bool, rules: Mapping[str, Any]) -> Field:  # noqa: FBT001  # private, one shape
    return {"required": not optional, "meta": {"label": label, "help": help_}, **rules}


def text(label: str, help_: str = "", *, optional: bool = False) -> Field:
    """Words, at least one character."""
    return _field(label, help_, optional, {"type": "string", "empty": False})


def kind(name: str, label: str, help_: str = "", *, optional: bool = False) -> Field:
    """Text of one of the `KINDS`."""
    return _field(label, help_, optional, {"type": "string", "check_with": KINDS[name]})


def day(label: str, help_: str = "", *, optional: bool = False) -> Field:
    """A calendar day, YYYY-MM-DD."""
    return kind("day", label, help_, optional=optional)


def instant(label: str, help_: str = "", *, optional: bool = False) -> Field:
    """A moment with its zone, RFC 3339."""
    return kind("instant", label, help_, optional=optional)


def person(label: str, help_: str = "", *, optional: bool = False) -> Field:
    """A person's id in the roster."""
    return kind("person id", label, help_ or "Id of a person in roster/people.yaml.", optional=optional)


def yes_no(label: str, help_: str = "", *, optional: bool = False) -> Field:
    """`true` or `false`."""
    return _field(label, help_, optional, {"type": "string", "allowed": ["true", "false"]})


def choice(values: Any, label: str, help_: str = "", *, optional: bool = False) -> Field:
    """One of the words of a `Literal` type."""
    return _field(label, help_, optional, {"type": "string", "allowed": list(get_args(values))})


def group(schema: Schema, label: str, help_: str = "", *, optional: bool = False) -> Field:
    """Named fields that belong together."""
    return _field(label, help_, optional, {"type": "dict", "schema": schema})


def listing(of: Field, label: str, help_: str = "", *, optional: bool = False, least: int = 0) -> Field:
    """Several values of one kind; `of` is a field of this module; `least` is the smallest good number."""
    item = {key: value for key, value in of.items() if key != "required"}
    rules = {"type": "list", "schema": item, **({"minlength": least} if least else {})}
    return _field(label, help_, optional, rules)


def rows(schema: Schema, label: str, help_: str = "", *, optional: bool = False, least: int = 0) -> Field:
    """Several groups of the same fields."""
    return listing(group(schema, label), label, help_, optional=optional, least=least)


def table(of: Field, label: str, help_: str = "", *, optional: bool = False) -> Field:
    """Values of one kind under names of the author's choice (names: a-z, 0-9, dots, dashes)."""
    item = {key: value for key, value in of.items() if key != "required"}
    names = {"type": "string", "check_with": KINDS["name"]}
    return _field(label, help_, optional, {"type": "dict", "keysrules": names, "valuesrules": item})


def added(since: date, of: Field) -> Field:
    """A field that came later: releases that were closed before that day are good without it.

    The dataclass gives it a default.
    """
    return of | {"meta": of["meta"] | {"since": since}}
