"""What somebody on call needs now: the way back from what production runs, and every runbook in its newest version.

Pages of older releases stay as they were made: runbook.js reads `index.json` beside this page when a runbook is
looked at, and says there whether it is the newest.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import takewhile

from release_portal.assess import Assessment
from release_portal.pages._carried import Version, carried
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._production import in_production
from release_portal.pages._reach import reach
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.deployment_plan import DeploymentPlan
from release_portal.records.health import Health, Shift
from release_portal.records.references import Reference, References
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.records.runbook import Runbook
from release_portal.release import Release

URI, INDEX = "runbooks/", "index.json"
CONTACTS = "support-oncall-escalation"  # the slot of the process that names them


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page."""
    portal = assessment.portal
    running = in_production(portal)
    release = running.release if running else None
    held = carried(portal, release) if release else {}
    yield portal_page(
        assessment,
        uri=URI,
        title="Runbooks for production",
        label="Runbooks",
        template="on_call.html",
        description=f"The newest runbooks and the rollback plan of {release.version}." if release else "",
        files=((INDEX, _index(portal, release, held)),),
        running=running,
        plan=release.one(DeploymentPlan) if release else None,
        rehearsal=release.one(RollbackRehearsal) if release else None,
        contacts=_contacts(release) if release else None,
        shifts=_shifts(release) if release else (),
        runbooks=sorted(held.values(), key=lambda one: one.rank),
        unreadable=tuple(unreadable(portal, release, held)) if release else (),
        reach=reach,
    )


def unreadable(
    portal: Portal, release: Release, held: Mapping[str, Version]
) -> Iterator[tuple[Release, Record[Runbook]]]:
    """Runbooks up to a release that have errors, or are not complete, and would be newer than what is shown."""
    for one in portal.releases[portal.releases.index(release) :]:
        for record in one.named("runbook"):
            shown = held.get(record.name)
            if record.value is None and (shown is None or one.precedence() > shown.release.precedence()):
                yield one, record


def _contacts(release: Release) -> Reference | None:
    """Where the release says whom to call: its reference for support, on-call and escalation."""
    record = release.one(References)
    return record.value.references.get(CONTACTS) if record and record.value else None


def _shifts(release: Release) -> tuple[Shift, ...]:
    """Who is on call by the rota of the release's monitoring window."""
    record = release.one(Health)
    return record.value.on_call if record and record.value else ()


def _index(portal: Portal, release: Release | None, held: Mapping[str, Version]) -> str:
    """What production runs, in which release each runbook is newest, and which releases production has not had."""
    ahead = takewhile(lambda one: one is not release, portal.releases)
    content = {
        "production": release.version if release else None,
        "runbooks": {slug: one.release.version for slug, one in sorted(held.items())},
        "ahead": [one.version for one in ahead],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


PAGE = PortalPages(name="on-call", order=15, build=build)
