"""The process document, as the portal follows it: what each phase does, what it must deliver, who signs."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.load import record_types
from release_portal.pages._page import Heading, Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._versions import versions
from release_portal.process import CONDITIONS

_LAST = (("references", "References"), ("roles", "Roles"), ("versions", "Versions"))


def build(assessment: Assessment) -> Iterator[Page]:
    """Make the one page of the process."""
    portal = assessment.portal
    process = portal.process
    phases = tuple(Heading(2, phase.slug, f"{phase.number} {phase.title}") for phase in process.phases)
    yield portal_page(
        assessment,
        uri="process/",
        title="Process",
        template="process.html",
        toc=(*phases, *(Heading(2, id_, title) for id_, title in _LAST)),
        description=f"{process.name}, version {process.version}.",
        types=record_types(),
        conditions=CONDITIONS,
        versions=versions(portal),
        own=portal.git.history,
        not_checked=portal.git.own,
        holders={role: portal.roster.holders(role, portal.as_of.date()) for role in process.roles},
    )


PAGE = PortalPages(name="process", order=20, build=build)
