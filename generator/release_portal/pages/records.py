"""The record types: a list of all of them, and a page for each one, made from its schema and docstring."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from release_portal.assess import Assessment
from release_portal.load import record_types
from release_portal.pages._manual import manual, slug
from release_portal.pages._page import Heading, Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._schema import rows
from release_portal.process import Action, Deliverable, Process
from release_portal.records._kinds import KINDS
from release_portal.records._record import RecordType

_FIELDS, _SECTIONS = Heading(2, "fields", "Fields"), Heading(2, "sections", "Sections")
_EXAMPLE = Heading(2, "example", "To start from")
_VERSION = "1.0.0"  # of the release that examples are for


@dataclass(frozen=True, slots=True)
class Entry:
    """A record type as the process uses it: the phase that it lives in, and the bullets that name it."""

    type: RecordType[Any]
    process: Process

    @property
    def group(self) -> tuple[int, str]:
        """Rank and title of the group of types that it is listed in."""
        phase = self.process.home(self.type.name)
        if phase:
            return phase.number, f"{phase.number} {phase.title}"
        return {"release": (0, "The release as a whole"), "roster": (98, "The roster")}.get(
            self.type.home, (99, "Any phase")
        )

    @property
    def folder(self) -> str:
        """Where its files belong, from the portal's root; what depends on the release in capitals."""
        if self.type.home == "roster":
            return "roster/"
        if self.type.home == "release":
            return "releases/VERSION/"
        phase = self.process.home(self.type.name)
        return f"releases/VERSION/{phase.folder if phase else 'PHASE'}/"

    @property
    def file(self) -> str:
        """Its file below that folder; what the author chooses in capitals."""
        if self.type.name == "signoff":
            return "signoffs/RECORD/PERSON.yaml"
        return self.type.file.replace("*", "NAME")

    @property
    def bullets(self) -> tuple[Deliverable | Action, ...]:
        """Deliverables and actions that name it, in the order of the process."""
        found: list[Deliverable | Action] = []
        for phase in self.process.phases:
            for bullets in (phase.actions, phase.deliverables):
                found += [one for one in bullets if one.binding and self.type.name in one.binding.records]
        return tuple(found)

    @property
    def signers(self) -> tuple[str, ...]:
        """Roles that have to sign it."""
        bindings = (bullet.binding for bullet in self.bullets)
        return tuple(dict.fromkeys(role for binding in bindings if binding for role in binding.signed_by))

    @property
    def example(self) -> str:
        """The file as it is begun."""
        return self.type.filled(self.process.words(_VERSION, "standard"))

    @property
    def documentation(self) -> str:
        """Docstring of the module that describes the type."""
        return sys.modules[self.type.shape.__module__].__doc__ or ""


def build(assessment: Assessment) -> Iterator[Page]:
    """Make the list of record types, then the page of each."""
    process = assessment.portal.process
    entries = sorted((Entry(type_, process) for type_ in record_types().values()), key=lambda one: one.group)
    yield portal_page(
        assessment,
        uri="records/",
        title="Records",
        template="records.html",
        toc=(Heading(2, "types", "Types of record"), Heading(2, "values", "Kinds of value")),
        description="The files of a release, type by type.",
        groups=[(key[1], list(members)) for key, members in groupby(entries, key=lambda one: one.group)],
        kinds=[(slug(kind.name), kind) for kind in KINDS.values()],
    )
    yield from (_record_type(assessment, entry) for entry in entries)


def _record_type(assessment: Assessment, entry: Entry) -> Page:
    uri = f"records/{entry.type.name}/"
    text = manual(entry.documentation, uri)
    return portal_page(
        assessment,
        uri=uri,
        title=entry.type.title,
        template="record.html",
        toc=(*text.toc, _FIELDS, *([_SECTIONS] if entry.type.sections else []), _EXAMPLE),
        above=(("Records", "records/"),),
        description=entry.type.purpose,
        one=entry,
        manual=text,
        rows=[(row, slug(row.kind)) for row in rows(entry.type.schema)],
    )


PAGE = PortalPages(name="records", order=40, build=build)
