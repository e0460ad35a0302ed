"""How well a sign-off is proved: the one scale that every page, register and rule goes by."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Proof(StrEnum):
    """What stands behind a sign-off, from a mere claim upwards; a stale one proves nothing any more."""

    STALE = "stale"
    CLAIMED = "claimed"
    ROSTER = "roster"
    COMMIT = "commit"
    SIGNED = "signed"

    @property
    def rank(self) -> int:
        """Place on the scale: a sign-off counts where it stands no lower than what the portal asks for."""
        return _RANKS[self]

    @property
    def verified(self) -> bool:
        """Whether git or a signature confirms who signed: what may be shown green."""
        return self.rank >= Proof.COMMIT.rank


_RANKS = {proof: rank for rank, proof in enumerate(Proof)}


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is proved of one sign-off, and why no more.

    `commit` is the full id of the commit that gave the file its present content, `committed_at` its
    self-declared time; both are empty where git was not asked, or does not know the file. `key` is the
    fingerprint of the key whose signature proves it. `given` is what was proved of a stale one before what it
    is about changed: who decided stays known.
    """

    proof: Proof
    why: str = ""
    commit: str = ""
    committed_at: datetime | None = None
    key: str = ""
    given: "Attestation | None" = None

    @property
    def signer(self) -> "Attestation":
        """What is proved of who signed, whatever became of the record since."""
        return self.given or self
