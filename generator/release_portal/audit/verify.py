"""Verifies an audit package: a zip archive as it was made, or the folder that it was unpacked to.

    python3 verify.py audit-package-2.4.0.zip
    python3 verify.py . --allowed-signers /path/to/allowed_signers --signer meera.iyer@example.com

It needs Python 3.9 and nothing else; a signature is checked by `ssh-keygen`, against keys that you name and that do
not come out of the package. Whoever changes a package can change this file in it: run a copy from elsewhere.

What is checked: every listed file is there and has its digest; every file that is there is listed; number and size of
files; the digests of the manifest, of each release's content and of its seal, as the statement gives them; the
archive, byte by byte, is as `release-portal package` writes it; the signature; the digest that you were told.

Without a signature or a digest from elsewhere a package only agrees with itself.

Exit code 0: all of that holds; 1: something is wrong; 2: usage; 3: it is signed, and that could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = TAGS + ".sig"
NAMESPACE = "release-portal"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NEEDED = {"bagit.txt", "bag-info.txt", "statement.json", MANIFEST}
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_][A-Za-z0-9._+-]*(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)*)")
DATE, UNIX, MODE = (1980, 1, 1, 0, 0, 0), 3, 0o100644
LARGEST_PLAIN = 1 << 31  # beyond it archives have other headers
PIECE = 1 << 20


class Unusable(Exception):  # noqa: N818  # said to a person
    """There is nothing that could be verified."""


class Folder:
    """A package that was unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.paths: list[str] = []
        self.problems: list[str] = []
        for folder, folders, names in os.walk(path):
            for name in sorted([*folders, *names]):
                full = os.path.join(folder, name)
                relative = os.path.relpath(full, path).replace(os.sep, "/")
                mode = os.lstat(full).st_mode
                if stat.S_ISREG(mode):
                    self.paths.append(relative)
                elif not stat.S_ISDIR(mode):
                    self.problems.append(f"{relative}: is a link or a device")

    def open(self, path: str) -> IO[bytes]:
        """A file, to be read."""
        return (self.path / path).open("rb")


