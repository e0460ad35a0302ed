"""Reads a portal: process, roster and every release's files from disk, and what git says of them.

With a base branch, roster, keys, process and settings come from there: a pull request is not judged by
what it brings along. As of an earlier instant, everything comes from the last commit before it.
"""

import gc
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import semver

from release_portal import policy, records
from release_portal import process as process_document
from release_portal.attest import attest
from release_portal.clock import Clock
from release_portal.facts import GitFacts, NotChecked, ProcessVersion, Product
from release_portal.failure import CannotVerify
from release_portal.finding import Finding, Location
from release_portal.folder import Folder, fault
from release_portal.git import Keys, Signature
from release_portal.policy import PROCESS, Files, Types, phase_types
from release_portal.portal import Move, Portal, Retyping
from release_portal.process import Process
from release_portal.progress import progress
from release_portal.pull_request import PullRequest
from release_portal.records._record import RecordType
from release_portal.registry import collect
from release_portal.release import CLOSED, RELEASES, Release
from release_portal.roster import Roster
from release_portal.sealing import signature_of
from release_portal.settings import Settings
from release_portal.shelf import Shelf
from release_portal.source import Unreadable, parse
from release_portal.stated import stated
from release_portal.witness import Witness, moves, products
from release_portal.wording import printable


def record_types() -> dict[str, RecordType[Any]]:
    """All record types by name."""
    return {type_.name: type_ for type_ in collect(records, "RECORD", RecordType)}


def load(
    root: Path,
    settings: Settings,
    as_of: datetime | None = None,
    base: str = "",
    *,
    committed: bool = False,
    shelf: Shelf | None = None,
) -> Portal:
    """The portal in a folder, judged as of an instant; as of now, if none is given.

    `base` names the branch whose roster, keys, process and settings count. With `committed` the files are those that
    had been committed by then, where the portal's own history counts; else those on disk. A `shelf` spares reading what
    was read before.

    Raises:
        Misconfigured: there is no usable process document, without which nothing can be judged.
        CannotVerify: git is needed for a proof and cannot be asked.

    """
    now = as_of or datetime.now(UTC)
    witness = _witness(root, settings, base)
    if witness is None or as_of is None or base or not committed:
        with _keeping():
            request = PullRequest.upon(base, root, witness, settings.config) if witness and base else None
            judging = request.settings(settings) if request else settings
            return _Reading(root, judging, now, witness, request, shelf=shelf).portal()
    earlier = witness.as_of(as_of)
    with tempfile.TemporaryDirectory() as folder:
        for path, content in earlier.repository.show(
            earlier.repository.head, (RELEASES, "roster", PROCESS)
        ).items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (Path(folder) / RELEASES).mkdir(exist_ok=True)
        then = replace(earlier, root=Path(folder))
        with _keeping():
            return _Reading(Path(folder), settings, now, then, home=root).portal()


@contextmanager
def _keeping() -> Iterator[None]:
    """While reading, nothing becomes garbage: looking for it took a third of the time of a large portal.

    What was read before, in a process that reads a portal again and again, may be garbage from here on.
    """
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _witness(root: Path, settings: Settings, base: str) -> Witness | None:
    """The portal's own repository, where the proof that is asked for, or a base branch, needs it."""
    return Witness.of(root) if settings.proof != "roster" or base else None


