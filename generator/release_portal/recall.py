"""What a command said last time, for as long as nothing that it depends on has changed.

A check depends on the portal's files, on which commit its repository is at, on this tool, and on the time; a build on
docs, theme and product repositories too. Files are compared by their stat signatures, which take as long as looking at
them once. An answer is only ever a short cut: where it cannot be read, or is in doubt, the work is done.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import release_portal
from release_portal.cache import folder_of
from release_portal.signature import Signature

_PORTAL = ("release-process.md", "roster", "releases")
_GIT = ("HEAD", "packed-refs", "shallow", "refs", "reftable")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    output: str


class Recall:
    """What one portal's commands of a kind said. Made before the portal is read, so that no later change goes unseen.

    `further` are places beside the portal's own that the answers depend on.
    """

    def __init__(self, root: Path, config: Path, kind: str, further: Iterable[Path] = ()) -> None:
        self._file = folder_of(root) / f"{kind}.json"
        repositories = [os.path.join(folder, ".git") for folder in (root, *root.parents)]
        # A linked work tree has its commit elsewhere, so nothing is kept of it.
        self._whole = not any(os.path.isfile(path) for path in repositories)
        package = os.path.dirname(release_portal.__file__)
        places = [package, str(config), *(os.path.join(root, name) for name in _PORTAL)]
        places += [os.path.join(path, name) for path in repositories for name in _GIT]
        self._inputs = Signature([*places, *map(str, further)], sys.version, package)

    def answer(self, request: str, now: datetime) -> Answer | None:
        """What was answered to the same request about the same portal, if the time has not changed it."""
        kept = self._kept() if self._whole else {}
        found = kept.get("answers", {}).get(request) if self._holds(kept, now) else None
        return Answer(*found) if found else None

    def keep(self, request: str, answer: Answer, now: datetime, same_until: datetime | None) -> None:
        """Keep an answer, unless a file changed so lately that a further change might not show."""
        if not self._whole or not self._inputs.sure:
            return
        kept = self._kept()
        answers = kept["answers"] if self._holds(kept, now) else {}
        content = {
            "inputs": self._inputs.digest,
            "since": now.isoformat(),
            "until": same_until.isoformat() if same_until else None,
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
        if kept.get("inputs") != self._inputs.digest:
            return False
        since, until = datetime.fromisoformat(kept["since"]), kept["until"]
        return since <= now and (until is None or now < datetime.fromisoformat(until))
