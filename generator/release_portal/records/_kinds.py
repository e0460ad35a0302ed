"""The kinds of text that a field may hold: which words are good, and what to write instead.

All patterns match the whole text and name ASCII digits, so that a trailing newline or an Arabic digit passes
nowhere; numbers are finite; `true` is no number (every scalar arrives as text).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import semver

from release_portal.wording import shown

Report = Callable[[str, str], None]


@dataclass(frozen=True)
class Kind:
    """A kind of text. Called by Cerberus as a `check_with` function.

    `pattern` must match the whole text; `accepts`, where given, decides what a pattern cannot say.
    """

    name: str
    pattern: str
    hint: str
    accepts: Callable[[str], object] = bool

    @property
    def judges(self) -> bool:
        """Whether the pattern alone does not say which texts are good."""
        return self.accepts is not bool

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.pattern})\Z")

    def good(self, value: str) -> bool:
        """Whether the text is of this kind."""
        if not self._whole.match(value):
            return False
        try:
            self.accepts(value)
        except (ValueError, OverflowError):
            return False
        return True

    def __call__(self, field: str, value: str | None, error: Report) -> None:
        if value is not None and not self.good(value):  # Cerberus reports a missing value itself
            error(field, f"{shown(value)} is no {self.name}|{self.hint}")


# Far enough from the ends of the calendar, years 1 and 9999, that deadlines and other zones stay within it.
_DAY = "(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"

KINDS = {
    kind.name: kind
    for kind in (
        Kind("day", _DAY, "write a day that exists, as YYYY-MM-DD, of the years 1900 to 2999", date.fromisoformat),
        Kind(
            "instant",
            rf"{_DAY}[Tt ]{_TIME}",
            "write RFC 3339 with a zone, such as 2026-03-18T09:30:00+05:30, in the years 1900 to 2999",
            lambda value: datetime.fromisoformat(value).timestamp(),
        ),
        Kind("whole number", "0|[1-9][0-9]{0,11}", "write a count such as 42"),
        Kind("number", r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?", "write a decimal number such as 99.95"),
        Kind(
            "version", r"[0-9A-Za-z.+-]{5,80}", "write MAJOR.MINOR.PATCH, such as 2.4.0", semver.Version.parse
        ),
        Kind("process version", r"[0-9]{1,4}\.[0-9]{1,4}", "write it as in release-process.md, such as 1.1"),
        Kind("SHA-256", "[0-9a-f]{64}", "write the 64 lower-case digits that `sha256sum FILE` prints"),
        Kind("commit", "[0-9a-f]{40}(?:[0-9a-f]{24})?", "write the full object id: `git rev-parse REF`"),
        Kind(
            "person id", "[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", "write a person's id as in roster/people.yaml"
        ),
        Kind("ticket", "[A-Za-z][A-Za-z0-9]{0,15}[-#][0-9]{1,10}", "write a ticket id such as PAY-217"),
        Kind("name", "[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?", "use a-z, 0-9, dots and dashes: pci-dss"),
        Kind("link", r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~|]*)?", "write an https address"),
        Kind("e-mail address", r"[^@<>\x00-\x20\x7f-\xa0]{1,64}@[A-Za-z0-9.-]{1,255}", "write an address such as ana@example.com"),
        Kind(
            "evidence file",
            r"evidence/(?:[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}/){0,8}[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}",
            "write a path below evidence/ from A-Z a-z 0-9 . _ + - and no `..`",
        ),
    )
}  # fmt: skip
