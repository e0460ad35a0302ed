"""What Cerberus found, told in this project's words: one entry per value, with a next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cerberus import Validator, errors

from release_portal.wording import nearest, shown

Route = tuple[str | int, ...]
_EMPTY = ("is empty", "write a value, or remove the key where it is optional")
_SHAPES = {"string": "text", "list": "a list", "dict": "a group of fields"}


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One value that does not fit: `rule` names the finding's rule, `route` leads to the value.

    `since` is the day from which the schema has the field, where it came later.
    """

    rule: str
    route: Route
    message: str
    hint: str = ""
    since: date | None = None


def explain(validator: Validator) -> Iterator[SchemaError]:
    """The errors of the document validated last. Cerberus nests those of lists and groups; this flattens."""
    for error in validator._errors:  # noqa: SLF001  # Cerberus offers routes on its error objects only
        yield from _flatten(error, validator.schema)


def _flatten(error: Any, schema: Any) -> Iterator[SchemaError]:
    if error.is_group_error:
        for child in error.child_errors:
            yield from _flatten(child, schema)
        return
    route = tuple(error.document_path)
    name = str(route[-1]) if route else ""
    if error.code == errors.UNKNOWN_FIELD.code:
        yield SchemaError(
            "unknown-key", route, f"unknown key {shown(name)}", nearest(name, _keys(schema, route))
        )
    elif error.code == errors.REQUIRED_FIELD.code:
        rules = _field(schema, route)
        meta, message = rules.get("meta", {}), f"key {shown(name)} is missing"
        yield SchemaError("missing-key", route, message, _wanted(name, rules), meta.get("since"))
    elif error.code == errors.CUSTOM.code:
        message, _, hint = str(error.info[0]).partition("|")
        yield SchemaError("invalid-value", route, message, hint)
    else:
        message, hint = _worded(error, _field(schema, route))
        yield SchemaError("invalid-value", route, f"{shown(name)} {message}", hint)


def _wanted(name: str, rules: Any) -> str:
    """What a key that is missing is for: its help, else the words that it may have, else its label."""
    meta = rules.get("meta", {})
    if meta.get("help"):
        return str(meta["help"])
    if allowed := rules.get("allowed"):
        return f"add `{name}`, one of: {', '.join(map(str, allowed))}"
    return f"add `{name}`: {str(meta.get('label', name)).lower()}"


def _worded(error: Any, rules: Any) -> tuple[str, str]:
    if error.value is None or error.code == errors.EMPTY_NOT_ALLOWED.code:
        return _EMPTY
    if error.code == errors.BAD_TYPE.code:
        return f"must be {_SHAPES[error.constraint]}", _written(error.constraint, rules)
    if error.code == errors.UNALLOWED_VALUE.code:
        return f"is {shown(error.value)}, which is not allowed", nearest(str(error.value), error.constraint)
    if error.code == errors.MIN_LENGTH.code:
        return f"needs at least {error.constraint} of them", _written("list", rules)
    return f"does not satisfy {error.rule}: {error.constraint!r}", str(rules.get("meta", {}).get("help", ""))


def _written(type_: str, rules: Any) -> str:
    """How text, a list or a group is written, with the keys that its groups must have."""
    inner = rules.get("schema", {})
    keys = inner.get("schema", {}) if type_ == "list" else inner
    needed = ", ".join(f"`{key}`" for key, one in keys.items() if one["required"])
    if type_ == "string":
        return "write one value on the line of the key; quote it where it holds `: ` or begins with a bracket"
    if type_ == "dict":
        return f"write `key: value` on lines of their own below it{f': {needed}' if needed else ''}"
    return (
        f"begin each entry with `- `, and give it {needed}" if needed else "write a line `- value` for each"
    )


def _field(schema: Any, route: Route) -> Any:
    """The schema's rules for the value at a route; an empty mapping where it has none."""
    rules: Any = {"type": "dict", "schema": schema}
    for step in route:
        if isinstance(step, int):
            rules = rules.get("schema", {})
        elif "valuesrules" in rules:
            rules = rules["valuesrules"]
        else:
            rules = rules.get("schema", {}).get(step, {})
    return rules


def _keys(schema: Any, route: Route) -> list[str]:
    return list(_field(schema, route[:-1]).get("schema", {}))
