"""Repositories made by real git, signed by real keys; nothing here is faked."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal.git import Repository

RAVI, MALLORY = "Ravi Kumar <ravi@example.com>", "Mallory <mallory@example.com>"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = 86_400
START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())


@dataclass
class Maker:
    """Makes commits and tags in a repository, one day after the other."""

    path: Path
    options: list[str] = field(default_factory=list)
    clock: int = START

    def git(self, *arguments: str, who: str = RAVI, stdin: bytes = b"", at: str = "", **env: str) -> str:
        """Run git as a person, at a time."""
        done = self.run(*arguments, who=who, stdin=stdin, at=at, **env)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def run(
        self, *arguments: str, who: str = RAVI, stdin: bytes = b"", at: str = "", **env: str
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run git, whatever comes of it."""
        name, _, address = who.rstrip(">").partition(" <")
        date = at or f"{self.clock} +0530"
        fixed = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": address,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": address,
            "GIT_COMMITTER_DATE": date,
        }
        command = [
            "git",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "advice.nestedTag=false",
            *self.options,
            *arguments,
        ]
        return subprocess.run(
            command, cwd=self.path, env=fixed | env, input=stdin, capture_output=True, check=False
        )

    def write(self, path: str, content: str | bytes = "content\n") -> None:
        """Put a file in the work tree."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, message: str = "change", *options: str, who: str = RAVI, at: str = "", **files: str | bytes
    ) -> str:
        """Commit the work tree as it is; `files` are written first. Gives the id."""
        for path, content in files.items():
            self.write(path, content)
        self.clock += DAY
        self.git("add", "--all")
        self.git("commit", "--allow-empty", "--allow-empty-message", "-m", message, *options, who=who, at=at)
        return self.git("rev-parse", "HEAD")

    def tag(self, name: str, *options: str, who: str = RAVI, at: str = "", target: str = "HEAD") -> str:
        """Make an annotated tag. Gives the id of its object."""
        self.clock += 60
        self.git("tag", "-a", name, "-m", f"Release {name}", *options, target, who=who, at=at)
        return self.git("rev-parse", f"refs/tags/{name}")

    def store(self, kind: str, content: bytes) -> str:
        """Store an object as it is, whether or not git would make it. Gives the id."""
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", stdin=content)

    def raw_commit(self, *headers: str | bytes, message: bytes = b"raw\n", parent: str = "HEAD") -> str:
        """Store a commit with headers as given and move the branch to it. Gives the id."""
        tree, base = self.git("rev-parse", f"{parent}^{{tree}}"), self.git("rev-parse", parent)
        lines = [f"tree {tree}", f"parent {base}", *headers]
        head = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
        commit = self.store("commit", head + b"\n\n" + message)
        self.git("update-ref", "refs/heads/main", commit)
        return commit

    def open(self) -> Repository:
        """The repository as the product reads it."""
        return Repository.open(self.path)


def make(path: Path, *options: str) -> Maker:
    """Make an empty repository."""
    path.mkdir(parents=True)
    maker = Maker(path)
    maker.git("init", "--quiet", *options)
    return maker


@pytest.fixture
def repo(tmp_path: Path) -> Maker:
    """A repository without a commit."""
    return make(tmp_path / "repo")


@dataclass(frozen=True)
class SshKey:
    """An SSH key pair: the private key's file, and what stands in allowed_signers."""

    file: Path
    public: str

    def sign(self, maker: Maker) -> Maker:
        """The same repository, where this key signs."""
        options = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={self.file}"]
        return Maker(maker.path, options, maker.clock)


@dataclass(frozen=True)
class PgpKey:
    """An OpenPGP key: its home folder, fingerprint and armoured public key."""

    home: Path
    fingerprint: str
    public: bytes
    program: str = "gpg"

    def sign(self, maker: Maker) -> Maker:
        """The same repository, where this key signs."""
        options = [
            "-c",
            "gpg.format=openpgp",
            "-c",
            f"user.signingKey={self.fingerprint}",
            "-c",
            f"gpg.program={self.program}",
        ]
        return Maker(maker.path, options, maker.clock)


@pytest.fixture(scope="session")
def ssh_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SshKey]:
    """SSH keys of two people."""
    folder, keys = tmp_path_factory.mktemp("ssh"), {}
    for name in ("ravi", "mallory"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True
        )
        keys[name] = SshKey(folder / name, (folder / f"{name}.pub").read_text().strip())
    return keys


@pytest.fixture(scope="session")
def pgp_home() -> Iterator[Path]:
    """A gpg home for secret keys. Its path is short: gpg makes sockets in it."""
    home = Path(tempfile.mkdtemp(prefix="rp-"))
    yield home
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False, capture_output=True)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def pgp_keys(pgp_home: Path) -> dict[str, PgpKey]:
    """OpenPGP keys: Ravi's, one of his that ended with February 2026, and Mallory's, which claims to be Ravi's too."""
    return {
        "ravi": pgp_key(pgp_home, RAVI, "20250101T000000", "20300101T000000"),
        "ravi, until March": pgp_key(pgp_home, RAVI, "20250101T000000", "20260301T000000"),
        "mallory": pgp_key(pgp_home, MALLORY, "20250101T000000", "20300101T000000", also=RAVI),
    }


def pgp_key(home: Path, owner: str, start: str, end: str, also: str = "") -> PgpKey:
    """A new key, which signs in January 2026 whatever the day; `also` is a second user id."""

    def gpg(*arguments: str) -> bytes:
        command = [
            "gpg",
            "--homedir",
            str(home),
            "--batch",
            "--passphrase",
            "",
            "--faked-system-time",
            f"{start}!",
        ]
        return subprocess.run([*command, *arguments], check=True, capture_output=True).stdout

    before = _fingerprints(gpg("--list-keys", "--with-colons"))
    gpg("--yes", "--quick-generate-key", owner, "ed25519", "sign", end)
    (fingerprint,) = set(_fingerprints(gpg("--list-keys", "--with-colons"))) - set(before)
    if also:
        gpg("--quick-add-uid", fingerprint, also)
    program = home / f"gpg-{fingerprint[:8]}"
    clock = "--faked-system-time 20260105T120000!"
    program.write_text(f'#!/bin/sh\nexec gpg --homedir {home} --batch --passphrase "" {clock} "$@"\n')
    program.chmod(0o700)
    return PgpKey(home, fingerprint, gpg("--armor", "--export", fingerprint), str(program))


def _fingerprints(listing: bytes) -> list[str]:
    return [line.split(":")[9] for line in listing.decode().splitlines() if line.startswith("fpr:")]
