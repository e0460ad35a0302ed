"""How a release went to production: the decision, the plan, the runs that followed, and where to watch them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from release_portal.assess import Assessment
from release_portal.pages._approval import approval
from release_portal.pages._eras import decided_at, deployed_at
from release_portal.pages._frame import page
from release_portal.pages._package import package_holds
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.pages._production import deployed
from release_portal.pages._tags import tag_facts
from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.deployments import Deployment, Deployments
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Run:
    """One deployment; `clashes` say who did two things that one person may not do both."""

    deployment: Deployment
    clashes: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long it took."""
        return round((self.deployment.finished_at - self.deployment.started_at).total_seconds() / 60)


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    portal = assessment.portal
    yield page(
        assessment,
        release,
        path="deployment/",
        label="Deployment",
        template="deployment.html",
        toc=(
            ("release-package", "Release package"),
            ("go-no-go", "Go/no-go"),
            ("deployment-plan", "Plan and rollback"),
            ("deployments", "Deployments"),
            ("dashboards", "Dashboards"),
        ),
        description=f"Go/no-go decision, plan, deployments and dashboards of {release.version}.",
        holds=package_holds(portal, release, "release-package"),
        authors=_authors(release),
        tags=tuple(tag_facts(portal, release)),
        late=_decided_late(release),
        approval=approval(assessment, release),
        reached=deployed(portal, release),
        runs=runs(portal, release),
        **_parts(assessment, release),
    )


def _parts(assessment: Assessment, release: Release) -> dict[str, Any]:
    names = {
        "package": "release-package",
        "decision": "go-no-go",
        "plan": "deployment-plan",
        "deployed": "deployments",
        "dashboards": "dashboards",
    }
    return {key: part(assessment, release, name) for key, name in names.items()}


def _decided_late(release: Release) -> bool:
    """Whether production was changed before anybody had decided on it."""
    decided, deployed = decided_at(release), deployed_at(release)
    return decided is not None and deployed is not None and deployed < decided


def _authors(release: Release) -> tuple[str, ...]:
    """Everyone who wrote a change of the release."""
    record = release.one(Changes)
    changes = record.value.changes if record and record.value else ()
    return tuple(dict.fromkeys(author for change in changes for author in change.authors))


def runs(portal: Portal, release: Release) -> tuple[Run, ...]:
    """Every run of a release, in the order of the record."""
    record = release.one(Deployments)
    found = record.value.deployments if record and record.value else ()
    authors = set(_authors(release))
    return tuple(Run(one, tuple(_clashes(portal, authors, one))) for one in found)


def _clashes(portal: Portal, authors: set[str], run: Deployment) -> Iterator[str]:
    if run.deployed_by == run.approved_by:
        yield f"{portal.roster.name(run.deployed_by)} approved and deployed"
    for person, did in ((run.deployed_by, "deployed"), (run.approved_by, "approved")):
        if person in authors:
            yield f"{portal.roster.name(person)} wrote a change and {did}"


PAGE = ReleasePages(name="deployment", order=70, build=build)
