"""Who let a release go to production: the one answer that every page gives, with its proof."""

from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.pages._places import home
from release_portal.pages._signoffs import Given, subject
from release_portal.release import Release

DECISION = "go-no-go"  # the record type that the board signs


@dataclass(frozen=True, slots=True)
class Approval:
    """The sign-offs on the go/no-go decision: those that approve, those that reject, and where all of them stand."""

    given: tuple[Given, ...]
    refused: tuple[Given, ...]
    address: str


def approval(assessment: Assessment, release: Release) -> Approval:
    """Give who approved and who rejected the deployment of a release, by the sign-offs on its decision.

    Whom a deployment run names as its approver is a statement of the pipeline, and no approval of the board.
    """
    signed = [one for one in subject(assessment, release, DECISION, DECISION).given if one.value]
    by = {
        word: tuple(one for one in signed if one.value and one.value.decision == word)
        for word in ("approve", "reject")
    }
    return Approval(by["approve"], by["reject"], f"{home(release)}signoffs/#{DECISION}")
