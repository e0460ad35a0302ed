"""What the records of a new release begin with.

First what a person said of it, then what held for the release before. Of the other roles that sign, each goes to the
only one who holds it: of everybody, or of the owners that CODEOWNERS of the portal and of its products names.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import semver

from release_portal.codeowners import PLACES, owners
from release_portal.git import Repository, Unverifiable
from release_portal.portal import Portal
from release_portal.process import Slot
from release_portal.progress import signing_roles
from release_portal.records.people import Person
from release_portal.records.references import References
from release_portal.release import WITHDRAWN, Release

_MANAGER = "release-manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of a new release; empty where they said nothing."""

    title: str = ""
    target: str = ""
    risk: str = ""
    manager: str = ""


def prefilled(root: Path, portal: Portal, version: str, type_: str, said: Said) -> dict[str, str]:
    """Words for the scaffolds of a release; what neither a person nor the release before tells asks to be filled in."""
    before = _before(portal, version)
    words = portal.process.words(version, type_)
    words |= {"title": _text(said.title)} if said.title else {}
    words |= {"target_date": said.target} if said.target else {}
    words |= {"risk": said.risk} if said.risk else {}
    roles = {_MANAGER: "<fill in a person's id>", **_roles(root, portal, before)}
    roles |= {_MANAGER: said.manager} if said.manager else {}
    words["roles"] = "\n".join(f"  {role}: {person}" for role, person in roles.items())
    words["slots"] = "\n".join(_slot(slot, before) for slot in portal.process.slots)
    return words


def _before(portal: Portal, version: str) -> Release | None:
    """The newest release that is older, and was not withdrawn."""
    own = semver.Version.parse(version)
    older = (one for one in portal.releases if one.facts and one.phase != WITHDRAWN)
    return next((one for one in older if semver.Version.parse(one.version) < own), None)


def _roles(root: Path, portal: Portal, before: Release | None) -> dict[str, str]:
    """Who has which role: whom the release before names and who still holds it, else the only one who can be meant."""
    roster, today = portal.roster, portal.clock.today()
    named = before.facts.roles if before and before.facts else {}
    found = {role: person for role, person in named.items() if roster.holds(person, role, today)}
    signing = signing_roles(portal.process) | {_MANAGER}
    known = _owners(root, portal)
    for role in (one for one in portal.process.roles if one in signing and one not in found):
        holders = roster.holders(role, today)
        owning = [one for one in holders if one.id in known]
        for each in (holders, owning):
            if len(each) == 1:
                found.setdefault(role, each[0].id)
    return found


def _owners(root: Path, portal: Portal) -> Mapping[str, Person]:
    """The people of the roster whom a CODEOWNERS names, by id; of each repository the first file that forges look at."""
    found = {}
    for text in _texts(root, portal):
        for owner in owners(text):
            name = owner.removeprefix("@")
            person = portal.roster.by_login(name) if name != owner else portal.roster.by_email(owner)
            if person:
                found[person.id] = person
    return found


def _texts(root: Path, portal: Portal) -> Iterator[str]:
    own = next((path for place in PLACES if (path := root / place).is_file()), None)
    if own:
        yield own.read_text(encoding="utf-8", errors="replace")
    for setting in portal.settings.repositories:
        with suppress(Unverifiable):  # what is not here, or not whole, tells nothing; `check` says so
            repository = Repository.open((root / setting.path).resolve())
            files = repository.show(repository.head, PLACES)
            yield from [files[place].decode("utf-8", "replace") for place in PLACES if place in files][:1]


def _slot(slot: Slot, before: Release | None) -> str:
    """A reference as the release before had it, where it does not speak of that release alone."""
    record = before.one(References) if before else None
    held = record.value.references.get(slot.slug) if record and record.value else None
    if before is None or held is None or before.version in f"{held.title} {held.url}":
        return slot.filled()
    return slot.filled(_text(held.title), _text(held.url))


def _text(value: str) -> str:
    """A text as YAML has it between quotation marks."""
    return json.dumps(value, ensure_ascii=False)
