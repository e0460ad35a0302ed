"""The clock: its answers, and until when they stay the same."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from release_portal.clock import Clock

NOW = datetime(2026, 3, 18, 23, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_nothing_asked_is_the_same_for_ever() -> None:
    assert Clock(NOW).same_until is None


def test_what_is_past_stays_past() -> None:
    clock = Clock(NOW)

    assert clock.reached(NOW - HOUR)
    assert clock.passed(NOW - HOUR)
    assert clock.reached(NOW)
    assert clock.same_until is None


def test_the_first_answer_to_change_counts() -> None:
    clock = Clock(NOW)

    assert not clock.reached(NOW + 2 * HOUR)
    assert not clock.passed(NOW + HOUR)
    assert not clock.reached(NOW + 3 * HOUR)
    assert clock.same_until == NOW + HOUR


def test_a_day_ends_at_midnight_in_its_zone() -> None:
    assert Clock(NOW).today().isoformat() == "2026-03-18"
    clock = Clock(NOW)
    india = timezone(timedelta(hours=5, minutes=30))

    assert clock.today(india).isoformat() == "2026-03-19"
    assert clock.same_until == datetime(2026, 3, 20, tzinfo=india)


@pytest.mark.parametrize("at", [NOW, NOW + HOUR])
def test_the_instant_itself_is_another_the_next_moment(at: datetime) -> None:
    clock = Clock(NOW)
    clock.reached(at)

    assert clock.now == NOW
    assert clock.same_until == NOW
