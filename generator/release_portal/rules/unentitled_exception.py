"""An exception was accepted by somebody whose role does not accept risks, or who wrote the change that it covers.

## Why it matters
An accepted exception lets a failed control, an open scan result or a high risk pass. That is a decision about the
company: it is taken by who answers for compliance, information security or the board, and not by who wants the release.
That its owner may not accept it tells `own-exception`.

The roles are `compliance-officer`, `infosec-owner` and `cab-chair`, as far as the process has them; where it has none,
anybody may accept.

## How to fix
Have the exception accepted by somebody who holds one of the roles, and record who and when. If the roster is out of
date, its owners change it in a pull request of its own.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.5.3: conflicting duties are segregated.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.exceptions import AcceptedException, Exceptions
from release_portal.release import Release
from release_portal.rules._acceptance import entitled, who_may
from release_portal.rules._people import among, authors_of_changes
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look up the role of everybody who accepted an exception, and what they wrote."""
    for release, record in portal.all(Exceptions):
        for index, one in enumerate(record.value.exceptions if record.value else ()):
            at = record.source.locate("exceptions", index, "approved_by")
            severity = by_stage(portal, release, at)
            why = _fault(portal, release, one) if severity and one.state != "rejected" else ""
            if why:
                who = who_may(portal, release, one.approved_at.date())
                message = f"{portal.roster.name(one.approved_by)} accepted exception {one.id}, {why}"
                yield Problem(at, message, f"who may accept it: {who}", release.version, severity)


def _fault(portal: Portal, release: Release, one: AcceptedException) -> str:
    if portal.roster.person(one.approved_by) is None:
        return ""  # `unknown-person` tells it
    if not entitled(portal, release, one.approved_by, one.approved_at.date()):
        return "and held no role that may accept a risk then"
    authors = authors_of_changes(release)
    wrote = [name for name in one.covers if among(portal.roster, one.approved_by, authors.get(name, ()))]
    return f"and wrote {wrote[0]}, which it covers" if wrote else ""


RULE = Rule(__name__, check, guards=("exceptions",), since=date(2026, 11, 30), needs_roster=True)
