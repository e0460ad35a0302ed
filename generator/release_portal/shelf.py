"""Releases as they were read, kept from build to build: reading them again costs several times as much.

What is kept of a release counts while its folder holds the same, told by stat signatures or, where those differ, as
after a copy to another machine, by a digest of everything in it. Values alone are taken back: a class that is not one
of records, of evidence or of the standard library's dates is refused, so nothing that stands here can run.
"""

import enum
import hashlib
import io
import json
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import release_portal
from release_portal.cache import Cache
from release_portal.finding import Finding
from release_portal.records._record import RecordType
from release_portal.release import NOT_LOOKED_AT, RELEASES, Release
from release_portal.signature import Signature, contents
from release_portal.workers import shared

_PLAIN = (date, datetime, timedelta, timezone, Decimal)
_OURS = ("records.", "evidence.", "source.", "release", "proof", "finding")
Read = tuple[Release, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class _Label:
    """What tells whether a kept release is the one in the folder: how it was read, and what the folder held."""

    judged: str
    stat: str
    content: str = ""


@dataclass
class Shelf:
    """The releases that are kept of one portal. `jobs` processes write what was not kept yet."""

    root: Path
    cache: Cache
    types: Mapping[str, RecordType[Any]]
    _read: dict[str, tuple[_Label, Read]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tool = contents((Path(release_portal.__file__).parent,))

    def release(self, version: str, read_as: str, read: Callable[[], Read]) -> Read:
        """A release and what reading it found wrong, as kept; read, where it is not.

        `read_as` tells everything but the folder and this tool that a release's records are read by.
        """
        folder = self.root / RELEASES / version
        signature = Signature([os.fspath(folder)])
        judged = hashlib.blake2b(
            f"{self._tool}\0{sys.version}\0{read_as}".encode(), digest_size=16
        ).hexdigest()
        label = _Label(judged, signature.digest if signature.sure else "")
        kept = self.cache.load(_name(version))
        if kept:
            head, _, body = kept.partition(b"\n")
            known = _label(head)
            if known and known.judged == judged:
                if known.stat and known.stat == label.stat and (found := self._taken(version, body)):
                    return found
                label = replace(label, content=contents((folder,)))
                if known.content == label.content and (found := self._taken(version, body)):
                    self._put(version, label, body)
                    return found
        made = read()
        self._read[version] = (label, made)
        return made

    def keep(self, jobs: int) -> None:
        """Keep what was read, in so many processes."""
        with shared(self._keep, tuple(self._read), jobs) as done:
            for _ in done():
                pass
        self._read.clear()

    def _keep(self, version: str) -> None:
        label, (release, findings) = self._read[version]
        unproved = tuple(replace(one, attestation=NOT_LOOKED_AT) for one in release.signoffs)
        body = io.BytesIO()
        _Writer(body, pickle.HIGHEST_PROTOCOL).dump((replace(release, signoffs=unproved), findings))
        content = label.content or contents((self.root / RELEASES / version,))
        self._put(version, replace(label, content=content), body.getvalue())

    def _put(self, version: str, label: _Label, body: bytes) -> None:
        head = json.dumps([label.judged, label.stat, label.content]).encode()
        self.cache.save(_name(version), head + b"\n" + body)

    def _taken(self, version: str, body: bytes) -> Read | None:
        try:
            release, findings = _Reader(io.BytesIO(body), self.types).load()
        except Exception:  # noqa: BLE001  # a foreign file may make anything of the unpickler
            release = None
        if not isinstance(release, Release) or release.version != version:
            self.cache.note(f"kept release {version} is not one of this version, and was read again")
            return None
        return release, findings


class _Writer(pickle.Pickler):
    """Writes values; a record type, which is code, by its name."""

    def persistent_id(self, value: Any) -> str | None:
        return value.name if isinstance(value, RecordType) else None


class _Reader(pickle.Unpickler):
    """Reads values, and classes of values only."""

    def __init__(self, file: io.BytesIO, types: Mapping[str, RecordType[Any]]) -> None:
        super().__init__(file)
        self._types = types

    def persistent_load(self, name: Any) -> RecordType[Any]:
        return self._types[name]

    def find_class(self, module: str, name: str) -> type[Any]:
        found = getattr(sys.modules.get(module), name, None)
        ours = module.startswith(tuple(f"release_portal.{one}" for one in _OURS))
        if found in _PLAIN or (ours and isinstance(found, type) and _is_value(found)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no class of values")


def _is_value(kind: type[Any]) -> bool:
    return is_dataclass(kind) or issubclass(kind, enum.Enum)


def _name(version: str) -> str:
    return f"{version}.release"


def _label(head: bytes) -> _Label | None:
    try:
        judged, stat, content = json.loads(head)
    except ValueError:
        return None
    return _Label(judged, stat, content)