class Archive:
    """A package as it was made: one folder in a zip archive."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.entries = self.zip.infolist()
        tops = sorted({entry.filename.partition("/")[0] for entry in self.entries})
        self.top = tops[0] if tops else ""
        self.paths = [entry.filename[len(self.top) + 1 :] for entry in self.entries]
        self.problems = list(self._form(tops, path.stat().st_size))

    def open(self, path: str) -> IO[bytes]:
        """A file, to be read."""
        return self.zip.open(f"{self.top}/{path}")

    def _form(self, tops: Sequence[str], size: int) -> Iterator[str]:
        """How the archive differs from what `package` writes: then somebody else wrote it."""
        if len(tops) != 1:
            yield "archive: holds not one folder but " + str(len(tops))
        if self.zip.comment:
            yield "archive: has a comment"
        at = 0
        for entry, path in zip(self.entries, self.paths):  # noqa: B905  # Python 3.9 knows no `strict`
            if at != entry.header_offset and size < LARGEST_PLAIN:
                yield f"{path}: stands at byte {entry.header_offset} of the archive, not at {at}"
                return
            at += 30 + len(entry.filename) + entry.compress_size
            made = (entry.compress_type, entry.date_time, entry.create_system, entry.external_attr >> 16)
            if made != (zipfile.ZIP_STORED, DATE, UNIX, MODE) or entry.flag_bits or entry.comment:
                yield f"{path}: is packed in another way than `release-portal package` does"
            elif entry.extra and size < LARGEST_PLAIN:
                yield f"{path}: has more fields in the archive than `release-portal package` writes"
        directory = sum(46 + len(entry.filename) for entry in self.entries) + 22
        if at + directory != size < LARGEST_PLAIN:
            yield f"archive: has {size} bytes, its files make {at + directory}"


class Package:
    """A package under verification. `problems` are sentences, `facts` what was found to be so."""

    def __init__(self, files: Folder | Archive) -> None:
        self.files = files
        self.problems = list(files.problems)
        self.facts: list[str] = []
        self.digests: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def verify(self) -> None:
        """Everything that needs neither a key nor a digest from elsewhere."""
        self._look()
        missing = sorted((NEEDED | {TAGS}) - self.digests.keys())
        self.problems += [f"{name}: is missing" for name in missing]
        if missing:
            return
        if self._read("bagit.txt") != BAGIT:
            self.problems.append("bagit.txt: is not that of BagIt 1.0")
        payload, tags = self._listed(MANIFEST), self._listed(TAGS)
        self._compare(payload, {path for path in self.digests if path.startswith("data/")}, MANIFEST)
        beside = {path for path in self.digests if not path.startswith("data/")}
        self._compare(tags, beside - {TAGS, SIGNATURE}, TAGS)
        self._count()
        self._statement(payload)

    def _look(self) -> None:
        """Digest and size of every file that is there."""
        for path in self.files.paths:
            if path in self.digests:
                self.problems.append(f"{path}: is there twice")
                continue
            sha, size = hashlib.sha256(), 0
            try:
                with self.files.open(path) as file:
                    for piece in iter(lambda: file.read(PIECE), b""):
                        sha.update(piece)
                        size += len(piece)
            except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
                self.problems.append(f"{path}: cannot be read: {error}")
            self.digests[path], self.sizes[path] = sha.hexdigest(), size

    def _read(self, path: str) -> bytes:
        with self.files.open(path) as file:
            return file.read()

    def _listed(self, name: str) -> dict[str, str]:
        """Path and digest of each line of a manifest."""
        text = self._read(name).decode("utf-8", "replace")
        listed: dict[str, str] = {}
        for number, line in enumerate(text.split("\n")[:-1], start=1):
            match = LINE.fullmatch(line)
            if not match:
                self.problems.append(f"{name}:{number}: is no line of a manifest")
            elif match[2] in listed:
                self.problems.append(f"{name}:{number}: lists {match[2]} a second time")
            else:
                listed[match[2]] = match[1]
        if not text.endswith("\n"):
            self.problems.append(f"{name}: its last line is cut off")
        if list(listed) != sorted(listed, key=str.encode):
            self.problems.append(f"{name}: is not in order of the paths")
        return listed

    def _compare(self, listed: Mapping[str, str], present: set[str], name: str) -> None:
        """A manifest with what is there, in both directions."""
        for path in sorted(listed.keys() - present):
            self.problems.append(f"{path}: is listed in {name}, and missing")
        for path in sorted(present - listed.keys()):
            self.problems.append(f"{path}: is not listed in {name}")
        for path in sorted(listed.keys() & present):
            if listed[path] != self.digests[path]:
                self.problems.append(f"{path}: has another SHA-256 than {name} gives")
        self.facts.append(f"{name}: {len(listed)} files listed, {len(present)} there")

    def _count(self) -> None:
        payload = [size for path, size in self.sizes.items() if path.startswith("data/")]
        counted = f"{sum(payload)}.{len(payload)}"
        lines = self._read("bag-info.txt").decode("utf-8", "replace").splitlines()
        stated = [line.partition(": ")[2] for line in lines if line.startswith("Payload-Oxum: ")]
        if stated != [counted]:
            self.problems.append(f"bag-info.txt: Payload-Oxum is {', '.join(stated)}; counted: {counted}")

    def _statement(self, payload: Mapping[str, str]) -> None:
        """What the statement says of the manifest and of each release."""
        try:
            said = json.loads(self._read("statement.json"))
            stated = [one["digest"]["sha256"] for one in said["subject"] if one["name"] == MANIFEST]
            releases = [
                (one["version"], one["content"], one["seal"]) for one in said["predicate"]["releases"]
            ]
        except (ValueError, KeyError, TypeError):
            self.problems.append("statement.json: cannot be read")
            return
        if stated != [self.digests[MANIFEST]]:
            self.problems.append("statement.json: is about another manifest")
        for version, content, seal in releases:
            folder = f"data/releases/{version}/"
            held = {path[len(folder) :]: payload[path] for path in payload if path.startswith(folder)}
            if content:
                inside = {path: sha for path, sha in held.items() if path.split("/")[0] in content["folders"]}
                self._same(f"content of {version}", listing_digest(inside), content["sha256"])
            if seal:
                self._same(f"seal of {version}", held.pop("seal.yaml", ""), seal["sha256"])
                self._same(f"sealed files of {version}", listing_digest(held), seal["content"])
            elif "seal.yaml" in held:
                self.problems.append(f"{folder}seal.yaml: the statement knows of no seal")

    def _same(self, what: str, found: str, stated: str) -> None:
        if found == stated:
            self.facts.append(f"{what}: {found}")
        else:
            self.problems.append(f"{what}: is {found or 'missing'}, the statement says {stated}")

    def signature(self, signers: Path | None, signer: str, at: str) -> str:
        """Who signed, by keys that were named; empty where there is no signature to check."""
        if SIGNATURE not in self.digests:
            if signers:
                self.problems.append(f"{SIGNATURE}: the package is not signed")
            return ""
        if not signers or TAGS not in self.digests:
            return ""
        with tempfile.TemporaryDirectory() as folder:
            armour, text = Path(folder, "signature"), self._read(TAGS)
            armour.write_bytes(self._read(SIGNATURE))
            asked = ["-s", str(armour), "-f", str(signers), *([f"-Overify-time={at}"] if at else [])]
            if not signer:
                found = ssh_keygen(["-Y", "find-principals", *asked], text)
                signer = found.stdout.decode("utf-8", "replace").partition("\n")[0].strip()
            said = (
                ssh_keygen(["-Y", "verify", "-n", NAMESPACE, "-I", signer, *asked], text) if signer else None
            )
        if said is None or said.returncode:
            why = said.stderr.decode("utf-8", "replace").strip() if said else "by no key that is listed"
            self.problems.append(f"{SIGNATURE}: does not hold: {why or 'it is not by ' + signer}")
            return ""
        return signer


def listing_digest(digests: Mapping[str, str]) -> str:
    """SHA-256 of what `sha256sum` prints for some files, sorted by path."""
    lines = (f"{digests[path]}  {path}\n" for path in sorted(digests, key=str.encode))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def ssh_keygen(arguments: Sequence[str], text: bytes) -> subprocess.CompletedProcess[bytes]:
    """What ssh-keygen makes of a text."""
    command = ["ssh-keygen", *arguments]
    return subprocess.run(command, input=text, capture_output=True, check=False)  # noqa: S603  # no shell


def opened(path: Path) -> Folder | Archive:
    """The package at a path.

    Raises:
        Unusable: it is neither a folder nor a zip archive.

    """
    try:
        return Folder(path) if path.is_dir() else Archive(path)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unusable(f"{path}: {error}") from error


def verify(
    path: Path, signers: Path | None = None, signer: str = "", digest: str = "", at: str = ""
) -> tuple[int, list[str], list[str]]:
    """Verify a package; gives the exit code, what is wrong, and what was found to be so."""
    package = Package(opened(path))
    package.verify()
    by = package.signature(signers, signer, at)
    found = package.digests.get(TAGS, "")
    if digest and digest != found:
        package.problems.append(f"{TAGS}: the package has the digest {found or 'of none'}, not {digest}")
    unchecked = SIGNATURE in package.digests and not signers
    vouched = (
        f"signed by {by}" if by else "signature not checked: name the keys" if unchecked else "not signed"
    )
    package.facts.append(f"package: {found}, {vouched}{', as you were told' if digest == found else ''}")
    return 1 if package.problems else 3 if unchecked else 0, package.problems, package.facts


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Verify an audit package.")
    parser.add_argument("package", type=Path, help="the zip archive, or the folder it was unpacked to")
    parser.add_argument("--allowed-signers", type=Path, help="keys that you trust, as ssh-keygen reads them")
    parser.add_argument("--signer", default="", help="the address that must have signed")
    parser.add_argument("--digest", default="", help="what `release-portal package` printed")
    parser.add_argument("--at", default="", help="when the key must have been valid, YYYYMMDD; else today")
    given = parser.parse_args(arguments)
    try:
        code, problems, facts = verify(
            given.package, given.allowed_signers, given.signer, given.digest, given.at
        )
    except (Unusable, FileNotFoundError) as error:
        sys.stderr.write(f"cannot be verified: {error}\n")
        return 2 if isinstance(error, Unusable) else 3
    ends = {
        0: "valid",
        1: f"NOT VALID: {len(problems)} wrong",
        3: "NOT VERIFIED: the signature was not checked",
    }
    lines = [*facts, *(f"WRONG {line}" for line in problems), ends[code]]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
