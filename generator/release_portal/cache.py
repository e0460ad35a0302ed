"""What was read or made before, kept in a folder: only ever a speed-up.

Every file starts with the digest of the rest and is put in place in one step, so a damaged, half-written
or foreign file is noticed and passed over. The digest is no seal: who can write to the folder can forge
what is in it. So the folder must not be one that a pull request can bring along; see `Repository.tracks`.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from release_portal import digest

FORMAT = 1
_NAME = re.compile(r"[a-z]+(-[0-9a-f]{16})?\.(json|txt|bin)")


class Cache:
    """A folder for what was read or made. `notes` tells what of it could not be used, and why."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._notes: list[str] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """Why something was read again instead of taken from here."""
        return tuple(self._notes)

    def note(self, text: str) -> None:
        """Adds a note, once."""
        if text not in self._notes:
            self._notes.append(text)

    def load(self, name: str) -> bytes | None:
        """Content of a file; None where it is not there or not whole."""
        try:
            seal, _, content = (self._folder / name).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            self.note(f"cache file {name} cannot be read: {error.strerror}")
            return None
        if seal.decode("ascii", "replace") != digest.of_bytes(content):
            self.note(f"cache file {name} is damaged")
            return None
        return content

    def load_json(self, name: str) -> Any:
        """The value in a JSON file of this version's format; None where there is none."""
        content = self.load(name)
        if content is None:
            return None
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            self.note(f"cache file {name} is of another format")
            return None
        return document

    def save(self, name: str, content: bytes) -> None:
        """Puts a file in place. A folder that cannot be written to costs the speed-up only."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(digest.of_bytes(content).encode() + b"\n")
                    file.write(content)
                os.replace(temporary, self._folder / name)
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)
                raise
        except OSError as error:
            self.note(f"cache file {name} cannot be written: {error.strerror}")

    def save_json(self, name: str, document: dict[str, Any]) -> None:
        """Puts a JSON file in place."""
        text = json.dumps({"format": FORMAT, **document}, separators=(",", ":"))
        self.save(name, text.encode())

    def prune(self, start: str, keep: Collection[str]) -> None:
        """Removes files of a kind that nothing refers to any more."""
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                if _NAME.fullmatch(entry.name) and entry.name.startswith(start) and entry.name not in keep:
                    os.unlink(entry.path)


def folder_of(root: Path) -> Path:
    """The folder for what is kept of one portal: the user's, where no pull request can put anything."""
    place = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("release-portal") / place
