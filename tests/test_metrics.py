"""Measures of the sample, computed by hand from its records, and what they say where records tell nothing."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import all_rules, assess
from release_portal.finding import Finding, Location, Severity
from release_portal.load import load
from release_portal.metrics import (
    actions,
    events,
    failure_rate,
    faults,
    frequency,
    kpis,
    lead_time,
    phases,
    recovery,
)
from release_portal.metrics._measure import middle, share
from release_portal.portal import Portal
from tests.conftest import ROOT, Run

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def read(root: Path, as_of: datetime = AS_OF) -> Portal:
    return load(root, settings.read(root / "mkdocs.yml"), as_of)


@pytest.fixture(scope="module")
def portal() -> Portal:
    return read(ROOT)


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_each_release_counts_once_however_many_regions_it_went_to(portal: Portal) -> None:
    measured = frequency.measure(portal)

    assert [(one.first, one.versions) for one in measured.months] == [
        (date(2026, 7, 1), ("2.4.0",)),
        (date(2026, 8, 1), ("2.4.1",)),
        (date(2026, 9, 1), ()),
        (date(2026, 10, 1), ()),
        (date(2026, 11, 1), ("2.5.0",)),
    ]
    assert (measured.total, measured.unknown) == (3, ())


def test_a_month_is_that_of_utc(sample: Path) -> None:
    # 02:00 in Kolkata on the first of August is the last of July in UTC.
    path = sample / "releases/2.4.1/07-deployment/deployments.yaml"
    edit(path, "2026-08-06T03:20:00+05:30", "2026-08-01T02:00:00+05:30")

    assert frequency.measure(read(sample)).months[0].versions == ("2.4.0", "2.4.1")


def test_staging_is_not_production(sample: Path) -> None:
    path = sample / "releases/2.5.0/07-deployment/deployments.yaml"
    edit(path, "environment: production", "environment: staging", 9)

    assert frequency.measure(read(sample)).total == 2


def test_what_comes_after_the_instant_of_the_page_is_not_counted() -> None:
    measured = frequency.measure(read(ROOT, datetime(2026, 8, 5, tzinfo=UTC)))

    assert [one.versions for one in measured.months] == [("2.4.0",), ()]


def test_a_deployment_record_that_cannot_be_read_is_not_known_and_not_zero(sample: Path) -> None:
    path = sample / "releases/2.5.0/07-deployment/deployments.yaml"
    edit(path, "outcome: succeeded", "outcome: splendid")

    measured = frequency.measure(read(sample))

    assert (measured.total, measured.unknown) == (2, ("2.5.0",))


def test_lead_time_is_the_median_from_review_to_the_first_run_that_succeeded(portal: Portal) -> None:
    measured = lead_time.measure(portal)

    # 2.4.0: five approvals, the middle one of 26 June 07:00 UTC; ap-south-1 was done on 14 July at 05:01 UTC.
    # 2.4.1: approvals of 20:05 and 20:20 UTC, done at 22:06 UTC.
    first, second, third = measured.releases
    assert (first.version, first.reviews, first.from_review) == ("2.4.0", 5, timedelta(days=18, minutes=-119))
    assert (second.version, second.hotfix, second.reviews) == ("2.4.1", True, 2)
    assert second.from_review == timedelta(hours=1, minutes=53, seconds=30)
    # 2.5.0: approvals of 22 Oct 11:35, 3 Nov 11:20, 4 Nov 11:15, 6 Nov 09:55; done on 23 Nov at 05:11 UTC.
    assert (
        third.from_review
        == (timedelta(days=19, hours=17, minutes=51) + timedelta(days=18, hours=17, minutes=56)) / 2
    )
    assert not measured.checked
    assert [one.from_commit for one in measured.releases] == [None, None, None]


def test_lead_time_from_the_commit_comes_from_the_product_repository(demo: tuple[Path, Run]) -> None:
    portal = read(demo[0])
    (product,) = portal.git.checked

    measured = lead_time.measure(portal)

    assert measured.checked
    hotfix = measured.releases[1]
    range_ = product.history.range_of("2.4.1")
    assert range_ is not None
    named = [one for one in product.history.log.commits(range_.ids) if not one.is_merge]
    assert hotfix.commits == len(named) == 3
    reached = datetime(2026, 8, 5, 22, 6, tzinfo=UTC)
    waits = sorted(reached - one.committer.at for one in named if one.committer.at)
    assert hotfix.from_commit == waits[1]


def test_a_commit_after_the_rollout_has_no_lead_time(sample: Path) -> None:
    path = sample / "releases/2.4.1/03-development/code-review.yaml"
    edit(path, "2026-08-06T01:50:00+05:30", "2026-08-09T01:50:00+05:30")

    second = lead_time.measure(read(sample)).releases[1]

    assert (second.reviews, second.from_review) == (1, timedelta(hours=2, minutes=1))


def test_an_incident_is_held_against_the_release_that_ran_when_it_began(portal: Portal) -> None:
    measured = failure_rate.measure(portal)

    # INC-88 is filed with the hotfix that mended it; it began on 5 August, when 2.4.0 ran.
    assert [(one.version, one.failed) for one in measured.outcomes] == [
        ("2.4.0", True),
        ("2.4.1", False),
        ("2.5.0", None),
    ]
    assert measured.outcomes[0].why == ("INC-88",)
    assert (measured.failed, measured.judged, measured.percent) == (1, 2, 50)


def test_a_hotfix_tells_of_a_failure_where_no_incident_does(sample: Path) -> None:
    (sample / "releases/2.4.1/08-monitoring/incidents/inc-88.md").unlink()
    portal = read(sample)

    assert failure_rate.measure(portal).outcomes[0].why == ("hotfix 2.4.1",)
    (failure,) = recovery.measure(portal).failures
    assert failure.length is None  # since when, a hotfix does not say
    assert recovery.measure(portal).median is None


def test_a_run_that_was_rolled_back_fails_a_rollout_until_the_next_one_there_succeeds(sample: Path) -> None:
    path = sample / "releases/2.4.0/07-deployment/deployments.yaml"
    first = path.read_text(encoding="utf-8").index("2026-07-14T11:20")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text[:first] + text[first:].replace("outcome: succeeded", "outcome: rolled-back", 1), "utf-8"
    )

    failures = recovery.measure(read(sample)).failures

    # eu-west-1: rolled back at 06:14 UTC on 14 July; 2.4.1 got there at 22:22 UTC on 5 August.
    assert [(one.version, one.what) for one in failures] == [
        ("2.4.0", "run to eu-west-1 rolled back"),
        ("2.4.0", "INC-88"),
    ]
    assert failures[0].length == timedelta(days=22, hours=16, minutes=8)


@pytest.mark.parametrize(("as_of", "failed"), [("2026-08-07T12:00", None), ("2026-08-08T12:00", False)])
def test_a_rollout_is_judged_once_its_window_is_over(as_of: str, failed: bool | None) -> None:  # noqa: FBT001
    portal = read(ROOT, datetime.fromisoformat(f"{as_of}+00:00"))

    assert failure_rate.measure(portal).outcomes[1].failed is failed


def test_recovery_time_is_that_of_the_incident(portal: Portal) -> None:
    measured = recovery.measure(portal)

    # 21:10 to 03:52, both in Kolkata.
    assert [one.length for one in measured.failures] == [timedelta(hours=6, minutes=42)]
    assert measured.median == timedelta(hours=6, minutes=42)


def test_an_incident_that_is_not_over_has_no_recovery_time() -> None:
    measured = recovery.measure(read(ROOT, datetime(2026, 8, 5, 20, tzinfo=UTC)))

    assert [one.recovered for one in measured.failures] == [None]
    assert measured.median is None


def test_a_phase_lasts_from_its_first_to_its_last_event(portal: Portal) -> None:
    measured = phases.measure(portal)

    assert [one.number for one in measured] == list(range(1, 11))
    planning = {one.version: one.length for one in measured[0].times}
    # 2.4.0: CAB on 9 June at 08:30 UTC, last sign-off on the change log on 10 June at 08:48 UTC.
    assert planning["2.4.0"] == timedelta(hours=24, minutes=18)
    # 2.5.0: CAB on 13 October at 09:30 UTC, last sign-off on 14 October at 10:50 UTC.
    assert planning["2.5.0"] == timedelta(hours=25, minutes=20)
    assert measured[0].median == timedelta(hours=24, minutes=49)  # the hotfix is not in it
    monitoring = {one.version for one in measured[7].times}
    assert monitoring == {"2.4.0", "2.4.1"}  # 2.5.0 is in that phase still


def test_a_phase_that_is_not_over_has_no_length_yet(sample: Path) -> None:
    edit(sample / "releases/2.5.0/release.yaml", "phase: monitoring", "phase: deployment")

    deployment = phases.measure(read(sample))[6]

    assert [one.version for one in deployment.times] == ["2.4.0", "2.4.1"]


def test_an_action_is_not_open_on_the_day_on_which_it_was_done(sample: Path) -> None:
    edit(
        sample / "releases/2.4.1/10-retrospective/actions.yaml", "done_on: 2026-09-09", "done_on: 2026-08-31"
    )

    assert actions.measure(read(sample)).points[1].open == 3


def test_actions_are_counted_at_each_months_end(portal: Portal) -> None:
    measured = actions.measure(portal)

    # 2.4.0: A-1 done on 14 August, A-2 due on 31 October and open. 2.4.1, from 13 August on: A-1 done that
    # day, A-2 on 9 September, A-3 on 26 August, A-4 on 25 September, A-5 open until January.
    assert [(one.day.isoformat(), one.open, one.overdue) for one in measured.points] == [
        ("2026-07-31", 2, 0),
        ("2026-08-31", 4, 0),
        ("2026-09-30", 2, 0),
        ("2026-10-31", 2, 0),
        ("2026-11-24", 2, 1),
    ]
    assert (measured.dropped, measured.undated) == (1, 0)


def test_actions_of_a_release_without_a_retrospective_have_no_begin(sample: Path) -> None:
    (sample / "releases/2.4.0/10-retrospective/retrospective.md").unlink()

    measured = actions.measure(read(sample))

    assert (measured.points[0].day.isoformat(), measured.undated) == ("2026-08-31", 2)


def test_kpis_are_those_of_the_newest_complete_report(portal: Portal) -> None:
    measured = kpis.measure(portal)

    assert measured is not None
    assert (measured.version, measured.waiting) == ("2.4.1", ("2.5.0",))
    assert [len(one.samples) for one in measured.kpis] == [13, 13, 13, 13, 0]
    assert all(kpis.met(one) for one in measured.kpis)


def test_every_dated_event_is_told_with_its_place(portal: Portal) -> None:
    release = portal.release("2.4.1")
    assert release is not None
    found = events.events(portal, release)

    assert [one.at for one in found] == sorted(one.at for one in found)
    named = {one.name: one for one in found}
    assert {"CAB", "Emergency", "Go", "Rehearsal", "Production", "Monitoring window", "INC-88"} <= set(named)
    assert {"Notice", "Release notes", "Retrospective", "Audit package", "Process", "Closed"} <= set(named)
    assert sum(one.lane == "Sign-offs" for one in found) == len(release.signoffs)
    assert str(named["Go"].location) == "releases/2.4.1/06-approval/go-no-go.md:2:10"
    assert named["Go"].when == "2026-08-07 04:30"
    assert named["INC-88"].when == "2026-08-05 15:40 to 22:22"
    assert named["Risk"].when == "2026-08-07"
    assert events.untold(release) == ()


def test_a_tag_is_an_event_where_git_has_it(demo: tuple[Path, Run]) -> None:
    portal = read(demo[0])
    release = portal.release("2.4.0")
    assert release is not None

    (tag,) = (one for one in events.events(portal, release) if one.name == "Tag")

    assert tag.detail == "Tag v2.4.0 in platform"


def test_a_record_that_is_not_complete_is_named(portal: Portal) -> None:
    release = portal.release("2.5.0")
    assert release is not None

    assert events.untold(release) == ("08-monitoring/health.yaml",)


def test_a_fault_spans_from_the_gate_to_the_event_that_passed_it(sample: Path) -> None:
    path = sample / "releases/2.4.0/04-testing/rollback-rehearsal.md"
    edit(path, "rehearsed_at: 2026-07-08T15:00:00+05:30", "rehearsed_at: 2026-07-13T19:00:00+05:30")
    assessment = assess(sample, settings.read(sample / "mkdocs.yml"), AS_OF)
    release = assessment.portal.release("2.4.0")
    assert release is not None
    found = events.events(assessment.portal, release)

    (fault,) = faults.faults(assessment.of("2.4.0"), found)

    assert (fault.rule, fault.severity) == ("rehearsal-after-decision", Severity.ERROR)
    assert [one.name for one in fault.events] == ["Rehearsal"]
    assert (fault.begin, fault.end) == (
        datetime(2026, 7, 13, 5, 30, tzinfo=UTC),
        datetime(2026, 7, 13, 13, 30, tzinfo=UTC),
    )


def test_a_fault_that_no_event_stands_for_has_no_span(portal: Portal) -> None:
    release = portal.release("2.4.0")
    assert release is not None
    place = Location(f"{release.folder}/references.yaml", 5, 3)
    finding = Finding("future-event", Severity.ERROR, place, "somewhere else", release="2.4.0")

    (fault,) = faults.faults([finding], events.events(portal, release))

    assert (fault.events, fault.begin, fault.end) == ((), None, None)


def test_rules_of_order_are_rules_that_there_are() -> None:
    assert set(faults.COMPARED) <= {rule.name for rule in all_rules()}


def test_nothing_is_measured_of_a_portal_without_deployments(base: Path) -> None:
    portal = read(base, datetime(2026, 1, 1, tzinfo=UTC))

    assert frequency.measure(portal).months == ()
    assert lead_time.measure(portal).releases == ()
    assert failure_rate.measure(portal).percent is None
    assert recovery.measure(portal).failures == ()
    assert phases.measure(portal) == ()
    assert kpis.measure(portal) is None


def test_the_middle_and_the_share_of_nothing_are_not_known() -> None:
    assert middle([]) is None
    assert share(0, 0) is None
    assert middle([timedelta(1), timedelta(4), timedelta(2)]) == timedelta(2)
    assert share(1, 3) == 33
