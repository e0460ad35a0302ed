"""Signatures as pages show them: green only where one was verified, grey where nobody looked."""

from dataclasses import dataclass

from release_portal.facts import OwnHistory
from release_portal.git import Commit, Signature, SignatureKind, Verdict

_CLASSES = {
    Verdict.GOOD: "done",
    Verdict.KEY_EXPIRED_SINCE: "done",
    Verdict.UNSIGNED: "due",
    Verdict.CANNOT_CHECK: "not-checked",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A status class with its word, and what stands behind it. `key` is the fingerprint of a signature's key."""

    state: str
    word: str
    detail: str = ""
    key: str = ""

    @property
    def verified(self) -> bool:
        """Whether it may be shown green."""
        return self.state == "done"


def mark(signature: Signature) -> Mark:
    """Show a verdict."""
    word = "Good signature" if signature.verdict is Verdict.GOOD else str(signature.verdict).capitalize()
    return Mark(_CLASSES.get(signature.verdict, "missing"), word, signature.detail, signature.key)


def commit_mark(own: OwnHistory, commit: Commit) -> Mark:
    """Show the signature of a commit of the portal. Not all are verified: each costs a process of its own."""
    signature = own.signatures.get(commit.id)
    if signature and signature.verdict is not Verdict.UNSIGNED:
        return mark(signature)
    if commit.signature is SignatureKind.NONE:
        return Mark("not-applicable", "Unsigned")
    return Mark("not-checked", "Signed, not checked")
