"""OpenPGP: a key ring made of the key list, and what gpg says of a signature."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from release_portal.git import _programs
from release_portal.git.keys import Key
from release_portal.git.verdict import Check, Outcome

_OPTIONS = (
    "batch",
    "no-tty",
    "no-autostart",
    "no-auto-check-trustdb",
    "no-auto-key-retrieve",
)
_OUTCOMES: Mapping[str, Outcome] = {
    "GOODSIG": "matches",
    "EXPSIG": "matches",
    "EXPKEYSIG": "matches",
    "REVKEYSIG": "matches",
    "BADSIG": "does not match",
    "ERRSIG": "not checked",
}
_NO_KEY = "9"
_STATUS = re.compile(r"\[GNUPG:\] ([A-Z_]+) ?(.*)")


def key_ring(home: Path, armoured: Mapping[str, bytes]) -> tuple[Key, ...]:
    """Fills a gpg home folder with keys by principal, and gives the keys and subkeys in it."""
    home.mkdir(mode=0o700)
    (home / "gpg.conf").write_text("\n".join(_OPTIONS) + "\n", encoding="ascii")
    found: list[Key] = []
    for principal, content in armoured.items():
        arguments = ("--with-colons", "--import-options", "import-show", "--import")
        said = _programs.run("gpg", arguments, content, {"GNUPGHOME": str(home)})
        found += _listed(said.out, principal)
    return tuple(found)


def _listed(listing: str, principal: str) -> Iterator[Key]:
    """Keys in gpg's listing: a subkey is valid as long as itself and its primary key."""
    until: datetime | None = None
    after: datetime | None = None
    before: datetime | None = None
    revoked = primary_revoked = False
    for line in listing.splitlines():
        kind, *fields = line.split(":")
        if kind in {"pub", "sub"}:
            after, before = _moment(fields[4]), _moment(fields[5])
            revoked = fields[0] == "r" or (kind == "sub" and primary_revoked)
            if kind == "pub":
                until, primary_revoked = before, revoked
            before = min((moment for moment in (before, until) if moment), default=None)
        elif kind == "fpr":
            yield Key(fingerprint=fields[8], principal=principal, after=after, before=before, revoked=revoked)


def _moment(seconds: str) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None


def read(status: str) -> Check:
    """What gpg found, from its status lines. Two signatures in one are none: each reader would take another."""
    said = [match.groups() for line in status.splitlines() if (match := _STATUS.fullmatch(line))]
    results = [(word, rest.split(" ")) for word, rest in said if word in _OUTCOMES]
    if not results:
        return Check("not checked", detail="gpg gave no result")
    if len(results) > 1:
        return Check("does not match", detail="there are several signatures in one")
    word, fields = results[0]
    valid = next((rest.split(" ") for keyword, rest in said if keyword == "VALIDSIG"), None)
    if _OUTCOMES[word] == "matches" and valid:
        return Check("matches", key=valid[0], made=_number(valid[2]), expires=_number(valid[3]))
    if word == "BADSIG":
        return Check("does not match", detail="the signature does not match what is signed")
    if word == "ERRSIG" and len(fields) > 5 and fields[5] == _NO_KEY:
        return Check(
            "unknown key",
            key=fields[6] if len(fields) > 6 else fields[0],
            detail="the key is not in the key list",
        )
    return Check("not checked", detail="gpg cannot check this kind of signature")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
