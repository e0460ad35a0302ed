"""A record names a ticket as a change of the release, and the change log does not list it.

## Why it matters
A risk, a threat model or a notice that is about no change of the release is about nothing, and the change that was
meant goes without. If the ticket is right, the change log is incomplete, and with it the population from which an
auditor draws.

## How to fix
Correct the ticket. If the change does belong to the release, add it to `changes.yaml`. What concerns a change of
another release belongs into that one's folder. Notices and disclosures may also name the ticket of an incident that is
on record. Reviews are judged by `unlisted-change`.

## Controls
- SOC 2 CC8.1: all changes are authorised and documented.
- PCAOB AS 1105: a listing that serves as a population is complete and accurate.
"""

from collections.abc import Iterator
from typing import Any

from release_portal.portal import Portal
from release_portal.records._contents import Route
from release_portal.records._kinds import KINDS
from release_portal.records._record import Record
from release_portal.records._walk import values_of
from release_portal.records.changes import Changes
from release_portal.records.incident import Incident
from release_portal.rules._log import entries
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look up every ticket that a record names as a change."""
    incidents = {one.value.ticket for _, one in portal.all(Incident) if one.value}
    homes = {
        entry.change.ticket: release.version for release in portal.releases for entry in entries(release)
    }
    for release, log in portal.all(Changes):
        tickets = [entry.change.ticket for entry in entries(release)]
        for record in release.records:
            for route, ticket, told in _named(record):
                if ticket in tickets or (told and ticket in incidents):
                    continue
                message = f"{ticket} is no change of {release.version}"
                other = f"it is a change of {homes[ticket]}" if ticket in homes else ""
                hint = other or meant(ticket, tickets) or f"correct it, or add the change to {log.path}"
                yield Problem(record.source.locate(*route), message, hint, release.version)


def _named(record: Record[Any]) -> Iterator[tuple[Route, str, bool]]:
    """Route and text of every ticket of a change, and whether it stands in what is told outside."""
    for route, ticket in values_of(record, "ticket"):
        keys = [step for step in route if isinstance(step, str)]
        of_change = keys[-1] in ("changes", "tickets") or keys == ["no_risk", "ticket"]
        if of_change and KINDS["ticket"].good(ticket):
            yield route, ticket, keys[-1] == "tickets"


RULE = Rule(__name__, check, guards=("risk-assessment", "threat-model", "notice", "release-notes"))
