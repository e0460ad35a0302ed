"""The shape of a record type, and how a file becomes a record of it.

A record is YAML, or Markdown with YAML front matter. Its schema says what is good, in text; its
frozen dataclass is what the rest of the program sees, with dates, numbers and groups.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, Literal

from jsonschema_rs import Draft7Validator

from release_portal.finding import Location
from release_portal.records._contents import Contents, Plan, contents, plan
from release_portal.records._errors import SchemaError, explain
from release_portal.records._fields import Schema
from release_portal.records._json_schema import checker
from release_portal.records._placeholders import holds_placeholder, is_placeholder, placeholders
from release_portal.records._shape import Shape, shape
from release_portal.records._validator import RecordValidator
from release_portal.source import Source

Home = Literal["phase", "release", "roster"]


@dataclass(frozen=True)
class RecordType(Generic[Shape]):
    """One kind of record.

    `file` is its path below its home: the folder of the phase whose deliverable names it, the release's
    folder, or the roster's. A `*` stands for a name, and means that a release may have several.
    `sections` are the headings that a Markdown record must have, each with text below it.
    `scaffold` is what `new` writes: valid, with `<fill …>` for what only a person knows.
    """

    name: str
    title: str
    purpose: str
    file: str
    schema: Schema
    shape: type[Shape]
    scaffold: str
    sections: tuple[str, ...] = ()
    home: Home = "phase"

    @property
    def several(self) -> bool:
        """Whether a release may have more than one record of this type."""
        return "*" in self.file

    def filled(self, words: Mapping[str, str]) -> str:
        """The scaffold with what is known of a release put in: `{version}`, `{phase}` and the like."""
        text = self.scaffold
        for name, value in words.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    @cached_property
    def validator(self) -> RecordValidator:
        """Cerberus for this schema, made once: making it costs more than using it."""
        return RecordValidator(dict(self.schema))

    @cached_property
    def checker(self) -> Draft7Validator:
        """The same schema, made to tell a good document quickly and to explain nothing."""
        return checker(self.schema)

    @cached_property
    def plan(self) -> Plan | None:
        """Where to look in a record of this type for what rules ask of every record."""
        return plan({"type": "dict", "schema": self.schema})


@dataclass(frozen=True, kw_only=True)
class Record(Generic[Shape]):
    """A record as read from its file.

    `value` is None where the file is not good enough to be one; `unfilled` are the places that still
    hold a placeholder. `name` tells records of one type apart: `gdpr` for `checklists/gdpr.yaml`.
    """

    type: RecordType[Shape]
    source: Source
    value: Shape | None
    unfilled: tuple[Location, ...] = ()
    name: str = ""

    @property
    def path(self) -> str:
        """Path of the file, relative to the portal's root."""
        return self.source.path

    @property
    def digest(self) -> str:
        """SHA-256 that a sign-off binds to, in hexadecimal digits."""
        return self.source.digest

    @property
    def complete(self) -> bool:
        """Whether the record is valid and nothing in it waits to be filled."""
        return self.value is not None and not self.unfilled

    @cached_property
    def contents(self) -> Contents:
        """People, days, tickets, evidence and the like, wherever they stand; also in a record with errors."""
        return contents(self.type.plan, self.source.data)


@dataclass(frozen=True, slots=True)
class Reading(Generic[Shape]):
    """What came of reading one file: the record, and what is wrong with it."""

    record: Record[Shape]
    errors: tuple[tuple[Location, SchemaError], ...] = ()


def read(
    type_: RecordType[Shape], source: Source, name: str = "", closed_on: date | None = None
) -> Reading[Shape]:
    """Validate a source against a record type and, if it is good, give it its shape.

    A record of a release that is closed is judged by the fields that the schema had on that day.
    """
    document = source.data
    may_wait = "<fill" in source.text or "\\" in source.text  # an escape may spell it another way
    unfilled = tuple(placeholders(source)) if may_wait else ()
    if not isinstance(document, dict):
        needed = ", ".join(f"`{key}`" for key, one in type_.schema.items() if one["required"])
        hint = f"write `key: value` on lines of their own: {needed}"
        error = SchemaError("invalid-value", (), "a record is a group of fields", hint)
        return Reading(Record(type=type_, source=source, value=None, name=name), ((source.locate(), error),))
    errors = [] if type_.checker.is_valid(document) else list(_schema_errors(type_, source, closed_on))
    errors += _missing_sections(type_, source)
    value = None if errors or (may_wait and holds_placeholder(document)) else shape(type_.shape, document)
    located = tuple((_place(source, error), error) for error in errors)
    return Reading(Record(type=type_, source=source, value=value, unfilled=unfilled, name=name), located)


def _schema_errors(type_: RecordType[Any], source: Source, closed_on: date | None) -> Iterator[SchemaError]:
    type_.validator.validate(source.data, normalize=False)
    for error in explain(type_.validator):
        too_new = error.since and closed_on and error.since > closed_on
        if not too_new and not is_placeholder(source.value(*error.route)):
            yield error


def _place(source: Source, error: SchemaError) -> Location:
    if error.rule == "missing-key":
        return source.locate_key(*error.route[:-1])
    if error.rule == "unknown-key":
        return source.locate_key(*error.route)
    if error.rule == "missing-section":
        return source.locate_section(str(error.route[0]))
    return source.locate(*error.route)


def _missing_sections(type_: RecordType[Any], source: Source) -> Iterator[SchemaError]:
    headings = source.sections()
    for title in type_.sections:
        if title not in headings:
            yield SchemaError(
                "missing-section",
                (title,),
                f"section '{title}' is missing",
                f"add `## {title}` and text below it",
            )
        elif not headings[title]:
            yield SchemaError(
                "missing-section", (title,), f"section '{title}' is empty", "write what the section is for"
            )
