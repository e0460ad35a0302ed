"""Lead time of each phase: how long the work of a phase took, by the dated events of its records."""

from dataclasses import dataclass
from datetime import timedelta

from release_portal.metrics._measure import SHOWN, Definition, middle
from release_portal.metrics._rollouts import Rollout, rollouts
from release_portal.metrics.events import Event, events
from release_portal.portal import Portal
from release_portal.progress import Stage

DEFINITION = Definition(
    title="Lead time of each phase",
    formula="From the first to the last dated event of a phase: the times that its records state, and the sign-offs "
    "on them. Only phases that the release has behind it count; incidents and the publication of notes are no work "
    "of a phase; a single event gives no length. The median is taken over standard releases; hotfixes, whose records may follow, are shown beside it.",
    source="All records of the phase and signoffs/. The timeline on a release's page lists the events.",
    unit="Days, the newest 10 releases in production. A day without a time counts from its begin in UTC.",
)


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """What one phase took in one release."""

    version: str
    hotfix: bool
    length: timedelta


@dataclass(frozen=True, slots=True)
class PhaseTimes:
    """One phase of today's process, with what it took in each release that shows it."""

    number: int
    title: str
    times: tuple[PhaseTime, ...]

    @property
    def median(self) -> timedelta | None:
        """The middle over standard releases; None where none shows it."""
        return middle(one.length for one in self.times if not one.hotfix)


def measure(portal: Portal) -> tuple[PhaseTimes, ...]:
    """Give the phases in their order; none where nothing went to production."""
    shown = rollouts(portal)[-SHOWN:]
    told = [(one, _passed(portal, one)) for one in shown]
    phases = portal.process.phases if shown else ()
    return tuple(
        PhaseTimes(
            phase.number,
            phase.title,
            tuple(
                PhaseTime(rollout.version, rollout.hotfix, length)
                for rollout, found in told
                if (length := phase_time(found, phase.slug)) is not None
            ),
        )
        for phase in phases
    )


def _passed(portal: Portal, rollout: Rollout) -> tuple[Event, ...]:
    """The events of the phases that a release has behind it."""
    phases = portal.progress[rollout.version].phases
    passed = {one.phase.slug for one in phases if one.stage is Stage.PASSED}
    return tuple(one for one in events(portal, rollout.release) if one.phase in passed)


def phase_time(found: tuple[Event, ...], slug: str) -> timedelta | None:
    """From the first to the last event of a phase; None where it has fewer than two instants."""
    mine = [one for one in found if one.phase == slug]
    if len(mine) < 2 and not any(one.until for one in mine):
        return None
    return max(one.end for one in mine) - min(one.at for one in mine)
