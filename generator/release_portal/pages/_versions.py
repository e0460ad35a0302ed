"""The versions of the process: since when, by whose commit, for which releases, and what each one changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from release_portal.facts import ProcessVersion
from release_portal.git import Commit
from release_portal.pages._difference import Group, difference
from release_portal.pages._signatures import Mark, commit_mark
from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Version:
    """A version. `commits` gave it its texts, oldest first; none where git does not have it, or was not asked.

    `process` is None for a version that releases name and nobody knows; `changes` are those from the
    version before, `before`, which is empty for the first one. `mark` is the signature of the last commit.
    """

    name: str
    process: Process | None
    commits: tuple[Commit, ...]
    releases: tuple[Release, ...]
    before: str = ""
    changes: tuple[Group, ...] = ()
    mark: Mark | None = None

    @property
    def late(self) -> int:
        """How many days after it took effect it was first committed; 0 where it was in time."""
        at = self.commits[0].committer.at if self.commits else None
        if at is None or self.process is None:
            return 0
        return max(0, (at.astimezone(UTC).date() - self.process.effective).days)


def versions(portal: Portal) -> tuple[Version, ...]:
    """Every version that is known or named, newest first."""
    return tuple(_versions(portal))[::-1]


def _versions(portal: Portal) -> Iterator[Version]:
    texts: dict[str, list[ProcessVersion]] = {}
    for one in portal.git.versions:
        texts.setdefault(one.process.version, []).append(one)
    named = {release.process_version for release in portal.releases} - {""}
    unknown = named - texts.keys() - {portal.process.version}
    for name in sorted(unknown):
        yield Version(name, None, (), _governed(portal, name))
    before: ProcessVersion | None = None
    for name, found in texts.items():
        last = found[-1]
        yield Version(
            name,
            last.process,
            tuple(one.commit for one in found),
            _governed(portal, name),
            before.process.version if before else "",
            difference(before.text, last.text) if before else (),
            commit_mark(portal.git.history, last.commit) if portal.git.history else None,
        )
        before = last
    if portal.process.version not in texts:
        yield Version(portal.process.version, portal.process, (), _governed(portal, portal.process.version))


def _governed(portal: Portal, name: str) -> tuple[Release, ...]:
    """The releases that name a version, oldest first."""
    return tuple(one for one in reversed(portal.releases) if one.process_version == name)
