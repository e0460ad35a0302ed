"""What the records of a new release begin with: what a person said of it, else what held for the release before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import semver

from release_portal.portal import Portal
from release_portal.process import Slot
from release_portal.records.references import References
from release_portal.release import WITHDRAWN, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of a new release; empty where they said nothing."""

    title: str = ""
    target: str = ""
    risk: str = ""
    manager: str = ""


def prefilled(portal: Portal, version: str, type_: str, said: Said) -> dict[str, str]:
    """Words for the scaffolds of a release; what neither a person nor the release before tells asks to be filled in."""
    before = _before(portal, version)
    words = portal.process.words(version, type_)
    words |= {"title": _text(said.title)} if said.title else {}
    words |= {"target_date": said.target} if said.target else {}
    words |= {"risk": said.risk} if said.risk else {}
    roles = dict(_roles(portal, before)) | ({"release-manager": said.manager} if said.manager else {})
    if roles:
        words["roles"] = "\n".join(f"  {role}: {person}" for role, person in roles.items())
    words["slots"] = "\n".join(_slot(slot, before) for slot in portal.process.slots)
    return words


def _before(portal: Portal, version: str) -> Release | None:
    """The newest release that is older, and was not withdrawn."""
    own = semver.Version.parse(version)
    older = (one for one in portal.releases if one.facts and one.phase != WITHDRAWN)
    return next((one for one in older if semver.Version.parse(one.version) < own), None)


def _roles(portal: Portal, before: Release | None) -> Iterator[tuple[str, str]]:
    """Roles that the release before gave to people who hold them today."""
    today: date = portal.clock.now.date()
    for role, person in before.facts.roles.items() if before and before.facts else ():
        if portal.roster.holds(person, role, today):
            yield role, person


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
