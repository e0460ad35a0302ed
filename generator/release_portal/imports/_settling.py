"""What the user says with `--set`: facts that no file holds, such as the area that a suite tests."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from release_portal.failure import Misconfigured
from release_portal.imports._importer import Entry, Facts, Value
from release_portal.records._record import RecordType
from release_portal.wording import nearest


def settle(facts: Facts, settled: Mapping[str, str], type_: RecordType[Any]) -> Facts:
    """The same facts with what was said: of every entry where an entry has such a field, else of the record.

    Raises:
        Misconfigured: there is no such field, or it is no field for one text.

    """
    of_entry = type_.schema[facts.listing]["schema"]["schema"]
    inner: dict[str, Value] = {}
    outer: dict[str, Value] = {}
    for key, said in settled.items():
        rules = of_entry.get(key) or type_.schema.get(key)
        if rules is None:
            raise Misconfigured(
                f"{type_.name} has no field '{key}'", nearest(key, [*of_entry, *type_.schema])
            )
        target = inner if key in of_entry else outer
        target[key] = _value(key, said, rules)
    return replace(
        facts,
        entries=tuple(_entry(one, inner) for one in facts.entries),
        values={**facts.values, **outer},
    )


def _value(key: str, said: str, rules: Mapping[str, Any]) -> Value:
    if rules["type"] == "string":
        return said
    if rules["type"] == "list" and rules["schema"]["type"] == "string":
        return [one.strip() for one in said.split(",")]
    raise Misconfigured(f"'{key}' is no field for one text", "write it in the record")


def _entry(entry: Entry, settled: Mapping[str, Value]) -> Entry:
    identity = {key: settled.get(key, value) for key, value in entry.identity.items()}
    facts = {**entry.facts, **{key: value for key, value in settled.items() if key not in identity}}
    return replace(entry, identity=identity, facts=facts)
