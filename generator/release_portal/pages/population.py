"""The population of releases: tags, records and deployments reconciled, with a sample that can be drawn again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from release_portal.assess import Assessment, all_rules
from release_portal.finding import Finding
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._population import Population, Row
from release_portal.pages._population_table import filled
from release_portal.pages._portal_page import portal_page
from release_portal.pages._sample import MOST, draw_again, sample
from release_portal.pages._unchecked import unchecked
from release_portal.pages.registers._table import table
from release_portal.records.changes import Changes

URI, CHANGES = "registers/population/", "changes.txt"
_FOUND = 25  # findings of a rule: the page must not grow with the portal; the check lists all


@dataclass(frozen=True, slots=True)
class Comparison:
    """One direction of the reconciliation. `looked_at` is None where there was nothing to compare with."""

    title: str
    rule: str
    looked_at: int | None
    what: str
    findings: tuple[Finding, ...]


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page, with the table and the changes of the sample beside it."""
    portal = assessment.portal
    rows = tuple(Population(assessment).rows())
    shipped = {one.release.version for one in rows if one.release and (one.tag or one.deployments)}
    made = table(filled(rows), assessment)
    drawn = sample(portal, [one for one in portal.releases if one.version in shipped])
    yield portal_page(
        assessment,
        uri=URI,
        title="Population of releases",
        label="Population",
        template="population.html",
        above=(("Registers", "registers/"),),
        description="Every release tag, record and recorded production deployment, reconciled in both directions.",
        files=(*made.files, (CHANGES, "".join(f"{line}\n" for line in drawn.population))),
        scripts=("register",),
        table=made,
        rows=rows,
        deployments=_deployments(rows),
        comparisons=tuple(_comparisons(assessment, rows)),
        sample=drawn,
        changes=CHANGES,
        draw=draw_again(drawn.seed, CHANGES),
        unchecked=(*(one for one in portal.git.unchecked if one is portal.git.own), *unchecked(portal)),
        most=MOST,
        most_found=_FOUND,
        own=portal.git.history,
        generator=version("release-portal"),
    )


def _comparisons(assessment: Assessment, rows: Sequence[Row]) -> Iterator[Comparison]:
    """Both directions, with what the rules found, so that page and check say the same."""
    tags = sum(row.tag is not None for row in rows)
    records = len({row.version for row in rows if row.release})
    commits = sum(len(row.coverage.commits) for row in rows if row.coverage)
    changes = sum({row.version: _changes(row) for row in rows if row.tag}.values())
    deployments = _deployments(rows)
    known = {rule.name for rule in all_rules()}
    for title, rule, count, what in (
        ("Tags without a record", "tag-without-record", tags, "release tags"),
        ("Records without a tag", "record-without-tag", records, "records"),
        ("Commits in no change log", "unlogged-commit", commits, "commits"),
        ("Changes without a commit", "uncommitted-change", changes, "changes"),
        ("Commits that no review saw", "unreviewed-commit", commits, "commits"),
        ("Deployments without their tag", "untagged-deployment", deployments, "deployments"),
    ):
        if rule in known:
            found = tuple(one for one in assessment.findings if one.rule == rule)
            looked_at = count if assessment.portal.git.checked else None
            yield Comparison(title, rule, looked_at, what, found)


def _changes(row: Row) -> int:
    logs = [record.value for record in row.release.all(Changes)] if row.release else []
    return sum(len(log.changes) for log in logs if log)


def _deployments(rows: Sequence[Row]) -> int:
    """Count each deployment once, in however many repositories its version is."""
    return sum({row.version: len(row.deployments) for row in rows}.values())


PAGE = PortalPages(name="population", order=40, build=build)
