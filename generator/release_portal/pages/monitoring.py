"""What happened after the deployment: health over the window, incidents with their root cause, what is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from release_portal.assess import Assessment
from release_portal.metrics._rollouts import rollouts
from release_portal.metrics.incidents import occurrences, under
from release_portal.pages._frame import page
from release_portal.pages._package import package_holds
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.portal import Portal
from release_portal.records.health import Health, Kpi
from release_portal.records.incident import Incident
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    yield page(
        assessment,
        release,
        path="monitoring/",
        label="Monitoring",
        template="monitoring.html",
        toc=(("health", "Health"), ("incident", "Incidents"), ("audit-package", "Audit package")),
        description=f"Health, incidents and audit package of {release.version}.",
        health=part(assessment, release, "health"),
        incidents=part(assessment, release, "incident"),
        unwritten=_unwritten(release),
        elsewhere=tuple(one for one in under(assessment.portal, release) if one.elsewhere),
        ran=_ran(assessment.portal, release),
        audit=part(assessment, release, "audit-package"),
        holds=package_holds(assessment.portal, release, "audit-package"),
        met=_met,
        samples=_samples,
        samples_head=_samples_head,
        duration=_duration,
    )


def _unwritten(release: Release) -> tuple[str, ...]:
    """Names of incidents that the health report has and that no record tells about."""
    health = release.one(Health)
    written = {record.name for record in release.named("incident")}
    named = health.value.incidents if health and health.value else ()
    return tuple(name for name in named if name not in written)


def _ran(portal: Portal, release: Release) -> Mapping[str, Release]:
    """The release that production ran when each incident told here began, by the record's path."""
    told = [(release, record) for record in release.all(Incident)]
    found = occurrences(rollouts(portal), told) if told else ()
    return {one.record.path: one.under for one in found}


def _met(kpi: Kpi) -> bool:
    """Whether a KPI kept its threshold."""
    return kpi.measured >= kpi.threshold if kpi.direction == "at-least" else kpi.measured <= kpi.threshold


def _samples(report: Health) -> list[tuple[datetime, list[Decimal | None]]]:
    """Every instant at which a KPI was sampled, with the value of each KPI then."""
    columns = [{sample.at: sample.value for sample in kpi.samples} for kpi in report.kpis]
    instants = sorted({at for column in columns for at in column})
    return [(at, [column.get(at) for column in columns]) for at in instants]


def _samples_head(report: Health) -> list[str | tuple[str, str]]:
    """Columns of the table of samples."""
    return ["At", *((f"{kpi.name}, {kpi.unit}", "rp-num") for kpi in report.kpis)]


def _duration(span: timedelta) -> str:
    """A span as people say it: `72 h`, `1 h 35 min`, `12 min`."""
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    return (
        " ".join(text for number, text in ((hours, f"{hours} h"), (minutes, f"{minutes} min")) if number)
        or "0 min"
    )


PAGE = ReleasePages(name="monitoring", order=80, build=build)
