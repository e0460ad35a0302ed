"""What `check` said last time, for as long as nothing that it depends on has changed.

A check depends on the portal's files, on which commit its repository is at, on this tool, and on the time. Files are
compared by their stat signatures (size, times, inode), which take as long as looking at them once. Nothing is kept of
a check in which git or a key had a say: what those answer is not told by files. An answer is only ever a short cut:
where it cannot be read, or is in doubt, the check is made.
"""

import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

import release_portal

_PORTAL = ("release-process.md", "roster", "releases")
_GIT = ("HEAD", "packed-refs", "shallow", "refs", "reftable")
_SETTLED = 2_000_000_000  # nanoseconds after which a file system tells two changes apart


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check printed, and its exit code."""

    code: int
    output: str


@dataclass
class Recall:
    """The memory of one portal's checks. Made before the portal is read, so that no later change goes unseen."""

    root: Path
    config: Path
    begun: int = field(default_factory=time.time_ns)

    def __post_init__(self) -> None:
        self._newest, self._sure = 0, True
        self._inputs = self._signature()
        place = hashlib.sha256(str(self.root).encode()).hexdigest()[:16]
        self._file = platformdirs.user_cache_path("release-portal") / place / "checks.json"

    def answer(self, request: str, now: datetime) -> Answer | None:
        """What was answered to the same request about the same portal, if the time has not changed it."""
        kept = self._kept() if self._sure else {}
        found = kept.get("answers", {}).get(request) if self._holds(kept, now) else None
        return Answer(*found) if found else None

    def keep(self, request: str, answer: Answer, now: datetime, same_until: datetime | None) -> None:
        """Keep an answer, unless a file changed so lately that a further change might not show."""
        if not self._sure or self._newest + _SETTLED > self.begun:
            return
        kept = self._kept()
        answers = kept["answers"] if self._holds(kept, now) else {}
        until = same_until.isoformat() if same_until else None
        content = {
            "inputs": self._inputs,
            "since": now.isoformat(),
            "until": until,
            "answers": answers | {request: [answer.code, answer.output]},
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self._file.parent, delete=False) as draft:
            json.dump(content, draft)
        os.replace(draft.name, self._file)

    def _kept(self) -> Mapping[str, Any]:
        try:
            content = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _holds(self, kept: Mapping[str, Any], now: datetime) -> bool:
        if kept.get("inputs") != self._inputs:
            return False
        since, until = datetime.fromisoformat(kept["since"]), kept["until"]
        return since <= now and (until is None or now < datetime.fromisoformat(until))

    def _signature(self) -> str:
        """A digest over the signatures of everything that a check depends on."""
        package = os.path.dirname(release_portal.__file__)
        found = hashlib.blake2b(f"{sys.version}\0{package}".encode(), digest_size=32)
        places = [package, str(self.config), *(os.path.join(self.root, name) for name in _PORTAL)]
        places += [os.path.join(folder, name) for folder in self._repositories() for name in _GIT]
        for place in places:
            for line in self._stats(place):
                found.update(line.encode("utf-8", "surrogateescape"))
        return found.hexdigest()

    def _repositories(self) -> Iterator[str]:
        """Git directories above the portal: a commit may bring another version of the process.

        A linked work tree has them elsewhere, so nothing is kept of it.
        """
        for folder in (self.root, *self.root.parents):
            path = os.path.join(folder, ".git")
            self._sure = self._sure and not os.path.isfile(path)
            yield path

    def _stats(self, place: str) -> Iterator[str]:
        try:
            seen = os.lstat(place)
        except OSError:
            yield f"{place}\0absent\n"
            return
        yield self._line(place, seen)
        folders = [place] if stat.S_ISDIR(seen.st_mode) else []
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name == "__pycache__":
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    yield self._line(entry.path, entry.stat(follow_symlinks=False))

    def _line(self, path: str, seen: os.stat_result) -> str:
        if stat.S_ISDIR(seen.st_mode):
            return f"{path}\0folder\n"  # its entries tell the rest
        self._newest = max(self._newest, seen.st_mtime_ns, seen.st_ctime_ns)
        return (
            f"{path}\0{seen.st_mode}\0{seen.st_size}\0{seen.st_mtime_ns}\0{seen.st_ctime_ns}\0{seen.st_ino}\n"
        )
