"""Who wrote something and when, by their own words: an author, a committer, a tagger."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_IDENT = re.compile(
    rb"(?P<name>[^<>\n]*?) ?<(?P<email>[^<>\n]*)> (?P<seconds>[0-9]{1,20}) (?P<zone>[+-][0-9]{4})"
)
_FOREIGN = re.compile(r"iso-?8859-[0-9]{1,2}|(?:windows-|cp)125[0-8]|koi8-[ru]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ident:
    """A name, an address and a time as git stores them: declared by whoever wrote them.

    `seconds` count from 1970 in UTC, `zone` is the declared offset in minutes. A line that git itself
    would not write has an empty `email`, so that it is nobody's, and its whole text as `name`.
    """

    name: str
    email: str
    seconds: int = 0
    zone: int = 0

    @property
    def address(self) -> str:
        """The address in lower case, by which people are compared."""
        return self.email.casefold()

    @property
    def at(self) -> datetime | None:
        """The time, with its zone; None where there is no such time."""
        if not self.email or abs(self.zone) >= 24 * 60:
            return None
        try:
            moment = datetime.fromtimestamp(self.seconds, UTC)
            return moment.astimezone(timezone(timedelta(minutes=self.zone)))
        except (OverflowError, ValueError, OSError):
            return None

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.email else self.name


NOBODY = Ident("", "")


def parse(line: bytes, encoding: str = "utf-8") -> Ident:
    """The identity in a header line's value, such as `Ravi <ravi@example.com> 1783994400 +0530`.

    Git's own readers make do with broken lines, each in its way: one takes the first address, one the
    last time. A broken line is therefore taken as nobody's.
    """
    match = _IDENT.fullmatch(line)
    if not match:
        return Ident(decode(line, encoding), "")
    zone = match["zone"]
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    return Ident(
        decode(match["name"].strip(), encoding),
        decode(match["email"], encoding),
        int(match["seconds"]),
        -minutes if zone.startswith(b"-") else minutes,
    )


def decode(text: bytes, encoding: str = "utf-8") -> str:
    """Text of a commit or tag; bytes that are none become U+FFFD.

    Only encodings that extend ASCII are believed: in another one a header could read differently from
    what git saw.
    """
    if encoding != "utf-8" and _FOREIGN.fullmatch(encoding):
        try:
            return text.decode(encoding, "replace")
        except LookupError:
            pass
    return text.decode("utf-8", "replace")
