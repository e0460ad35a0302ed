"""Who let a release go to production: the one answer that every page gives, with its proof."""

from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.pages._eras import deployed_at
from release_portal.pages._places import home
from release_portal.pages._signoffs import Given, subject
from release_portal.release import Release

DECISION = "go-no-go"  # the record type that the board signs


@dataclass(frozen=True, slots=True)
class Approval:
    """The sign-offs on the go/no-go decision: those that approve, those that reject, and where all of them stand.

    `every` are all of them in order of time, abstentions and those of people whom the process does not ask too.
    `late` are the approvals that came after the deployment to production began; `late_state` is their status class.
    """

    given: tuple[Given, ...]
    refused: tuple[Given, ...]
    every: tuple[Given, ...]
    address: str
    late: tuple[Given, ...] = ()
    late_state: str = "missing"


def approval(assessment: Assessment, release: Release) -> Approval:
    """Give who approved and who rejected the deployment of a release, by the sign-offs on its decision.

    Whom a deployment run names as its approver is a statement of the pipeline, and no approval of the board.
    """
    signed = tuple(one for one in subject(assessment, release, DECISION, DECISION).given if one.value)
    by = {
        word: tuple(one for one in signed if one.value and one.value.decision == word)
        for word in ("approve", "reject")
    }
    late = tuple(one for one in by["approve"] if came_late(release, one))
    address = f"{home(release)}signoffs/#{DECISION}"
    return Approval(by["approve"], by["reject"], signed, address, late, late_state(release))


def came_late(release: Release, one: Given) -> bool:
    """Whether a sign-off was given after the deployment to production had begun."""
    begun = deployed_at(release)
    return begun is not None and one.value is not None and one.value.at > begun


def late_state(release: Release) -> str:
    """Status class of an approval after the deployment: an emergency may be approved afterwards, nothing else."""
    return "claimed" if release.facts and release.facts.emergency else "missing"
