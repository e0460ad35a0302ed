"""A repository: the one way to read git."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from release_portal.failure import Misconfigured
from release_portal.git import _kept, _objects, _place, files, tags, tree
from release_portal.git._command import Command
from release_portal.git._place import Place
from release_portal.git.cache import Cache
from release_portal.git.files import FileLog
from release_portal.git.log import Log
from release_portal.git.tags import Tag
from release_portal.git.tree import Blob
from release_portal.git.unverifiable import damaged, empty, shallow, unknown_revision

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+@-]*", re.ASCII)
_REVISION = re.compile(r"(?P<name>.*?)(?P<steps>(?:[~^][0-9]{0,4}){0,9})", re.DOTALL)
_FOLDERS = ("refs/heads/", "refs/remotes/", "refs/remotes/origin/", "refs/tags/")


class Repository:
    """A repository that can be read in full. All its methods may raise `Unverifiable`."""

    def __init__(self, place: Place, prefix: str = "") -> None:
        """Use `open` or `around`."""
        self.prefix = prefix
        self._place = place
        self.command = Command(str(place.top or place.git_dir), place.git_dir)
        if _is_shallow(place):
            raise shallow(self.command.name)
        self.head = self._head()

    @classmethod
    def open(cls, path: Path) -> "Repository":
        """The repository at exactly this path: a work tree's top folder, its .git, or a bare repository.

        Raises:
            Unverifiable: it is not there, has no commit, is shallow or damaged; or git is not installed.
        """
        return cls(_place.find(path))

    @classmethod
    def around(cls, path: Path) -> "Repository":
        """The repository whose work tree holds a folder. `prefix` is the folder's path in it, with a slash.

        Raises:
            Unverifiable: as for `open`.
        """
        place = _place.find_around(path)
        below = path.resolve().relative_to(place.top or path).as_posix()
        return cls(place, "" if below == "." else f"{below}/")
