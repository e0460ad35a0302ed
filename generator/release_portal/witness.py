"""Asks git: the portal's own history, the product repositories, and what differs from a base branch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import platformdirs

from release_portal import digest
from release_portal.facts import NotChecked, OwnHistory, Product
from release_portal.failure import CannotVerify
from release_portal.finding import Location
from release_portal.git import (
    Blob,
    Cache,
    Commit,
    FileLog,
    Keys,
    Repository,
    Signature,
    State,
    Unverifiable,
    Verifier,
)
from release_portal.portal import Base, PolicyChange
from release_portal.release import SignedRecord
from release_portal.roster import Roster
from release_portal.settings import Repository as Setting

RELEASES, ROSTER, PROCESS = "releases", "roster", "release-process.md"
_WATCHED = (RELEASES, ROSTER, PROCESS)


@dataclass(frozen=True)
class Witness:
    """The repository that holds the portal, read as of a commit of it."""

    root: Path
    repository: Repository
    files: FileLog

    @classmethod
    def of(cls, root: Path) -> "Witness":
        """The witness of a portal in a folder.

        Raises:
            Unverifiable: the folder is in no repository that can be read in full.

        """
        repository = Repository.around(root)
        return cls(root, repository, repository.files(_WATCHED, _cache(root, "portal", repository)))

    @classmethod
    def of_process(cls, root: Path) -> "Witness":
        """A witness of the process document only, which takes far less reading.

        Raises:
            Unverifiable: as `of`.

        """
        repository = Repository.around(root)
        return cls(root, repository, repository.files((PROCESS,)))

    def as_of(self, instant: datetime) -> "Witness":
        """The same as of the last commit that was made, by its own clock, at or before an instant.

        Raises:
            CannotVerify: there is none.

        """
        for commit in self.files.commits:
            if commit.committer.at and commit.committer.at <= instant:
                earlier = self.repository.at(commit.id)
                return replace(self, repository=earlier, files=earlier.files(_WATCHED))
        raise CannotVerify(f"nothing was committed before {instant.isoformat()}", "choose a later --as-of")

    def policy(self, revision: str) -> Mapping[str, bytes]:
        """Roster, keys and process at a revision, by path."""
        return self.repository.show(self.repository.resolve(revision), (ROSTER, PROCESS))

    def differences(self, revision: str, current: Mapping[str, bytes]) -> Base:
        """What of the policy differs between a revision and the files on disk, and whether records do."""
        commit = self.repository.resolve(revision)
        then = self.repository.tree(commit, _WATCHED)
        changes = []
        for path in sorted(current.keys() | {path for path in then if not path.startswith(f"{RELEASES}/")}):
            before, content = then.get(path), current.get(path)
            if content is None or before is None or not before.holds(content):
                changes.append(PolicyChange(Location(path), self._restored(path, content)))
        now = self.repository.tree(self.repository.head, (RELEASES,))
        records = {path: blob for path, blob in then.items() if path.startswith(f"{RELEASES}/")}
        return Base(commit, tuple(changes), dict(now) != records)

    def _restored(self, path: str, content: bytes | None) -> str:
        """The earlier commit whose content a file has again; empty where its content is new."""
        history = self.files.of(path)
        if history is None or content is None:
            return ""
        same = [one.commit.id for one in history.changes if one.blob and one.blob.holds(content)]
        newest = [one.commit.id for one in history.changes if one.blob][-1:]
        return same[0] if same and same[:1] != newest else ""

    def texts(self, path: str) -> Iterator[tuple[Commit, bytes]]:
        """A file's content after each commit that changed it, oldest first."""
        history = self.files.of(path)
        changes = [one for one in history.changes if one.blob and one.blob.is_regular] if history else []
        contents = self.repository.contents({one.blob.id for one in changes if one.blob})
        for one in changes:
            if one.blob:
                yield one.commit, contents[one.blob.id]

    def history(
        self, roster: Roster, keys: Keys, signoffs: Sequence[SignedRecord], now: datetime
    ) -> OwnHistory:
        """History of the portal, with the signatures of the commits that hold sign-offs."""
        found: dict[str, Signature] = {}
        clean: dict[str, bool] = {}
        cache = _cache(self.root, "portal", self.repository)
        with Verifier(self.repository, keys, cache) as verifier:
            for signed in signoffs:
                path = signed.record.path
                history = self.files.of(path)
                if history is None or history.tip is None:
                    continue
                clean[path] = _is_committed(self.root / path, history.tip)
                for change in history.changes:
                    addresses = _expected(roster, change.commit)
                    found.setdefault(change.commit.id, verifier.commit(change.commit, addresses, now))
        return OwnHistory(self.files, clean, found)


def _is_committed(path: Path, tip: Blob) -> bool:
    """Whether a file on disk is what HEAD has."""
    try:
        return tip.holds(path.read_bytes())
    except OSError:
        return False


def _expected(roster: Roster, commit: Commit) -> frozenset[str]:
    """Whose key must have signed a commit: the committer's own, the forge's where it is the committer."""
    if commit.committer.address in roster.forges:
        return frozenset({commit.committer.address})
    person = roster.by_email(commit.committer.email)
    return frozenset(email.casefold() for email in person.emails) if person else frozenset()


def products(
    root: Path, settings: Sequence[Setting], roster: Roster, keys: Keys, now: datetime
) -> Iterator[Product | NotChecked]:
    """Each product repository, or why it was not checked.

    Raises:
        Unverifiable: it is required and absent, or there but not whole.

    """
    for setting in settings:
        try:
            repository = Repository.open((root / setting.path).resolve())
        except Unverifiable as reason:
            if setting.required or reason.state not in {State.ABSENT, State.NO_GIT}:
                raise
            yield NotChecked(setting.name, reason.message, reason.hint)
            continue
        cache = _cache(root, setting.name, repository)
        history = repository.history(setting.tag_pattern, cache)
        with Verifier(repository, keys, cache) as verifier:
            signatures = {}
            for one in history.released.tags:
                person = roster.by_email(one.tag.tagger.email) if one.tag.tagger else None
                addresses = frozenset(email.casefold() for email in person.emails) if person else frozenset()
                signatures[one.tag.name] = verifier.tag(one.tag, addresses, now)
        yield Product(setting, history, signatures)


def _cache(root: Path, name: str, repository: Repository) -> Cache | None:
    """Where what git said is kept: in the user's cache, never where a pull request can write."""
    place = digest.of_bytes(str(root.resolve()).encode())[:16]
    folder = platformdirs.user_cache_path("release-portal") / place / name
    return None if repository.tracks(folder) else Cache(folder)
