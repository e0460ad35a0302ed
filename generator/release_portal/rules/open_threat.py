"""A threat is open, or was accepted by nobody who may accept a risk.

## Why it matters
A threat model that ends in an open threat tells an attacker's next step and lets it stand. Accepting a threat is a
decision about risk: it is for somebody who answers for compliance, information security or the board.

## How to fix
Put the mitigation in place and set `state: mitigated`. If the threat has to stay, set `state: accepted`; then either
the model's reviewer is somebody who may accept risks, or an accepted exception lists the threat's id under `covers`.

## Controls
- PCI DSS 6.5.1: the security impact of each change is documented and approved.
- ISO 27001 A.8.32: the impact of each change is assessed, and the change is authorised.
"""

from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.threat_model import Threat, ThreatModel
from release_portal.release import Release
from release_portal.rules._acceptance import entitled, shortfall, who_may
from release_portal.rules._exceptions import owned_by
from release_portal.rules._owed import unread
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look at the state of every threat."""
    for release, record in portal.all(ThreatModel):
        for index, threat in enumerate(record.value.threats if record.value else ()):
            at = record.source.locate("threats", index, "state")
            severity = by_stage(portal, release, at)
            if severity is None or record.value is None:
                continue
            if threat.state == "open":
                message = f"threat {threat.id} is open: {threat.category} in '{record.value.title}'"
                hint = "put the mitigation in place, or have the threat accepted"
                yield Problem(at, message, hint, release.version, severity)
            elif threat.state == "accepted" and not _accepted(portal, release, record, threat):
                reviewer, day = record.value.reviewed_by, record.value.reviewed_at.date()
                message = (
                    f"threat {threat.id} is accepted, but {portal.roster.name(reviewer)} may not accept risks"
                )
                hint = f"who might on {day}: {who_may(portal, release, day)}; or let an exception cover {threat.id}"
                yield Problem(at, message, hint, release.version, severity)


def _accepted(portal: Portal, release: Release, record: Record[ThreatModel], threat: Threat) -> bool:
    """Whether the reviewer or an exception of the release accepts a threat; unknown counts as yes."""
    model = record.value
    if model and entitled(portal, release, model.reviewed_by, model.reviewed_at.date()):
        return True
    good = (one for one in owned_by(release) if not shortfall(portal, release, one))
    return unread(release, "exceptions") or any(threat.id in one.covers for one in good)


RULE = Rule(__name__, check, guards=("threat-model",), needs_roster=True)
