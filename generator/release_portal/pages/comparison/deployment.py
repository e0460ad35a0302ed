"""Deployment to production: how long it took, region by region and from first to last."""

from collections.abc import Iterator
from datetime import timedelta

from release_portal.pages._places import place
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group; none before the first run that succeeded. Of a region, the last such run counts."""
    del portal
    record = release.one(Deployments)
    every = record.value.deployments if record and record.value else ()
    runs = [one for one in every if one.environment == "production" and one.outcome == "succeeded"]
    if not runs:
        return
    href = place(release, "deployments")
    last = {one.region: one for one in sorted(runs, key=lambda one: one.finished_at)}
    facts = [
        Fact(key=region, label=region, value=spell(run.finished_at - run.started_at), href=href)
        for region, run in sorted(last.items())
    ]
    whole = max(one.finished_at for one in runs) - min(one.started_at for one in runs)
    yield Group(
        "deployment",
        "",
        (*facts, Fact(key="", label="First start to last end", value=spell(whole), href=href)),
    )


def spell(span: timedelta) -> str:
    """A span in hours and minutes: `26 min`, `1 h 39 min`, `2 h`; what is shorter than a minute is `under 1 min`."""
    minutes = round(span.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest else [])
    return " ".join(parts) or "under 1 min"


SECTION = Section(
    name="deployment",
    title="Deployment",
    order=110,
    groups=groups,
    value="Duration",
    new="New region",
    gone="Not deployed",
    changed="Other duration",
)
