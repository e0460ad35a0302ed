"""Verifies an audit package: a zip archive as it was made, or the folder that it was unpacked to.

    python3 verify.py audit-package-2.4.0.zip
    python3 verify.py . --allowed-signers /path/to/allowed_signers --signer meera.iyer@example.com

It needs Python 3.9 and nothing else; a signature is checked by `ssh-keygen`, against keys that you name and that do
not come out of the package. Whoever changes a package can change this file in it: run a copy from elsewhere.

What is checked: every listed file is there and has its digest; every file that is there is listed; number and size of
files; the digests of the manifest, of each release's content and of its seal, as the statement gives them; the
archive, byte by byte, is as `release-portal package` writes it; the signature; the digest that you were told.

Without a signature or a digest from elsewhere a package only agrees with itself.

Exit code 0: all of that holds; 1: something is wrong, or a seal was broken before it was packed; 2: usage, or there is
no package; 3: it is signed, and that could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = TAGS + ".sig"
NAMESPACE = "release-portal"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NEEDED = {"bagit.txt", "bag-info.txt", "statement.json", MANIFEST}
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_][A-Za-z0-9._+-]*(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)*)")
ARMOUR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)-----END SSH SIGNATURE-----\n"
)
UNREADABLE = (
    OSError,
    ValueError,
    EOFError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
)
PIECE = 1 << 20

# The parts of an archive that are no content of a file: what stands before each file, the directory, its end.
LOCAL, ENTRY, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
WIDE_END, WIDE_LOCATOR = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
PLAIN, WIDE = 20, 45  # versions of the format: 45 has numbers of 64 bits
LIMIT, MOST, FULL, MANY = (1 << 31) - 1, 0xFFFF, 0xFFFFFFFF, 0xFFFF
UNIX, DATE, MODE = 3, (0, 1 << 5 | 1), 0o100644 << 16  # 1 January 1980; a file that its owner may write


SIGNED = ("the statement knows of no signature", "is missing: the statement says that the package was signed")


class Unusable(Exception):  # noqa: N818  # said to a person
    """There is nothing that could be verified."""


class Folder:
    """A package that was unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.paths: list[str] = []
        self.problems: list[str] = []
        for folder, folders, names in os.walk(path, onerror=self._unread):
            if not folders and not names:
                self.problems.append(f"{self._relative(folder)}: is a folder without files")
            for name in sorted([*folders, *names]):
                full = os.path.join(folder, name)
                mode = os.lstat(full).st_mode
                if stat.S_ISREG(mode):
                    self.paths.append(self._relative(full))
                elif not stat.S_ISDIR(mode):
                    self.problems.append(f"{self._relative(full)}: is a link or a device")

    def _relative(self, full: str) -> str:
        return os.path.relpath(full, self.path).replace(os.sep, "/")

    def _unread(self, error: OSError) -> None:
        self.problems.append(f"{self._relative(error.filename)}: cannot be read: {error.strerror}")

    def open(self, path: str) -> IO[bytes]:
        """A file, to be read."""
        return (self.path / path).open("rb")


