"""The process document, as the portal follows it: what each phase does, what it must deliver, who signs.

The version in force has `/process/`; each earlier one that is known has a page below it.
"""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.load import record_types
from release_portal.pages._page import Heading, Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._repeat import commits_command
from release_portal.pages._versions import Version, versions
from release_portal.process import CONDITIONS, Process

URI = "process/"
_MOST = 8  # releases that a version is said to govern: the page must not grow with the portal


def build(assessment: Assessment) -> Iterator[Page]:
    """Make the page of the version in force, then those of the other ones, newest first."""
    portal = assessment.portal
    told = versions(portal)
    by_name = {one.name: one for one in told}
    yield _page(assessment, portal.process, told, by_name[portal.process.version])
    for one in told:
        process = portal.processes.get(one.name, one.process)
        if process and one.name != portal.process.version:
            yield _page(assessment, process, told, one)


def _page(assessment: Assessment, process: Process, told: tuple[Version, ...], shown: Version) -> Page:
    portal = assessment.portal
    current = process.version == portal.process.version
    phases = tuple(Heading(2, phase.slug, f"{phase.number} {phase.title}") for phase in process.phases)
    last = (
        ("references", "References"),
        ("roles", "Roles"),
        *([("versions", "Versions")] if current else []),
    )
    return portal_page(
        assessment,
        uri=URI if current else f"{URI}{process.version}/",
        title="Process" if current else f"Process {process.version}",
        label="" if current else f"Version {process.version}",
        above=() if current else (("Process", URI),),
        template="process.html",
        toc=(*phases, *(Heading(2, id_, title) for id_, title in last)),
        description=f"{process.name}, version {process.version}{'' if current else ', which is not in force'}.",
        process=process,
        current=current,
        shown=shown,
        types=record_types(),
        conditions=CONDITIONS,
        versions=told,
        most=_MOST,
        own=portal.git.history,
        not_checked=portal.git.own,
        verify=commits_command(process.path),
        holders={role: portal.roster.holders(role, portal.as_of.date()) for role in process.roles},
    )


PAGE = PortalPages(name="process", order=20, build=build)
