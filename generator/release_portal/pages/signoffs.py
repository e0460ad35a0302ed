"""Who signed what in a release, how well that is proved, and which sign-offs are still to come."""

from collections import Counter
from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.git import Commit
from release_portal.pages._approval import DECISION, came_late, late_state
from release_portal.pages._frame import page
from release_portal.pages._keys import keys_used
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import types
from release_portal.pages._places import place
from release_portal.pages._repeat import steps_of
from release_portal.pages._signoffs import Given, Subject, subjects, tally
from release_portal.pages._trail import Change, Trails
from release_portal.progress import State
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    titles = {name: type_.title for name, type_ in types().items()}
    stated = release.facts.not_applicable if release.facts else {}
    titles.update({number: f"{number} does not apply" for number in stated})
    signed = tuple(subjects(assessment, release, titles))
    trails = Trails.of(assessment, release)
    yield page(
        assessment,
        release,
        path="signoffs/",
        label="Sign-offs",
        template="signoffs.html",
        wide=True,
        toc=(
            ("signoffs", "Sign-offs by record"),
            ("later", "Due in later phases"),
            ("keys", "Keys"),
            ("proof", "What the proof states mean"),
        ),
        description=f"Sign-offs of {release.version} with decision, time and proof.",
        subjects=tuple(one for one in signed if not _later(one)),
        due_later=tuple(one for one in signed if _later(one)),
        counts=_counts(signed),
        tally=tally(assessment.portal, release),
        address=lambda one: place(release, one.type_name),
        keys=keys_used(assessment.portal, release),
        decision=DECISION,
        came_late=came_late,
        late_state=late_state(release),
        own=trails.own if trails else None,
        not_checked=assessment.portal.git.own,
        repeat=lambda one: tuple(steps_of(assessment.portal, release, one.signed)),
        held=lambda one: _held(trails, one),
        later=lambda one: _later_changes(trails, one),
    )


def _held(trails: Trails | None, one: Given) -> Commit | None:
    """The commit that holds a sign-off as it stands, also where it proves nothing any more."""
    return trails.holding(one.signed) if trails else None


def _later_changes(trails: Trails | None, one: Given) -> tuple[Change, ...]:
    """What was committed to a record after it was signed."""
    since = _held(trails, one)
    return trails.later_than(one.signed, since) if trails and since else ()


def _later(subject: Subject) -> bool:
    """Whether nobody signed the record, and nobody has to yet."""
    return not subject.given and all(one.state is State.NOT_DUE for one in subject.awaited)


def _counts(signed: tuple[Subject, ...]) -> dict[str, int]:
    """Count what a reader asks first: how many there are, and how many fall short."""
    given = [one for subject in signed for one in subject.given]
    awaited = Counter(one.state for subject in signed for one in subject.awaited)
    return {
        "given": len(given),
        "stale": sum(one.stale for one in given),
        "rejected": sum(one.value is not None and one.value.decision == "reject" for one in given),
        "missing": awaited[State.MISSING],
        "due": awaited[State.DUE],
    }


PAGE = ReleasePages(name="signoffs", order=60, build=build)
