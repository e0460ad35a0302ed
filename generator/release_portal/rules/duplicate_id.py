"""An id stands for two things.

## Why it matters
Records refer to risks, threats, exceptions, actions and controls by their ids. Where one stands for
two, an acceptance of the one can be shown for the other, and the tool reads one of them only.

## How to fix
Give the later one an id of its own, and correct what refers to it. Ids of exceptions are unique across all releases,
as later releases name them. Ids of risks and actions are unique within a release, those of threats within a threat
model, those of controls within a checklist. Two incident reports of a release do not share a ticket. An id of the
roster is one person's.

## Controls
- PCAOB AS 1105: a listing is complete and accurate.
- SOC 2 CC8.1: changes are documented.
"""

from collections.abc import Iterator
from typing import Any

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.rules._rule import Problem, Problems, Rule, reported_by_reading

# Record type: the thing, the list that holds it (empty: the record is the thing), its id, and how far an id reaches.
_IDS = {
    "risk-assessment": ("risk", "risks", "id", "release"),
    "threat-model": ("threat", "threats", "id", "record"),
    "exceptions": ("exception", "exceptions", "id", "portal"),
    "actions": ("action", "actions", "id", "release"),
    "checklist": ("control", "controls", "control", "record"),
    "incident": ("incident", "", "ticket", "release"),
}


def check(portal: Portal) -> Problems:
    """Compare all ids of a kind within their reach, from the oldest release on; reading the roster tells its own."""
    yield from reported_by_reading("duplicate-id")(portal)
    seen: dict[tuple[str, str, str], Location] = {}
    for release in reversed(portal.releases):
        for record in release.records:
            if record.value is None or record.type.name not in _IDS:
                continue
            what, _, _, reach = _IDS[record.type.name]
            within = {"record": record.path, "release": release.folder, "portal": ""}[reach]
            for route, word in _ids(record):
                at = record.source.locate(*route)
                first = seen.setdefault((what, within, word), at)
                if first is not at:
                    message = f"{what} {word} is there already"
                    yield Problem(at, message, f"the other one: {first}", release.version)


def _ids(record: Record[Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every id of a record, with its route."""
    _, several, key, _ = _IDS[record.type.name]
    if not several:
        yield (key,), getattr(record.value, key)
        return
    for index, one in enumerate(getattr(record.value, several)):
        yield (several, index, key), getattr(one, key)


RULE = Rule(__name__, check, guards=(*_IDS, "people"))
