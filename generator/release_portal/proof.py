"""How well a sign-off is proved: the one judgement that every page, register and count goes by."""

from enum import StrEnum

from release_portal.progress import is_stale
from release_portal.release import Release, SignedRecord
from release_portal.roster import Roster


class Proof(StrEnum):
    """What stands behind a sign-off, from a mere claim upwards; a stale one proves nothing any more."""

    STALE = "stale"
    CLAIMED = "claimed"
    ROSTER = "roster"
    COMMIT = "commit"
    SIGNED = "signed"

    @property
    def verified(self) -> bool:
        """Whether git itself confirms who signed: what may be shown green."""
        return self in {Proof.COMMIT, Proof.SIGNED}


def proof(roster: Roster, release: Release, signed: SignedRecord) -> Proof:
    """Proof of a sign-off. One that is not even readable is a claim."""
    value = signed.value
    if value is None:
        return Proof.CLAIMED
    if is_stale(release, signed):
        return Proof.STALE
    return Proof.ROSTER if roster.holds(value.by, value.role, value.at.date()) else Proof.CLAIMED
