"""A repository: the one way to read git."""

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from release_portal.cache import Cache
from release_portal.failure import Misconfigured
from release_portal.git import _filing, _kept, _objects, _place, ancestry, history, tags, tree
from release_portal.git._command import Command
from release_portal.git._place import Place
from release_portal.git.ancestry import Ancestry
from release_portal.git.files import FileLog
from release_portal.git.history import History
from release_portal.git.tags import Tag
from release_portal.git.tree import Blob
from release_portal.git.unverifiable import damaged, empty, shallow, unknown_revision
from release_portal.git.versions import release_tags

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT = re.compile(r"[0-9a-f]{4,63}")
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
        if place.is_shallow:
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

    def at(self, commit: str) -> "Repository":
        """The same repository as if an earlier commit, given by its id, were HEAD."""
        earlier = copy.copy(self)
        earlier.head = commit
        return earlier

    def committed(self) -> int:
        """When HEAD was committed, by its own clock, in seconds since 1970."""
        text = self.command.read(["log", "-1", "--no-show-signature", "--format=%ct", self.head, "--"])
        return int(text)

    @property
    def processes(self) -> int:
        """How many git processes were started so far."""
        return self.command.processes

    def resolve(self, revision: str) -> str:
        """The commit that a user names: HEAD, a branch, a tag, an id, also a short one; `~2` and `^` may follow.

        Only full references and full ids are asked of git, so a name can neither be an option nor mean two things.

        Raises:
            Misconfigured: it is no name of a commit, or the name of several.
            Unverifiable: this clone has no such commit.

        """
        match = _REVISION.fullmatch(revision)
        name, steps = match.groups() if match else ("", "")
        if not (_NAME.fullmatch(name) and ".." not in name and "@{" not in name):
            raise Misconfigured(f"'{revision}' names no commit", "name a branch, a tag or a commit id")
        plain = name == "HEAD" or _ID.fullmatch(name) or name.startswith("refs/")
        names = [name] if plain else [*(f"{folder}{name}" for folder in _FOLDERS), *self._ids(name)]
        found = _objects.find(self.command, [f"{one}{steps}^{{commit}}" for one in names])
        commits = {object_id for object_id, _ in found.values()}
        if len(commits) > 1:
            meant = ", ".join(one.removesuffix("^{commit}") for one in found)
            hint = "give the full name, such as refs/heads/main, or the full id"
            raise Misconfigured(f"'{revision}' is ambiguous: {meant}", hint)
        if not commits:
            raise unknown_revision(self.command.name, revision)
        return commits.pop()

    def _ids(self, name: str) -> list[str]:
        """Full ids of the objects that a short id stands for."""
        if not _SHORT.fullmatch(name):
            return []
        return self.command.read(["rev-parse", f"--disambiguate={name}"]).decode("ascii").split()

    def tags(self) -> tuple[Tag, ...]:
        """All tags: one process, and one more where there are tags of tags."""
        return tags.read(self.command)

    def history(self, pattern: str, cache: Cache | None = None) -> History:
        """Tags, commits and ranges of a product repository: two processes, or three with tags of tags.

        `pattern` is what a release tag's name looks like, with `{version}` in it.
        """
        with ThreadPoolExecutor(1) as pool:  # while git works, the cache is read and versions are sorted
            reading = pool.submit(self.tags)
            known = _kept.load(self.command, cache) if cache else None
            tags = reading.result()
            tips = [self.head, *(tag.target for tag in tags if tag.target_type == "commit")]
            logging = pool.submit(_kept.read, self.command, tips, known, cache)
            released = release_tags(tags, pattern)
            kept = logging.result()
        found, by_ends = history.ranges(kept.log, released, kept.ranges)
        if cache:
            _kept.save(cache, replace(kept, ranges=by_ends), known)
        return History(tags, released, kept.log, found)

    def files(self, folders: Sequence[str], cache: Cache | None = None) -> FileLog:
        """Histories of all files below folders, or at paths: two processes, three where some of it is cached."""
        return _filing.read(self.command, self.head, folders, self.prefix, cache)

    def ancestry(self) -> Ancestry:
        """What came before what among the commits that HEAD reaches: one process."""
        return ancestry.read(self.command, self.head)

    def tree(self, commit: str, folders: Sequence[str]) -> Mapping[str, Blob]:
        """Files that a commit holds below folders, or at paths: one process."""
        held = tree.read(self.command, commit, [self.prefix + folder for folder in folders])
        return {path.removeprefix(self.prefix): blob for path, blob in held.items()}

    def contents(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """Content of blobs by id: one process for all."""
        return _objects.contents(self.command, ids)

    def show(self, commit: str, folders: Sequence[str]) -> Mapping[str, bytes]:
        """Content of all plain files that a commit holds below folders, or at paths: two processes."""
        held = {path: blob.id for path, blob in self.tree(commit, folders).items() if blob.is_regular}
        contents = self.contents(held.values())
        return {path: contents[object_id] for path, object_id in held.items()}

    def tracks(self, folder: Path) -> bool:
        """Whether HEAD has files in a folder: then a pull request can write there, so it may hold no cache."""
        top = self._place.top
        if top is None or not folder.resolve().is_relative_to(top):
            return False
        return bool(tree.read(self.command, self.head, [folder.resolve().relative_to(top).as_posix()]))

    def _head(self) -> str:
        found = _objects.find(self.command, ["HEAD^{commit}"])
        if found:
            return found["HEAD^{commit}"][0]
        self.command.read(["for-each-ref", "--format="])  # fails where a reference is broken
        output = self.command.run(["rev-parse", "--verify", "--quiet", "HEAD"])
        if output.status == 0 or output.stderr:
            raise damaged(self.command.name, "the commit of HEAD is missing")
        raise empty(self.command.name)