@dataclass
class _Reading:
    """One reading of a portal. `home` is where paths of product repositories start, if not at `root`."""

    root: Path
    settings: Settings
    now: datetime
    witness: Witness | None
    request: PullRequest | None = None
    home: Path | None = None
    shelf: Shelf | None = None

    def portal(self) -> Portal:
        """Read everything."""
        types = record_types()
        findings: list[Finding] = [*self.request.faults(types)] if self.request else []
        files, trusted = self._policy()
        process = policy.read_process(files, types, findings)
        roster = policy.read_roster(files, types["people"], findings)
        told = {name: stated(self.root, name) for name in _release_names(self.root, findings)}
        versions = tuple(self._versions(types))
        processes = policy.governing(versions, process)
        releases = [
            self._release(name, processes.get(said.process, process), said.closed_on, types, findings)
            for name, said in told.items()
        ]
        keys = policy.read_keys(trusted, roster, findings)
        proving = roster if trusted is files else policy.read_roster(trusted, types["people"], [])
        git = self._git(proving, keys, releases, versions)
        releases = [self._attested(proving, keys, git, one) for one in releases]
        releases.sort(key=Release.precedence, reverse=True)
        moved, retyped = self._moves(git, releases)
        portal = Portal(
            settings=self.settings,
            process=process,
            roster=roster,
            releases=tuple(releases),
            clock=Clock(self.now),
            processes=processes,
            git=git,
            base=self.request.changes(self.settings.config) if self.request else None,
            moves=moved,
            retypings=retyped,
            closed_on={one.version: day for one in releases if (day := _closed_on(one, git))},
            unread=tuple(findings),
            seals=self._seals(proving, keys, releases),
        )
        return replace(portal, progress={one.version: progress(portal.measure(one), one) for one in releases})

    def _release(
        self, name: str, process: Process, closed_on: date | None, types: Types, findings: list[Finding]
    ) -> Release:
        def read() -> tuple[Release, tuple[Finding, ...]]:
            wrong: list[Finding] = []
            return Folder(self.root, process, closed_on, types, wrong).release(name), tuple(wrong)

        shelf = self.shelf
        release, wrong = shelf.release(name, f"{process} {closed_on}", read) if shelf else read()
        findings.extend(wrong)
        return release

    def _policy(self) -> tuple[Files, Files]:
        """Roster, keys and process: those to judge by, and those that a proof rests on.

        Both come from the base branch if one is named. Else one judges by what is on disk, and where git is asked
        a proof rests on what HEAD has: what nobody committed proves nothing.
        """
        if self.request:
            return self.request.files, self.request.files
        files = policy.on_disk(self.root)
        changed = self.witness is not None and self.witness.uncommitted(files)
        return files, self.witness.committed_policy() if self.witness and changed else files

    def _versions(self, types: Types) -> Iterator[ProcessVersion]:
        """The process as each commit left it, oldest first.

        A portal that asks for no proof by git may be in no repository: its releases are then judged by the process
        as it is.
        """
        known, witness = phase_types(types), self.request.settled() if self.request else self.witness
        if witness is None:
            with suppress(CannotVerify):
                witness = Witness.of_process(self.home or self.root)
        for commit, content in witness.texts(PROCESS) if witness else ():
            try:
                process, _ = process_document.parse(parse(PROCESS, content), known)
            except Unreadable:
                continue
            if process:
                yield ProcessVersion(process, commit, content.decode())

    def _git(
        self, roster: Roster, keys: Keys, releases: list[Release], versions: tuple[ProcessVersion, ...]
    ) -> GitFacts:
        found = tuple(products(self.home or self.root, self.settings.repositories, roster, keys, self.now))
        for product in found:
            if isinstance(product, Product):
                _refuse_without_tags(product, releases)
        if self.witness is None or self.settings.proof == "roster":
            own = NotChecked("this portal", "this portal asks for proof by the roster only")
            return GitFacts(own, found, versions, keys)
        changed = self.witness.uncommitted(policy.on_disk(self.root))
        history = self.witness.history(roster, keys, releases, changed, self.now)
        return GitFacts(history, found, versions, keys, tuple(self.witness.listings()))

    def _moves(
        self, git: GitFacts, releases: list[Release]
    ) -> tuple[Mapping[str, tuple[Move, ...]], Mapping[str, tuple[Retyping, ...]]]:
        if self.witness is None or git.history is None:
            return {}, {}
        folders = {one.folder: one.version for one in releases}
        moved, retyped = moves(self.witness.repository, git.history.files, folders)
        return (
            {folders[folder]: every for folder, every in moved.items()},
            {folders[folder]: every for folder, every in retyped.items()},
        )

    def _seals(self, roster: Roster, keys: Keys, releases: list[Release]) -> Mapping[str, Signature]:
        found = ((one.version, signature_of(roster, keys, one, self.now)) for one in releases)
        return {version: signature for version, signature in found if signature}

    def _attested(self, roster: Roster, keys: Keys, git: GitFacts, release: Release) -> Release:
        signoffs = (
            replace(one, attestation=attest(roster, release, one, git, keys, self.now))
            for one in release.signoffs
        )
        return replace(release, signoffs=tuple(signoffs))


def _closed_on(release: Release, git: GitFacts) -> date | None:
    """When a release was closed: what release.yaml says cannot make it older than its history does."""
    stated = release.facts.closed_at if release.facts and release.phase == CLOSED else None
    closings = git.history.closings.get(release.folder, ()) if git.history else ()
    if stated is None or (git.history and not closings):
        return None
    return max([stated, *(one.committer.at for one in closings if one.committer.at)]).date()


def _refuse_without_tags(product: Product, releases: list[Release]) -> None:
    """A clone without any tag says nothing of tags: mostly they were not fetched."""
    name = product.repository.name
    recorded = (tag for one in releases if one.facts for tag in one.facts.tags if tag.repository == name)
    if not product.history.tags and any(recorded):
        raise CannotVerify(f"{name} has no tags in this clone", "git fetch --tags, or fetch-depth: 0 in CI")


def _release_names(root: Path, findings: list[Finding]) -> Iterator[str]:
    """Names of the release folders; anything else in releases/ is a finding."""
    folder = root / RELEASES
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = Location(f"{RELEASES}/{printable(entry.name)}")
        if not entry.is_dir(follow_symlinks=False):
            findings.append(
                fault("unknown-file", path, "only folders of releases belong here", "move it elsewhere")
            )
        elif not semver.Version.is_valid(entry.name):
            hint = "name the folder after the version, such as 2.4.0"
            findings.append(fault("unknown-file", path, f"'{path.path}' is no version", hint))
        else:
            yield entry.name
