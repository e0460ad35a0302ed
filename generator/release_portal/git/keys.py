"""Whose key is whose, and from when to when: the owned list that signatures are judged by.

SSH keys stand in `allowed_signers`, one a line, under the person's principal address. OpenPGP keys stand in
`keys/ADDRESS.asc`: the file's name says whose key it is, not the user ids in it, which its maker chose.
Days and times without a zone count in UTC.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import PurePosixPath

from release_portal import digest
from release_portal.finding import Location

_LINE = re.compile(
    r'(?P<who>"[^"]*"|[^\s"]+)\s+'
    r'(?:(?P<options>(?:[^\s"]|"[^"]*")+)\s+)?'
    r"(?:ssh|ecdsa|sk)-\S+\s+(?P<key>[A-Za-z0-9+/]+=*)(?:\s.*)?"
)
_ARMOUR = b"-----BEGIN PGP PUBLIC KEY BLOCK-----"
_OPTION = re.compile(r'(?P<name>[a-z-]+)(?:="(?P<value>[^"]*)")?(?:,|\Z)')
_TIME = re.compile(r"[0-9]{8}(?:[0-9]{4}(?:[0-9]{2})?)?Z?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A person's key. It counts for signatures made `after` and up to `before`, None where there is no limit."""

    fingerprint: str
    principal: str
    after: datetime | None = None
    before: datetime | None = None
    namespaces: tuple[str, ...] = ()
    revoked: bool = False

    def covers(self, moment: datetime) -> bool:
        """Whether the key was valid at a time."""
        return (self.after is None or self.after <= moment) and (self.before is None or moment <= self.before)

    def serves(self, namespace: str) -> bool:
        """Whether it may sign for a purpose: `git`, or `release-portal` for texts."""
        return not self.namespaces or namespace in self.namespaces

    def is_of(self, addresses: Collection[str]) -> bool:
        """Whether it is the key of a person with these addresses, compared in lower case."""
        return self.principal.casefold() in {address.casefold() for address in addresses}


@dataclass(frozen=True)
class Keys:
    """The key list. `problems` are lines and files that cannot be used, with what is wrong in them."""

    allowed_signers: str = ""
    armoured: Mapping[str, bytes] = field(default_factory=dict)
    path: str = "roster/allowed_signers"
    digest: str = ""
    unusable: tuple[tuple[Location, str], ...] = ()

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> "Keys":
        """The key list in files by path: one named allowed_signers, and any number of `ADDRESS.asc`."""
        armoured, unusable, text, path = {}, [], "", cls.path
        for name, content in files.items():
            file = PurePosixPath(name)
            if file.name == "allowed_signers":
                text, path = content.decode("utf-8", "replace"), name
            elif file.suffix == ".asc" and _ARMOUR not in content:
                unusable.append((Location(name), "is no armoured OpenPGP public key"))
            elif file.suffix == ".asc" and "@" in file.stem:
                armoured[file.stem] = content
            elif file.suffix == ".asc":
                unusable.append(
                    (Location(name), "name the file after its owner's address, such as ana@example.com.asc")
                )
        listing = digest.of_listing({name: digest.of_text(content) for name, content in files.items()})
        return cls(text, armoured, path, listing, tuple(unusable))

    @cached_property
    def ssh(self) -> tuple[Key, ...]:
        """The usable SSH keys."""
        return tuple(key for _, key in self.listed)

    @cached_property
    def problems(self) -> tuple[tuple[Location, str], ...]:
        """What of the list cannot be used, and why."""
        wrong = (
            (Location(self.path, line), key)
            for line, keys in self._lines
            for key in keys
            if isinstance(key, str)
        )
        return (*self.unusable, *wrong)

    @cached_property
    def listed(self) -> tuple[tuple[Location, Key], ...]:
        """The usable SSH keys, each with its line."""
        return tuple(
            (Location(self.path, line), key)
            for line, keys in self._lines
            for key in keys
            if isinstance(key, Key)
        )

    @cached_property
    def _lines(self) -> tuple[tuple[int, tuple[Key | str, ...]], ...]:
        lines = enumerate(self.allowed_signers.splitlines(), start=1)
        return tuple(
            (number, _keys(line.strip())) for number, line in lines if line.strip() and line.strip()[0] != "#"
        )


def _keys(line: str) -> tuple[Key | str, ...]:
    """The keys of a line, one for each principal; or what is wrong with it.

    Less is understood than ssh-keygen does, on purpose: a pattern or an authority would trust keys and
    people that the list does not name.
    """
    match = _LINE.fullmatch(line)
    if not match:
        return ("is no line of ssh-keygen's allowed_signers",)
    try:
        options = dict(_options(match["options"] or ""))
        blob = base64.b64decode(match["key"], validate=True)
        after, before = (_moment(options.get(name)) for name in ("valid-after", "valid-before"))
    except (binascii.Error, ValueError) as error:
        return (str(error),)
    principals = match["who"].strip('"').split(",")
    if any(set(one) & set("*?!") or "@" not in one for one in principals):
        return ("names its owner by a pattern: write the address",)
    spaces = tuple((options.get("namespaces") or "").split(",")) if "namespaces" in options else ()
    fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return tuple(
        Key(fingerprint=fingerprint, principal=one, after=after, before=before, namespaces=spaces)
        for one in principals
    )


def _options(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if (
            not match
            or match["name"] not in {"namespaces", "valid-after", "valid-before"}
            or match["value"] is None
        ):
            raise ValueError("has an option other than namespaces, valid-after and valid-before")
        yield match["name"], match["value"]
        at = match.end()


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    wrong = f"'{text}' is no time such as 20260131 or 202601312359"
    if not _TIME.fullmatch(text):
        raise ValueError(wrong)
    try:
        return datetime.strptime(text.rstrip("Z").ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(wrong) from error
