"""A pull request: what its base branch judges it by, and what of that it changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from release_portal import policy
from release_portal.finding import Finding, Location
from release_portal.policy import PROCESS, Files, Types
from release_portal.portal import Base, PolicyChange
from release_portal.settings import Settings
from release_portal.settings import read as read_settings
from release_portal.witness import Witness


@dataclass(frozen=True)
class PullRequest:
    """What is on disk, upon a commit of its base branch. `files` are the policy files that the base branch has."""

    root: Path
    witness: Witness
    commit: str
    files: Files

    @classmethod
    def upon(cls, base: str, root: Path, witness: Witness, config: str) -> "PullRequest":
        """The pull request that a folder is, upon a branch; `config` is the name of its mkdocs.yml.

        Raises:
            Misconfigured: there is no such branch, or a file of its policy is no regular file.

        """
        commit = witness.repository.resolve(base)
        return cls(root, witness, commit, policy.at_commit(witness.repository, commit, config))

    def settings(self, proposed: Settings) -> Settings:
        """The settings that judge it: what decides how much is proved is the base branch's."""
        return policy.settings_at(self.files, proposed)

    def faults(self, types: Types) -> Iterator[Finding]:
        """What is wrong in the policy that it brings: once merged, later ones are judged by that."""
        return policy.faults(policy.on_disk(self.root), types)

    def settled(self) -> Witness:
        """The witness of the base branch's own process document: a version that only this one brings counts not."""
        earlier = self.witness.repository.at(self.commit)
        return replace(self.witness, repository=earlier, files=earlier.files((PROCESS,)))

    def changes(self, config: str) -> Base:
        """What of the policy differs from the base branch, or did so in a commit that comes with the rest."""
        found = self.witness.differences(self.commit, policy.on_disk(self.root))
        known = {one.location.path for one in found.policy}
        passing = [PolicyChange(Location(path), self.commit) for path in self._touched() if path not in known]
        proposed = read_settings(self.root / config)
        options = [PolicyChange(Location(config))] if self.settings(proposed) != proposed else []
        return replace(found, policy=(*found.policy, *passing, *options))

    def _touched(self) -> Iterator[str]:
        """Policy files that a commit changes which the base branch has not: its content stays in the history."""
        behind = self.witness.repository.at(self.commit).ancestry()
        for path in filter(policy.is_policy, self.witness.files.paths):
            history = self.witness.files.of(path)
            if any(
                not behind.holds(self.commit, one.commit.id) for one in (history.changes if history else ())
            ):
                yield path
