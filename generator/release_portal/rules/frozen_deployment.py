"""A release was deployed to production while another release had frozen it.

## Why it matters
A freeze keeps everything else away from a release while it goes live and is watched. What is deployed in between blurs
which of the two caused what the monitoring shows.

A hotfix that was authorised as an emergency may go in. The freeze of a release ends when the release is withdrawn.

## How to fix
Correct the times if they are wrong. If they are right, the finding stays, as what happened stays: take it to the
retrospective, and watch both releases for the whole window.

## Controls
- SOC 2 CC8.1: changes are implemented as approved.
- ISO 27001 A.8.32: changes are communicated and carried out as planned.
"""

from bisect import bisect
from collections.abc import Iterator
from datetime import datetime, timedelta

from release_portal.portal import Portal
from release_portal.records.release import Freeze
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare every deployment to production with the freeze windows of all other releases."""
    windows = sorted(
        (window for release in portal.releases for window in _windows(release)), key=lambda one: one[1].from_
    )
    starts = [freeze.from_ for _, freeze, _ in windows]
    longest = max((until - freeze.from_ for _, freeze, until in windows), default=timedelta())
    for release in portal.releases:
        for run in production_runs(release) if not emergency(release) else ():
            one = run.deployment
            near = slice(bisect(starts, one.started_at - longest), bisect(starts, one.finished_at))
            for owner, freeze, until in windows[near]:
                if owner is not release and one.started_at < until and freeze.from_ < one.finished_at:
                    message = f"{release.version} was deployed to {one.region} while {owner.version} had frozen production"
                    hint = f"from {moment(freeze.from_)} to {moment(until)}"
                    yield Problem(run.at("started_at"), message, hint, release.version)


def _windows(release: Release) -> Iterator[tuple[Release, Freeze, datetime]]:
    """A release's freeze windows, each with the instant at which it ended."""
    if release.facts:
        gone = release.facts.withdrawn
        for freeze in release.facts.freeze:
            yield release, freeze, min(freeze.until, gone.at) if gone else freeze.until


RULE = Rule(__name__, check, guards=("release", "deployments"))
