"""The record types: schema and dataclass agree, scaffolds are valid as written, Cerberus is strict."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from cerberus import SchemaError, Validator

from release_portal.load import record_types
from release_portal.records import _fields as field
from release_portal.records._kinds import KINDS
from release_portal.records._record import RecordType, read
from release_portal.source import parse

TYPES = record_types()
GOOD = {
    "day": "2026-03-18",
    "instant": "2026-03-18T09:30:00+05:30",
    "whole number": "42",
    "number": "99.95",
    "version": "2.4.0-rc.1+build.5",
    "process version": "1.10",
    "SHA-256": "0" * 64,
    "commit": "a" * 40,
    "person id": "meera.iyer",
    "ticket": "PAY-217",
    "name": "pci-dss",
    "link": "https://example.com/a?b=c#d",
    "e-mail address": "ana@example.com",
    "evidence file": "evidence/ci/junit-1.xml",
}
BAD = {
    "day": ["2026-02-30", "2026-3-1", "18.03.2026", "2026-03-18T00:00:00Z"],
    "instant": ["2026-03-18T09:30:00", "2026-03-18", "2026-03-18T25:00:00Z", "2026-13-18T09:30:00Z"],
    "whole number": ["-1", "01", "1.0", "1e3", "true", "nan", "9" * 40],
    "number": ["nan", "inf", "1e400", "1,5", ".5", "true", "--1"],
    "version": ["1.2", "v1.2.3", "1.02.3", "1.2.3.4"],
    "process version": ["1", "1.1.1", "v1.1"],
    "SHA-256": ["A" * 64, "0" * 63, "g" * 64],
    "commit": ["a" * 39, "HEAD", "a" * 41],
    "person id": ["Meera", "meera iyer", "-meera", "meera@example.com"],
    "ticket": ["217", "PAY", "PAY 217", "PAY-"],
    "name": ["PCI DSS", "a/b", "", "-a"],
    "link": ["javascript:alert(1)", "//example.com", "https://", "ftp://example.com", "https://a b"],
    "e-mail address": ["ana", "ana@", "@example.com", "ana@exa mple.com"],
    "evidence file": ["../x", "evidence/../x", "evidence/.x", "/evidence/x", "evidence//x", "evidence/a\\b"],
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_takes_what_it_should_and_nothing_else(name: str) -> None:
    assert KINDS[name].good(GOOD[name])
    for text in [*BAD[name], GOOD[name] + "\n", f" {GOOD[name]}"]:
        assert not KINDS[name].good(text), text
    if re.search("[0-9]", GOOD[name]) and name not in {"link", "evidence file", "name"}:
        assert not KINDS[name].good(re.sub("[0-9]", "\u0661", GOOD[name], count=1)), "Arabic digits"


@pytest.mark.parametrize("name", TYPES)
def test_schema_and_dataclass_have_the_same_fields(name: str) -> None:
    for path, schema, shape in _groups(TYPES[name].schema, TYPES[name].shape, name):
        assert set(schema) == {one.name.rstrip("_") for one in fields(shape)}, path


def _groups(schema: Any, shape: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Every group of fields of a schema, with the dataclass that takes it."""
    yield path, schema, shape
    hints = get_type_hints(shape)
    for key, rules in schema.items():
        inner = hints.get(key) or hints[f"{key}_"]
        candidates = [one for one in (inner, *get_args(inner)) if is_dataclass(one)]
        rules = rules.get("valuesrules", rules)
        rules = rules["schema"] if rules.get("type") == "list" else rules
        if rules.get("type") == "dict" and "schema" in rules:
            yield from _groups(rules["schema"], candidates[0], f"{path}.{key}")


@pytest.mark.parametrize("name", TYPES)
def test_every_field_has_a_label(name: str) -> None:
    for path, schema, _ in _groups(TYPES[name].schema, TYPES[name].shape, name):
        for key, rules in schema.items():
            assert rules["meta"]["label"], f"{path}.{key}"
            assert isinstance(rules["required"], bool), f"{path}.{key}"


@pytest.mark.parametrize("name", TYPES)
def test_cerberus_itself_finds_every_schema_good(name: str) -> None:
    Validator(dict(TYPES[name].schema))

    with pytest.raises(SchemaError):
        Validator({"title": {"type": "sting"}})


def scaffold(type_: RecordType[Any]) -> bytes:
    words = {"version": "1.0.0", "type": "standard", "phase": "planning", "process": "1.1", "slots": "  {}"}
    words |= dict.fromkeys(("title", "target_date", "risk"), "<fill in>")
    return type_.filled(words | {"roles": "  release-manager: <fill in>"}).encode()


@pytest.mark.parametrize("name", TYPES)
def test_a_scaffold_is_valid_as_written_and_says_nothing_yet(name: str) -> None:
    type_ = TYPES[name]
    reading = read(type_, parse(type_.file.replace("*", "x"), scaffold(type_)))

    assert reading.errors == ()
    assert name == "references" or reading.record.unfilled
    assert not reading.record.complete or name == "references"


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("content", [b"", b"[]\n", b"text\n", b"- a\n", b"null\n"])
def test_a_record_that_is_no_group_of_fields_is_told(name: str, content: bytes) -> None:
    reading = read(TYPES[name], parse("r.yaml", content))

    assert reading.record.value is None
    assert [error.rule for _, error in reading.errors] == ["invalid-value"]


def test_every_documented_type_has_a_purpose_and_a_page() -> None:
    for type_ in TYPES.values():
        assert type_.purpose.endswith(".")
        assert type_.title
        assert Path(type_.file).suffix in {".yaml", ".md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    name: str
    reviewed_by: str = ""


LATER = RecordType(
    name="later",
    title="Later",
    purpose="A type to which a field was added.",
    file="later.yaml",
    schema={
        "name": field.text("Name"),
        "reviewed_by": field.added(date(2026, 6, 1), field.person("Reviewer")),
    },
    shape=Later,
    scaffold="",
)


@pytest.mark.parametrize(
    ("closed_on", "rules"),
    [(None, ["missing-key"]), (date(2026, 5, 31), []), (date(2026, 6, 1), ["missing-key"])],
)
def test_a_field_that_came_later_is_not_asked_of_a_release_that_was_closed_before(
    closed_on: date | None, rules: list[str]
) -> None:
    reading = read(LATER, parse("later.yaml", b"name: a\n"), "", closed_on)

    assert [error.rule for _, error in reading.errors] == rules
    assert reading.record.value == (None if rules else Later(name="a"))


def test_a_field_that_came_later_must_still_be_right_where_it_is_given() -> None:
    reading = read(LATER, parse("later.yaml", b"name: a\nreviewed_by: A B\n"), "", date(2026, 1, 1))

    assert [error.rule for _, error in reading.errors] == ["invalid-value"]


def test_thousands_of_unknown_keys_are_each_told_once() -> None:
    type_ = record_types()["references"]
    text = "".join(f"k{number}: x\n" for number in range(20_000))
    reading = read(type_, parse("releases/1.0.0/references.yaml", text.encode()))

    told = [one.message for _, one in reading.errors if one.rule == "unknown-key"]
    assert len(told) == len(set(told)) == 20_000
