"""What history says of records: who brought them in and touched them last, and what came too late."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from release_portal.assess import Assessment
from release_portal.facts import OwnHistory
from release_portal.git import Commit
from release_portal.records._record import Record
from release_portal.release import Release, SignedRecord
from release_portal.rules import amended_record
from release_portal.rules._timing import amended, retroactive

Change = tuple[str, Commit]  # a record's path below the release's folder, and a commit of it


@dataclass(frozen=True, slots=True)
class Trail:
    """History of some records taken together.

    `retroactive` came after the deployment, `later` are changes after closure; `amended` says whether the
    rule minds them. `uncommitted` are paths of records that HEAD does not have as they stand here.
    """

    first: Commit | None
    last: Commit | None
    retroactive: tuple[Change, ...]
    later: tuple[Change, ...]
    amended: bool
    uncommitted: tuple[str, ...]


@dataclass(frozen=True)
class Trails:
    """The history of a release's records, asked for once."""

    own: OwnHistory
    release: Release
    retroactive: tuple[tuple[Record[Any], Commit], ...]
    amended: tuple[tuple[Record[Any], Commit], ...]
    minded: frozenset[str]

    @classmethod
    def of(cls, assessment: Assessment, release: Release) -> "Trails | None":
        """Give the trails of a release; None where the portal's history was not checked."""
        own = assessment.portal.git.history
        if own is None:
            return None
        rule = amended_record.RULE.name
        minded = (one.location.path for one in assessment.of(release.version) if one.rule == rule)
        late = tuple(retroactive(assessment.portal, release))
        changed = tuple(amended(assessment.portal, release))
        return cls(own, release, late, changed, frozenset(minded))

    def trail(self, records: Iterable[Record[Any]]) -> Trail:
        """History of some records of the release."""
        asked = tuple(records)
        paths = {one.path for one in asked}
        found = [history for path in paths if (history := self.own.of(path))]
        changes = sorted(
            (change for history in found for change in history.changes),
            key=lambda change: _clock(change.commit),
        )
        return Trail(
            first=changes[0].commit if changes else None,
            last=changes[-1].commit if changes else None,
            retroactive=self._among(paths, self.retroactive),
            later=self._among(paths, self.amended),
            amended=bool(paths & self.minded),
            uncommitted=tuple(self.release.relative(one) for one in asked if not self._committed(one)),
        )

    def later_than(self, signed: SignedRecord, since: Commit) -> tuple[Change, ...]:
        """Changes of what was signed that the commit of the sign-off does not hold, whatever their clocks say."""
        found = []
        for record in self.release.subjects(signed.subject):
            history = self.own.of(record.path)
            for change in history.changes if history else ():
                if not self.own.ancestry.holds(since.id, change.commit.id):
                    found.append((self.release.relative(record), change.commit))
        return tuple(sorted(found, key=lambda one: (_clock(one[1]), one[0])))

    def holding(self, signed: SignedRecord) -> Commit | None:
        """The commit that gave a sign-off's file its present content; None where git does not have it."""
        history = self.own.of(signed.record.path)
        return history.introduced[-1].commit if history and history.introduced else None

    def _among(self, paths: set[str], found: Iterable[tuple[Record[Any], Commit]]) -> tuple[Change, ...]:
        return tuple((self.release.relative(one), commit) for one, commit in found if one.path in paths)

    def _committed(self, record: Record[Any]) -> bool:
        """Whether HEAD has a record as it stands here; what cannot be read as text cannot be compared."""
        history = self.own.of(record.path)
        if history is None or history.tip is None:
            return False
        return not record.source.text or history.tip.holds(record.source.text.encode())


def _clock(commit: Commit) -> tuple[int, str]:
    """Orders commits by their committers' clocks, and always alike where these agree."""
    return (commit.committer.seconds, commit.id)
