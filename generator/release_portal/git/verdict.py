"""What a signature proves: judged from what the signature programs found, the key list, and the people asked for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from release_portal.git.keys import Key

Outcome = Literal["matches", "does not match", "unknown key", "unsigned", "not checked"]


class Verdict(StrEnum):
    """What a signature proves. Only `GOOD` and `KEY_EXPIRED_SINCE` prove anything."""

    GOOD = "good"
    KEY_EXPIRED_SINCE = "good, key expired since"
    UNTRUSTED_KEY = "untrusted key"
    OTHER_PERSON = "another person"
    KEY_NOT_VALID_THEN = "key not valid then"
    UNSIGNED = "unsigned"
    BAD = "bad"
    CANNOT_CHECK = "cannot check"

    @property
    def holds(self) -> bool:
        """Whether the signature is the person's, as far as can be told."""
        return self in {Verdict.GOOD, Verdict.KEY_EXPIRED_SINCE}


@dataclass(frozen=True, slots=True)
class Signature:
    """A verdict, why, whose key it was and which. `at` is the time checked: the signer's own word."""

    verdict: Verdict
    detail: str = ""
    signer: str = ""
    key: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What gpg or ssh-keygen found, whoever signed. Times are in seconds, 0 where there is none.

    `made` is the time that an OpenPGP signature itself states; `expires` when it ends by its own word.
    """

    outcome: Outcome
    key: str = ""
    detail: str = ""
    made: int = 0
    expires: int = 0


def judge(
    check: Check, keys: Iterable[Key], addresses: Collection[str], at: datetime, now: datetime, namespace: str
) -> Signature:
    """The verdict on a signature that should be by the person with these addresses, made at a time.

    Both the stated time and an OpenPGP signature's own must lie within the key's validity, so setting
    back only one of the clocks gains nothing. Setting back both cannot be seen: that is why a key that
    has expired since proves less than one that is still valid.
    """
    if check.outcome != "matches":
        return Signature(_FAILED[check.outcome], check.detail, key=check.key, at=at)
    listed = [key for key in keys if key.fingerprint == check.key and key.serves(namespace)]
    own = [key for key in listed if key.is_of(addresses)]
    signer = (own or listed)[0].principal if listed else ""
    if not listed:
        verdict, detail = Verdict.UNTRUSTED_KEY, "the key is not in the key list"
    elif any(key.revoked for key in listed):
        verdict, detail = Verdict.UNTRUSTED_KEY, "the key was revoked"
    elif not own:
        verdict, detail = Verdict.OTHER_PERSON, f"the key is that of {signer}"
    else:
        verdict, detail = _in_time(check, own, at, now)
    return Signature(verdict, detail, signer, check.key, at)


def _in_time(check: Check, own: Iterable[Key], at: datetime, now: datetime) -> tuple[Verdict, str]:
    """Whether one of the person's entries for the key was valid when the signature was made, and still is."""
    made = datetime.fromtimestamp(check.made, UTC) if check.made else at
    ends = datetime.fromtimestamp(check.expires, UTC) if check.expires else None
    valid = [key for key in own if key.covers(at) and key.covers(made)]
    if not valid or (ends and ends < at):
        return Verdict.KEY_NOT_VALID_THEN, f"the key was not valid on {max(at, made):%Y-%m-%d}"
    if not any(key.covers(now) for key in valid) or (ends and ends < now):
        return Verdict.KEY_EXPIRED_SINCE, "the key is no longer valid, and the time is the signer's own word"
    return Verdict.GOOD, ""


_FAILED = {
    "does not match": Verdict.BAD,
    "unknown key": Verdict.UNTRUSTED_KEY,
    "unsigned": Verdict.UNSIGNED,
    "not checked": Verdict.CANNOT_CHECK,
}
