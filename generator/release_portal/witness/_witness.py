"""Asks the repository that holds the portal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from release_portal.facts import Listing, OwnHistory
from release_portal.failure import CannotVerify
from release_portal.finding import Location
from release_portal.git import (
    Blob,
    Commit,
    FileLog,
    Keys,
    Repository,
    Signature,
    Verifier,
    every_key,
)
from release_portal.portal import Base, PolicyChange
from release_portal.release import CLOSED, Release
from release_portal.roster import Roster
from release_portal.witness._cache import cache_of
from release_portal.witness._closings import closings
from release_portal.witness._signoffs import rejections, signoff_paths

RELEASES, ROSTER, PROCESS = "releases", "roster", "release-process.md"
PEOPLE = f"{ROSTER}/people.yaml"
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
        return cls(root, repository, repository.files(_WATCHED, cache_of(root, "portal", repository)))

    @classmethod
    def of_process(cls, root: Path) -> "Witness":
        """A witness of the process document only, which takes far less reading.

        Raises:
            Unverifiable: as `of`.

        """
        repository = Repository.around(root)
        return cls(root, repository, repository.files((PROCESS,)))

    def as_of(self, instant: datetime) -> "Witness":
        """The same as of the last commit on HEAD's line of first parents up to which none is later than an instant.

        The clocks are the committers' own: one that is set back takes nothing out of the days after it.

        Raises:
            CannotVerify: there is none.

        """
        commit = self.repository.ancestry().last_before(int(instant.timestamp()))
        if not commit:
            raise CannotVerify(
                f"nothing was committed before {instant.isoformat()}", "choose a later --as-of"
            )
        earlier = self.repository.at(commit)
        return replace(self, repository=earlier, files=earlier.files(_WATCHED))

    def policy(self, revision: str) -> Mapping[str, bytes]:
        """Roster, keys and process at a revision, by path."""
        return self.repository.show(self.repository.resolve(revision), (ROSTER, PROCESS))

    def committed_policy(self) -> Mapping[str, bytes]:
        """Roster, keys and process as HEAD has them, by path."""
        return self.repository.show(self.repository.head, (ROSTER, PROCESS))

    def uncommitted(self, current: Mapping[str, bytes]) -> tuple[str, ...]:
        """Paths of policy files that are on disk not what HEAD has."""
        held = {path: blob for path, blob in self.files.tree.items() if _is_policy(path)}
        return tuple(
            path
            for path in sorted({*held, *current})
            if path not in held or path not in current or not held[path].holds(current[path])
        )

    def listings(self) -> Iterator[Listing]:
        """Each key, with the commit that listed it first with the window that it has."""
        seen = set()
        for path in self.files.paths:
            if not _is_policy(path) or path in {PEOPLE, PROCESS}:
                continue
            for commit, content in self.texts(path):
                for key in every_key(Keys.from_files({path: content})):
                    if (entry := (key.fingerprint, key.principal.casefold(), key.after)) not in seen:
                        seen.add(entry)
                        yield Listing(key, commit)

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
        self,
        roster: Roster,
        keys: Keys,
        releases: Sequence[Release],
        uncommitted: tuple[str, ...],
        now: datetime,
    ) -> OwnHistory:
        """History of the portal, with the signatures of the commits that hold sign-offs."""
        found: dict[str, Signature] = {}
        clean: dict[str, bool] = {}
        cache = cache_of(self.root, "portal", self.repository)
        with Verifier(self.repository, keys, cache) as verifier:
            for path in signoff_paths(self.files):
                history = self.files.of(path)
                if history is None:
                    continue
                if history.tip:
                    clean[path] = _is_committed(self.root / path, history.tip)
                for change in history.changes:
                    addresses = _expected(roster, change.commit)
                    found.setdefault(change.commit.id, verifier.commit(change.commit, addresses, now))
        closed = [one for one in releases if one.phase == CLOSED]
        return OwnHistory(
            self.files,
            clean,
            found,
            self.repository.ancestry(),
            {one.folder: self._closings(one) for one in closed},
            uncommitted,
            rejections(self.repository, self.files),
        )

    def _closings(self, release: Release) -> tuple[Commit, ...]:
        path = f"{release.folder}/release.yaml"
        history = self.files.of(path)
        tip = history.tip if history else None
        said = release.named("release")
        committed = bool(tip and said and tip.holds(said[0].source.text.encode()))
        return closings(self.texts(path), committed=committed)


def _is_policy(path: str) -> bool:
    """Whether a file is one that releases are judged by."""
    folder, _, name = path.rpartition("/")
    return path in {PROCESS, PEOPLE, f"{ROSTER}/allowed_signers"} or (
        folder == f"{ROSTER}/keys" and name.endswith(".asc")
    )


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
