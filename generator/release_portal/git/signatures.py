"""Signatures of tags and commits, and over texts: who signed, judged by the key list.

Git itself checks signatures against the objects as they are stored. It is asked only whether a signature
matches and by which key: its exit code is no verdict. It is good for any key it knows, whoever's that
is, and for a signed tag that was put under another name.
"""

import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from release_portal.cache import Cache
from release_portal.git import _pgp, _programs, _ssh
from release_portal.git.commit import Commit, SignatureKind
from release_portal.git.keys import Key, Keys
from release_portal.git.repository import Repository
from release_portal.git.tags import Tag
from release_portal.git.verdict import Check, Signature, Verdict, judge

GIT = "git"
_PROGRAMS = {SignatureKind.PGP: "gpg", SignatureKind.SSH: "ssh-keygen"}
_UNSIGNED = "error: no signature found"


class Verifier:
    """Checks signatures in a repository: one process for each new one. What was found is kept by object id.

    Use as a context: it makes a key ring in a temporary folder, and puts what it found in the cache at
    the end.
    """

    def __init__(self, repository: Repository, keys: Keys, cache: Cache | None = None) -> None:
        self._repository, self._keys, self._cache = repository, keys, cache
        self._name = f"checks-{keys.digest[:16]}.json"
        self._known: dict[str, Any] = (cache and (cache.load_json(self._name) or {}).get("checks")) or {}
        self._fresh = False
        self._ring: tuple[Key, ...] | None = None
        self._stack = ExitStack()
        self._home = Path()

    def __enter__(self) -> Self:
        self._home = Path(self._stack.enter_context(tempfile.TemporaryDirectory())) / "gnupg"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if self._cache and self._fresh:
            self._cache.save_json(self._name, {"checks": self._known})
            self._cache.prune("checks-", {self._name})

    def tag(self, tag: Tag, addresses: Collection[str], now: datetime) -> Signature:
        """Whether a tag is signed by the person with these addresses, at the tagger's time."""
        at = tag.tagger.at if tag.tagger else None
        if tag.annotated and not tag.named_truly:
            return Signature(Verdict.BAD, f"the tag object is that of {tag.declared or 'no tag'}", at=at)
        return self._judged("verify-tag", tag.id, tag.signature, addresses, at, now)

    def commit(self, commit: Commit, addresses: Collection[str], now: datetime) -> Signature:
        """Whether a commit is signed by the person with these addresses, at the committer's time."""
        return self._judged("verify-commit", commit.id, commit.signature, addresses, commit.committer.at, now)

    def _judged(
        self,
        command: str,
        object_id: str,
        kind: SignatureKind,
        addresses: Collection[str],
        at: datetime | None,
        now: datetime,
    ) -> Signature:
        if kind is SignatureKind.NONE:
            return Signature(Verdict.UNSIGNED, at=at)
        if kind not in _PROGRAMS:
            return Signature(Verdict.CANNOT_CHECK, f"signatures of kind {kind} cannot be checked", at=at)
        if at is None:
            return Signature(Verdict.KEY_NOT_VALID_THEN, "its time is out of range")
        if object_id in self._known:
            check = Check(*self._known[object_id])
        else:
            check = self._checked(command, object_id, kind)
            if check.outcome != "not checked":
                self._known[object_id], self._fresh = list(astuple(check)), True
        keys = self._keys.ssh if kind is SignatureKind.SSH else self._pgp_keys
        return judge(check, keys, addresses, at, now, GIT)

    def _checked(self, command: str, object_id: str, kind: SignatureKind) -> Check:
        """What git's own check finds. All trust is decided here, so ssh-keygen gets an empty list."""
        program = _programs.path_of(_PROGRAMS[kind])
        if not program:
            return Check("not checked", detail=f"{_PROGRAMS[kind]} is not installed")
        if kind is SignatureKind.PGP:
            _ = self._pgp_keys  # makes the key ring
        output = self._repository.command.run(
            [command, "--raw", object_id],
            configuration={
                "gpg.program": program if kind is SignatureKind.PGP else "false",
                "gpg.openpgp.program": program if kind is SignatureKind.PGP else "false",
                "gpg.ssh.program": program if kind is SignatureKind.SSH else "false",
                "gpg.x509.program": "false",
                "gpg.ssh.allowedSignersFile": "/dev/null",
                "gpg.ssh.revocationFile": "/dev/null",
                "gpg.minTrustLevel": "undefined",
            },
            environment={"GNUPGHOME": str(self._home)},
        )
        if _UNSIGNED in output.stderr.splitlines():
            return Check("unsigned")
        return _pgp.read(output.stderr) if kind is SignatureKind.PGP else _ssh.read(output.stderr)

    @property
    def _pgp_keys(self) -> tuple[Key, ...]:
        if self._ring is None:
            self._ring = _pgp.key_ring(self._home, self._keys.armoured)
        return self._ring


def every_key(keys: Keys) -> tuple[Key, ...]:
    """All keys of a key list; OpenPGP keys only where gpg is installed."""
    if not keys.armoured or not _programs.path_of("gpg"):
        return keys.ssh
    with tempfile.TemporaryDirectory() as folder:
        return (*keys.ssh, *_pgp.key_ring(Path(folder) / "gnupg", keys.armoured))
