"""The runbooks of a release, each on a page of its own, and the documents that it brought up to date."""

from collections.abc import Iterator
from dataclasses import replace

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import Part, Shown, part
from release_portal.pages._reach import reach
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterator[Page]:
    """Give the list, then each runbook."""
    found = part(assessment, release, "runbook")
    yield page(
        assessment,
        release,
        path="runbooks/",
        label="Runbooks",
        template="runbooks.html",
        toc=(("runbook", "Runbooks"), ("documentation", "Documentation")),
        description=f"Runbooks and documentation of {release.version}.",
        runbooks=found,
        plan=part(assessment, release, "deployment-plan").first,
        documentation=part(assessment, release, "documentation"),
    )
    for shown in found.shown:
        yield _runbook(assessment, release, found, shown)


def _runbook(assessment: Assessment, release: Release, found: Part, shown: Shown) -> Page:
    runbook = shown.record.value
    made = page(
        assessment,
        release,
        path=f"runbooks/{shown.record.name}/",
        label=runbook.title if runbook else shown.record.name,
        template="runbook.html",
        wide=True,
        above=(("Runbooks", "runbooks/"),),
        description=runbook.trigger if runbook else "",
        only=_alone(found, shown),
        reach=reach,
    )
    return replace(made, scripts=("runbook",))


def _alone(found: Part, shown: Shown) -> Part:
    """One runbook as if it were the release's only one."""
    return Part(type=found.type, state=found.state, shown=(shown,), signoffs=found.signoffs)


PAGE = ReleasePages(name="runbooks", order=110, build=build)
