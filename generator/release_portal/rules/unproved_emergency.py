"""An emergency let a release go ahead of its records, and the person who is said to have authorised it signed nothing.

## Why it matters
An emergency opens gates that nothing else opens. In release.yaml it is text, and whoever edits the file can write
anybody's name into it. So the person named has to sign a record of the release: what they sign, when and with which key
is then on record, as for every other decision.

It is a warning while the deployment is going on, and an error once that phase has passed. A release that was closed
before there was this rule is told of it, and it is not held against it.

## How to fix
Let the person whom `authorised_by` names sign a record of the release, such as the deployment plan or the decision, in a
role that allows emergencies, and commit the file alone:

    release-portal sign 2.4.1 deployment-plan --as helen.byrne --role cab-chair

## Controls
- SOC 2 CC8.1: emergency changes are authorised, flagged as such, and reviewed afterwards.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._rule import Problem, Problems, Rule, by_home
from release_portal.rules.emergency_without_authority import ROLES


def check(portal: Portal) -> Problems:
    """Look for a sign-off of whoever authorised each emergency."""
    for release, record in portal.all(Facts):
        allowed = emergency(release)
        severity = by_home(portal, release, "deployments") if allowed else None
        if allowed is None or severity is None or _has_signed(portal, release, allowed.authorised_by):
            continue
        person = portal.roster.person(allowed.authorised_by)
        message = (
            f"{person.name if person else allowed.authorised_by} signed nothing that proves the emergency"
        )
        hint = f"release-portal sign {release.version} RECORD --as {allowed.authorised_by}, in the role {' or '.join(ROLES)}"
        yield Problem(
            record.source.locate("emergency", "authorised_by"), message, hint, release.version, severity
        )


def _has_signed(portal: Portal, release: Release, person: str) -> bool:
    """Whether they approved a record in a role that allows emergencies, proved as the portal demands; later changes do not undo that."""
    least = portal.measure(release).least
    return any(
        one.value.by == person
        and one.value.role in ROLES
        and one.value.decision == "approve"
        and one.attestation.signer.proof.rank >= least.rank
        for one in release.signoffs
        if one.value
    )


RULE = Rule(__name__, check, guards=("release",), since=date(2026, 12, 1), needs_roster=True)
