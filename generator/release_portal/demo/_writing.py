"""Writing repositories: git as another person at another time, with keys made for the purpose."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git.cmd import Git

from release_portal.failure import CannotVerify
from release_portal.records.people import Person


@dataclass(frozen=True)
class Keys:
    """One SSH key for each person, in a folder."""

    folder: Path

    def of(self, person: Person) -> Path:
        """Path of a person's private key, made when it is asked for first."""
        path = self.folder / person.id
        if not path.exists():
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", person.emails[0], "-f", str(path)]
            try:
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own arguments
            except FileNotFoundError as error:
                raise CannotVerify(
                    "ssh-keygen is not installed", "install OpenSSH: the demo signs with it"
                ) from error
        return path

    def allowed_signers(self, people: Sequence[Person]) -> str:
        """Lines of an allowed_signers file: each person's key, valid for signing git objects and digests."""
        lines = []
        for person in people:
            kind, key = Path(f"{self.of(person)}.pub").read_text().split()[:2]
            first = min(tenure.from_ for tenure in person.roles)
            window = f'valid-after="{first:%Y%m%d}"'
            ends = [tenure.until for tenure in person.roles]
            last = max((one for one in ends if one), default=None)
            if last and all(ends):
                window += f',valid-before="{last:%Y%m%d}235959"'
            lines.append(f'{person.emails[0]} namespaces="git,release-portal",{window} {kind} {key}\n')
        return "".join(lines)


@dataclass(frozen=True)
class Writer:
    """A repository that is being written."""

    folder: Path
    keys: Keys

    def init(self) -> None:
        """Make the repository, with a branch called main."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run("init", "--quiet", "--initial-branch=main")

    def commit(
        self,
        paths: Sequence[str],
        message: str,
        author: Person,
        committer: Person,
        at: datetime,
        *,
        signed: bool,
    ) -> str:
        """Commit some paths as they are on disk; gives the commit's id. Nothing to commit is no error."""
        self._run("add", "--force", "--", *paths)
        signing = (
            ["-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys.of(committer)}"] if signed else []
        )
        flags = ["--gpg-sign"] if signed else ["--no-gpg-sign"]
        identity = _identity(author, committer, at)
        self._run(*signing, "commit", "--quiet", "--allow-empty", *flags, "-m", message, env=identity)
        return self._run("rev-parse", "HEAD")

    def tag(self, name: str, message: str, commit: str, tagger: Person, at: datetime) -> None:
        """Make an annotated tag, signed by its tagger."""
        signing = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys.of(tagger)}"]
        self._run(*signing, "tag", "--sign", "-m", message, name, commit, env=_identity(tagger, tagger, at))

    def _run(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        """One git command without any configuration but the repository's own."""
        fixed = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C", "TZ": "UTC"}
        command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", *arguments]
        return str(Git(str(self.folder)).execute(command, env=fixed | (env or {})))


def _identity(author: Person, committer: Person, at: datetime) -> dict[str, str]:
    date = f"{int(at.timestamp())} {at:%z}"
    return {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.emails[0],
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": committer.name,
        "GIT_COMMITTER_EMAIL": committer.emails[0],
        "GIT_COMMITTER_DATE": date,
    }
