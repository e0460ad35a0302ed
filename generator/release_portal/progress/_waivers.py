"""Whether a statement that a deliverable does not apply counts: what no release can waive, and who has to sign.

A statement in release.yaml is text that anybody can write. It counts once the person whom it names has signed it, in a
file of its own like every sign-off: `signoffs/<number>/<person>.yaml`, over the digest of that one statement, which
neither a move of the phase nor another statement makes stale.
"""

from datetime import date

from release_portal.finding import Location
from release_portal.process import CONDITIONS, Deliverable, Process
from release_portal.progress._conditions import holds
from release_portal.progress._signing import signing_roles
from release_portal.progress._values import Gap, Measure
from release_portal.progress._vocabulary import GapKind
from release_portal.release import Release

AUTHORITY = ("compliance-officer", "infosec-owner", "cab-chair")
SIGNED_SINCE = date(2026, 11, 30)  # releases that were closed before are believed, as they were then
_ALWAYS = {
    "go-no-go": "somebody decides on every release",
    "deployments": "a release is what was deployed",
    "health": "every release is watched",
    "retrospective": "every release is looked back on",
}


def is_earlier(measure: Measure) -> bool:
    """Whether a release was closed before statements had to be signed."""
    return measure.closed_on is not None and measure.closed_on < SIGNED_SINCE


def unwaivable(process: Process, release: Release, item: Deliverable) -> str:
    """Why no release can go without a deliverable; empty where one can."""
    for subject in item.subjects:
        if subject in _ALWAYS:
            return _ALWAYS[subject]
    if item.binding.when and holds(item.binding.when, release):
        return CONDITIONS[item.binding.when]
    before = process.deliverables[: process.deliverables.index(item)]
    brought = {subject for one in before for subject in one.subjects}
    if item.binding.signed_by and brought.issuperset(item.subjects):
        return "it is the approval of records that other deliverables bring"
    return ""


def accepting_roles(process: Process, item: Deliverable) -> tuple[str, ...]:
    """The roles in which somebody may accept that a deliverable does not apply.

    Those that sign it; where none does, those that may accept a risk; where the process knows none of these, all that
    it asks to sign something.
    """
    authority = tuple(role for role in AUTHORITY if role in process.roles)
    return item.binding.signed_by or authority or tuple(sorted(signing_roles(process)))


def is_accepted(measure: Measure, release: Release, item: Deliverable) -> bool:
    """Whether the person named by a statement has signed it, entitled, and proved as well as a sign-off has to be."""
    statement = release.facts.not_applicable.get(item.number) if release.facts else None
    if statement is None:
        return False
    roles = accepting_roles(measure.process, item)
    for one in release.signoffs:
        value = one.value
        if one.subject != item.number or value is None or value.by != statement.approved_by:
            continue
        held = value.role in roles and measure.roster.holds(value.by, value.role, value.at.date())
        if value.decision == "approve" and held and one.attestation.proof.rank >= measure.least.rank:
            return True
    return False


def waiver_gap(measure: Measure, release: Release, item: Deliverable) -> Gap:
    """What a statement that nobody has signed lacks."""
    facts, record = release.facts, release.named("release")[0]
    who = facts.not_applicable[item.number].approved_by if facts else ""
    where: Location = record.source.locate("not_applicable", item.number, "approved_by")
    roles = accepting_roles(measure.process, item)
    role = next((one for one in roles if measure.roster.holds(who, one, measure.clock.today())), "")
    lacking = _lacking(measure, release, item, who, role)
    message = f"it is said not to apply, and {lacking}"
    return Gap(
        GapKind.WAIVER, item.number, message, where, role or next(iter(roles), ""), who if role else ""
    )


def _lacking(measure: Measure, release: Release, item: Deliverable, who: str, role: str) -> str:
    name = measure.roster.name(who)
    given = next(
        (one for one in release.signoffs if (one.subject, one.record.name) == (item.number, who)), None
    )
    if not role:
        return f"{name} holds no role that may accept that"
    if given is None:
        return f"{name} has not signed that"
    if given.value and given.value.decision != "approve":
        return f"{name} has signed, and does not approve"
    return f"{name}'s sign-off does not hold: {given.attestation.why}"