class Archive:
    """A package as it was made: one folder in a zip archive."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        entries = self.zip.infolist()
        top = entries[0].filename.partition("/")[0] + "/" if entries else ""
        self.entries = {_below(top, entry.filename): entry for entry in entries}
        self.paths = [_below(top, entry.filename) for entry in entries]
        outside = [entry.filename for entry in entries if not entry.filename.startswith(top)]
        self.problems = [f"{name}: stands outside the folder of the package" for name in outside]
        with path.open("rb") as file:
            made = framing((entry.filename, entry.file_size, entry.CRC) for entry in entries)
            self.problems += differences(file, made)

    def open(self, path: str) -> IO[bytes]:
        """A file, to be read."""
        entry = self.entries[path]
        if entry.compress_type != zipfile.ZIP_STORED:
            raise zipfile.BadZipFile("it is compressed, which `release-portal package` never does")
        return self.zip.open(entry)


def _below(top: str, name: str) -> str:
    return name[len(top) :] if name.startswith(top) else name


def framing(files: Iterable[tuple[str, int, int]]) -> Iterator[tuple[int, bytes, str]]:
    """Every part of an archive that is no content: at which byte it stands, its bytes, and what it is.

    They follow from name, size and CRC-32 of each file, as `release-portal package` packs them.
    """
    at, count, directory = 0, 0, b""
    for name, size, crc in files:
        raw, begin = name.encode("utf-8", "surrogateescape"), at
        large = size * 1.05 > LIMIT  # where Python begins to write sizes of 64 bits
        extra = struct.pack("<2H2Q", 1, 16, size, size) if large else b""
        kept, version = FULL if large else size, WIDE if large else PLAIN
        local = LOCAL.pack(b"PK\3\4", version, 0, 0, *DATE, crc, kept, kept, len(raw), len(extra))
        yield begin, local + raw + extra, f"what stands before {name}"
        at, count = at + len(local + raw + extra) + size, count + 1
        wide = [size, size] * (size > LIMIT) + [begin] * (begin > LIMIT)
        extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        version = WIDE if wide else version
        kept, place = FULL if size > LIMIT else size, FULL if begin > LIMIT else begin
        sizes = (kept, kept, len(raw), len(extra))
        entry = (UNIX << 8 | version, version, 0, 0, *DATE, crc, *sizes, 0, 0, 0, MODE, place)
        directory += ENTRY.pack(b"PK\1\2", *entry) + raw + extra
    yield at, directory, "its directory"
    yield at + len(directory), ending(count, len(directory), at), "its end"


def ending(count: int, size: int, at: int) -> bytes:
    """The end of an archive whose directory has some entries and a size, and begins at a byte."""
    wide = b""
    if count > MANY or at > LIMIT or size > LIMIT:
        wide = WIDE_END.pack(b"PK\6\6", 44, WIDE, WIDE, 0, 0, count, count, size, at)
        wide += WIDE_LOCATOR.pack(b"PK\6\7", 0, at + size, 1)
    count = min(count, MOST)
    return wide + END.pack(b"PK\5\6", 0, 0, count, count, min(size, FULL), min(at, FULL), 0)


def differences(file: IO[bytes], made: Iterable[tuple[int, bytes, str]]) -> Iterator[str]:
    """Where an archive is other than it was made; the first place, as all behind it may be moved by that."""
    for at, expected, what in made:
        file.seek(at)
        if file.read(len(expected)) != expected:
            yield f"archive: {what}, from byte {at}, is not as `release-portal package` writes it"
            return
    if file.read(1):
        yield "archive: goes on behind its end"


class Package:
    """A package under verification. `problems` are sentences, `facts` what was found to be so.

    `broken` are seals that did not hold when they were packed: the package is as it was made, the release is not.
    """

    def __init__(self, files: Folder | Archive) -> None:
        self.files = files
        self.problems = list(files.problems)
        self.broken: list[str] = []
        self.facts: list[str] = []
        self.signed_by = ""
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
        seen: set[str] = set()
        for path in self.files.paths:
            if path in seen:
                self.problems.append(f"{path}: is there twice")
                continue
            seen.add(path)
            sha, size = hashlib.sha256(), 0
            try:
                with self.files.open(path) as file:
                    for piece in iter(lambda: file.read(PIECE), b""):
                        sha.update(piece)
                        size += len(piece)
            except UNREADABLE as error:
                self.problems.append(f"{path}: cannot be read: {error}")
                continue
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
        """What the statement says of the manifest, of the signature and of each release."""
        try:
            said = json.loads(self._read("statement.json"))
            predicate = said["predicate"]
            stated = [one["digest"]["sha256"] for one in said["subject"] if one["name"] == MANIFEST]
            signed, self.signed_by = predicate.get("signed"), str(predicate.get("signer") or "")
            releases = [(one["version"], one["content"], one["seal"]) for one in predicate["releases"]]
            for release in releases:
                self._release(payload, *release)
        except (*UNREADABLE, TypeError, AttributeError):
            self.problems.append("statement.json: cannot be read")
            return
        if stated != [self.digests[MANIFEST]]:
            self.problems.append("statement.json: is about another manifest")
        if signed is not None and signed != (SIGNATURE in self.digests):
            self.problems.append(f"{SIGNATURE}: {SIGNED[bool(signed)]}")

    def _release(
        self,
        payload: Mapping[str, str],
        version: str,
        content: Mapping[str, Any] | None,
        seal: Mapping[str, Any] | None,
    ) -> None:
        folder = f"data/releases/{version}/"
        held = {path[len(folder) :]: payload[path] for path in payload if path.startswith(folder)}
        if content:
            inside = {path: sha for path, sha in held.items() if path.split("/")[0] in content["folders"]}
            self._same(f"content of {version}", listing_digest(inside), content["sha256"])
        if seal:
            self._same(f"seal of {version}", held.pop("seal.yaml", ""), seal["sha256"])
            found = seal.get("found", seal["content"])
            self._same(f"sealed files of {version}", listing_digest(held), found)
            if seal.get("broken") or found != seal["content"]:
                self.broken.append(f"the seal of {version} was broken already when this was packed")
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
        if not is_armour(self._read(SIGNATURE)):
            self.problems.append(f"{SIGNATURE}: is not one signature of ssh-keygen and nothing else")
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
        if self.signed_by not in said.stdout.decode("utf-8", "replace"):
            self.problems.append(
                f"{SIGNATURE}: is not by the key {self.signed_by}, which the statement names"
            )
        return signer


def is_armour(content: bytes) -> bool:
    """Whether a signature is one block of armour, spelled as base64 is, with nothing before or after it."""
    match = ARMOUR.fullmatch(content.decode("utf-8", "replace"))
    text = match[1].replace("\n", "") if match else ""
    try:
        return bool(text) and base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
    except ValueError:
        return False


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
    except UNREADABLE as error:
        raise Unusable(f"{path}: {getattr(error, 'strerror', None) or error}") from error


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
    package.facts += package.broken
    wrong = package.problems or package.broken
    return 1 if wrong else 3 if unchecked else 0, package.problems, package.facts


def refusal(given: argparse.Namespace) -> str:
    """Why the options make no sense; empty where they do. Nothing that was asked for is passed over."""
    keys = given.allowed_signers
    if keys is not None and not keys.is_file():
        return f"--allowed-signers: {keys} is no file"
    for name, value in (("--signer", given.signer), ("--at", given.at)):
        if value is not None and keys is None:
            return f"{name} needs --allowed-signers: without keys no signature is checked"
    if given.signer is not None and not given.signer.strip():
        return "--signer names nobody"
    if given.digest is not None and not re.fullmatch(r"[0-9a-f]{64}", given.digest):
        return "--digest is not the 64 hexadecimal digits that `release-portal package` printed"
    if given.at is not None and not is_day(given.at):
        return f"--at: {given.at} is no day as YYYYMMDD"
    return ""


def is_day(text: str) -> bool:
    """Whether a text is a day as ssh-keygen reads it, YYYYMMDD."""
    try:
        return f"{datetime.strptime(text, '%Y%m%d'):%Y%m%d}" == text
    except ValueError:
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Verify an audit package.")
    parser.add_argument("package", type=Path, help="the zip archive, or the folder it was unpacked to")
    parser.add_argument("--allowed-signers", type=Path, help="keys that you trust, as ssh-keygen reads them")
    parser.add_argument("--signer", help="the address that must have signed")
    parser.add_argument("--digest", help="what `release-portal package` printed")
    parser.add_argument("--at", help="when the key must have been valid, YYYYMMDD; else today")
    given = parser.parse_args(arguments)
    if why := refusal(given):
        said(sys.stderr, f"cannot be verified: {why}")
        return 2
    try:
        options = (given.signer or "", given.digest or "", given.at or "")
        code, problems, facts = verify(given.package, given.allowed_signers, *options)
    except (Unusable, FileNotFoundError) as error:
        said(sys.stderr, f"cannot be verified: {error}")
        return 2 if isinstance(error, Unusable) else 3
    ends = {
        0: "valid",
        1: f"NOT VALID: {len(problems)} wrong"
        if problems
        else "AS IT WAS MADE, of a release with a broken seal",
        3: "NOT VERIFIED: the signature was not checked",
    }
    said(sys.stdout, *facts, *(f"WRONG {line}" for line in problems), ends[code])
    return code


def said(stream: IO[str], *lines: str) -> None:
    """Say some lines; a name in a package may hold what would steer a terminal."""
    for line in lines:
        stream.write("".join(sign if sign.isprintable() else "?" for sign in line) + "\n")


if __name__ == "__main__":
    sys.exit(main())
