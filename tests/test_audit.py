"""Audit packages and seals: the same bytes everywhere, every kind of tampering found, by others' programs as well."""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import assess
from release_portal.audit import bag, verify
from release_portal.audit.atomic import atomic
from release_portal.failure import Failure, Misconfigured
from release_portal.pages import evidence
from tests.conftest import ROOT, Run, copy_base, copy_sample, run

VERSION, NAME = "2.4.0", "audit-package-2.4.0"
HTML = ("--report", "html")  # where the report is not looked at: a PDF takes seconds
SCOPE = f"data/releases/{VERSION}/01-planning/scope.md"
JUNIT = f"data/releases/{VERSION}/evidence/junit-features.xml"
MANIFEST, TAGS, SIGNATURE = bag.MANIFEST, bag.TAGS, bag.SIGNATURE
BAGIT_PY = Path(sys.executable).parent / "bagit.py"


@dataclass(frozen=True)
class Made:
    """A signed package of the demo's 2.4.0, the folder it unpacks to, and who may sign."""

    archive: Path
    folder: Path
    trusted: Path
    other_key: Path
    digest: str

    def copy(self, target: Path) -> Path:
        """The unpacked package, to be spoilt."""
        return Path(shutil.copytree(self.folder, target / "bag"))


def key(folder: Path, name: str, address: str) -> tuple[Path, str]:
    """A private key, and its line for a list of allowed signers."""
    private = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", address, "-f", str(private)]
    subprocess.run(command, check=True)
    kind, public = private.with_name(f"{name}.pub").read_text().split()[:2]
    return private, f"{address} {kind} {public}\n"


def unpack(archive: Path, target: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    return target / NAME


@pytest.fixture(scope="module")
def made(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("audit")
    private, line = key(folder, "auditor", "meera.iyer@dealsphere.example")
    other, _ = key(folder, "other", "meera.iyer@dealsphere.example")
    (folder / "trusted").write_text(line)
    archive = folder / f"{NAME}.zip"
    done = run("package", VERSION, "-o", str(archive), "--sign", str(private), cwd=demo[0])
    assert done.code == 0, done.err
    return Made(archive, unpack(archive, folder), folder / "trusted", other, done.out[:64])


def verified(path: Path, made: Made, **options: str) -> tuple[int, list[str]]:
    code, problems, _ = verify.verify(path, made.trusted, **options)
    return code, problems


# --- the same bytes ------------------------------------------------------------------------------------------------


def test_two_runs_in_other_folders_zones_and_umasks_give_the_same_bytes(
    demo: tuple[Path, Run], tmp_path: Path
) -> None:
    archives = []
    for place, zone, umask, seed in (
        ("a", "Pacific/Auckland", 0o077, "1"),
        ("b/c", "America/Lima", 0o002, "2"),
    ):
        root = tmp_path / place / "portal"
        shutil.copytree(demo[0], root, symlinks=True)
        for path in root.rglob("releases/**/*.yaml"):
            os.utime(path, (1, int(seed) * 1_000_000))
        target = root.parent / "out.zip"
        before = os.umask(umask)
        try:
            environment = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C", "HOME": str(tmp_path / place)}
            done = run("package", VERSION, "-o", str(target), cwd=root, env=environment)
        finally:
            os.umask(before)
        assert done.code == 0, done.err
        archives.append(target.read_bytes())

    assert archives[0] == archives[1]
    with zipfile.ZipFile(io.BytesIO(archives[0])) as archive:
        report = archive.read(f"{NAME}/data/report/{VERSION}.pdf")
    assert report.startswith(b"%PDF-")


def test_it_prints_the_digest_that_the_record_audit_package_states(tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "sample")
    stated = (sample / "releases/2.4.0/08-monitoring/audit-package.yaml").read_text()

    done = run(
        "package", VERSION, "-o", str(tmp_path / "out.zip"), *HTML, "--as-of", "2026-11-24", cwd=sample
    )

    (content,) = [line.split()[0] for line in done.out.splitlines() if "as audit-package states it" in line]
    assert f'digest: "{content}"' in stated


def test_a_package_that_is_there_is_not_written_over(
    made: Made, demo: tuple[Path, Run], tmp_path: Path
) -> None:
    target = tmp_path / "out.zip"
    target.write_text("precious")

    refused = run("package", VERSION, "-o", str(target), cwd=demo[0])
    assert (refused.code, target.read_text()) == (2, "precious")

    assert run("package", VERSION, "-o", str(target), "--force", *HTML, cwd=demo[0]).code == 0
    assert verify.verify(target)[0] == 0


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    evidence, target = tmp_path / "evidence.csv", tmp_path / "out.zip"
    evidence.write_bytes(b"new")
    payload = [bag.Payload("evidence.csv", evidence, hashlib.sha256(b"old").hexdigest())]

    with pytest.raises(Failure, match="changed while it was packed"), atomic(target) as file:
        bag.write(file, "name", payload, lambda _: {})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence.csv"]


def test_a_package_that_is_killed_leaves_the_old_file_whole(base: Path, tmp_path: Path) -> None:
    evidence = base / "releases/1.0.0/evidence"
    for number in range(60):
        (evidence / f"{number}.log").write_bytes(os.urandom(1 << 20))
    target = tmp_path / "out" / "out.zip"
    target.parent.mkdir()
    target.write_text("precious")
    command = [sys.executable, "-m", "release_portal", "package", "1.0.0", "-o", str(target), "--force"]
    options = ["--as-of", "2026-03-03", *HTML]
    with subprocess.Popen([*command, *options], cwd=base, stderr=subprocess.DEVNULL) as process:
        while not any(path.stat().st_size > 1 << 22 for path in target.parent.glob(".out.zip.*")):
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.001)
        process.kill()

    assert process.returncode == -signal.SIGKILL
    assert target.read_text() == "precious"
    assert run("package", "1.0.0", "-o", str(target), "--force", *options, cwd=base).code == 0
    assert verify.verify(target)[0] == 0


def test_whoever_comes_second_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    # The other writer has to come in between, so the block holds both.
    with pytest.raises(Misconfigured, match="is there already"), atomic(target) as file:  # noqa: PT012
        file.write(b"second")
        target.write_bytes(b"first")

    assert target.read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


# --- tampering -----------------------------------------------------------------------------------------------------


def relist(folder: Path) -> None:
    """Make both manifests fit what is there, as somebody with a text editor and `sha256sum` would."""
    rewrite(folder, MANIFEST, [path for path in paths(folder) if path.startswith("data/")])
    beside = [path for path in paths(folder) if not path.startswith("data/")]
    rewrite(folder, TAGS, [path for path in beside if path not in {TAGS, SIGNATURE}])


def rewrite(folder: Path, name: str, listed: list[str]) -> None:
    lines = (f"{hashlib.sha256((folder / path).read_bytes()).hexdigest()}  {path}\n" for path in listed)
    (folder / name).write_text("".join(lines))


def paths(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def edit(folder: Path, path: str, change: Callable[[bytes], bytes]) -> None:
    (folder / path).write_bytes(change((folder / path).read_bytes()))


def flip(content: bytes) -> bytes:
    """One bit of the byte in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def without_line(path: str) -> Callable[[bytes], bytes]:
    return lambda text: b"".join(
        line for line in text.splitlines(keepends=True) if not line.endswith(f"  {path}\n".encode())
    )


def swap(folder: Path, one: str, other: str) -> None:
    first, second = (folder / one).read_bytes(), (folder / other).read_bytes()
    (folder / one).write_bytes(second)
    (folder / other).write_bytes(first)


def add(folder: Path, path: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("added\n")


def remove_and_unlist(folder: Path) -> None:
    (folder / JUNIT).unlink()
    edit(folder, MANIFEST, without_line(JUNIT))


def spoil_and_relist(folder: Path) -> None:
    edit(folder, SCOPE, flip)
    relist(folder)


def spoil_all(folder: Path) -> None:
    """Everything that can be made to fit without the key."""
    old = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    add(folder, f"data/releases/{VERSION}/evidence/added.txt")
    relist(folder)
    new = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    edit(folder, "statement.json", lambda text: text.replace(old.encode(), new.encode()))
    files = [folder / path for path in paths(folder) if path.startswith("data/")]
    oxum = f"Payload-Oxum: {sum(file.stat().st_size for file in files)}.{len(files)}\n"
    edit(folder, "bag-info.txt", lambda text: re.sub(rb"Payload-Oxum: .*\n", oxum.encode(), text))
    relist(folder)


def rename(folder: Path) -> None:
    (folder / JUNIT).rename(folder / JUNIT.replace("junit", "tests"))


def link(folder: Path) -> None:
    (folder / JUNIT).rename(folder.parent / "elsewhere.xml")
    (folder / JUNIT).symlink_to(folder.parent / "elsewhere.xml")


TAMPERING: dict[str, Callable[[Path], object]] = {
    "one bit of a record": lambda folder: edit(folder, SCOPE, flip),
    "one bit of an evidence file": lambda folder: edit(folder, JUNIT, flip),
    "a byte at the end": lambda folder: edit(folder, SCOPE, lambda text: text + b"\n"),
    "line ends": lambda folder: edit(folder, SCOPE, lambda text: text.replace(b"\n", b"\r\n")),
    "a file emptied": lambda folder: edit(folder, JUNIT, lambda _: b""),
    "a file added": lambda folder: add(folder, "data/added.txt"),
    "a hidden file added": lambda folder: add(folder, "data/.added"),
    "a file added beside the payload": lambda folder: add(folder, "added.txt"),
    "a file added and listed": lambda folder: (add(folder, "data/added.txt"), relist(folder)),
    "a file removed": lambda folder: (folder / JUNIT).unlink(),
    "a file removed and unlisted": remove_and_unlist,
    "a file removed and all listed anew": lambda folder: ((folder / JUNIT).unlink(), relist(folder)),
    "a file renamed": rename,
    "two files swapped": lambda folder: swap(folder, SCOPE, JUNIT),
    "a link in a file's place": link,
    "the manifest cut off": lambda folder: edit(folder, MANIFEST, lambda text: text[: len(text) // 2]),
    "the manifest emptied": lambda folder: edit(folder, MANIFEST, lambda _: b""),
    "the manifest removed": lambda folder: (folder / MANIFEST).unlink(),
    "a line of the manifest gone": lambda folder: edit(folder, MANIFEST, without_line(JUNIT)),
    "a line of the manifest twice": lambda folder: edit(folder, MANIFEST, lambda text: text + text.splitlines(keepends=True)[0]),
    "the tag manifest cut off": lambda folder: edit(folder, TAGS, lambda text: text[:-30]),
    "the tag manifest removed": lambda folder: (folder / TAGS).unlink(),
    "the count": lambda folder: edit(folder, "bag-info.txt", lambda text: re.sub(rb"Oxum: \d+", b"Oxum: 1", text)),
    "the statement": lambda folder: edit(folder, "statement.json", lambda text: text.replace(b'"closed"', b'"open"')),
    "the statement removed": lambda folder: (folder / "statement.json").unlink(),
    "the verifier": lambda folder: edit(folder, "verify.py", lambda text: text + b"sys.exit(0)\n"),
    "the declaration": lambda folder: edit(folder, "bagit.txt", lambda text: text.replace(b"1.0", b"0.9")),
    "a record changed and all listed anew": spoil_and_relist,
    "a file added and everything made to fit": spoil_all,
    "the signature removed": lambda folder: (folder / SIGNATURE).unlink(),
    "the signature emptied": lambda folder: edit(folder, SIGNATURE, lambda _: b""),
    "words before the signature": lambda folder: edit(folder, SIGNATURE, lambda text: b"Approved.\n" + text),
    "words behind the signature": lambda folder: edit(folder, SIGNATURE, lambda text: text + b"Approved.\n"),
    "the signature twice": lambda folder: edit(folder, SIGNATURE, lambda text: text + text),
    "an empty folder": lambda folder: (folder / "data/releases/9.9.9").mkdir(),
    "one bit of the signature": lambda folder: edit(folder, SIGNATURE, flip),
}  # fmt: skip
# What no program can tell that looks at a package alone: it agrees with itself, and nobody has vouched for it.
CONSISTENT = {"a file added and everything made to fit"}


def test_the_untouched_package_is_valid(made: Made) -> None:
    for path in (made.archive, made.folder):
        assert verified(path, made) == (0, [])
        assert verified(path, made, digest=made.digest, signer="meera.iyer@dealsphere.example") == (0, [])


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(kind: str, made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    TAMPERING[kind](folder)

    code, problems = verified(folder, made)

    assert code == 1
    assert problems


@pytest.mark.parametrize("kind", sorted(TAMPERING.keys() - {"one bit of the signature"}))
def test_without_the_keys_a_digest_from_elsewhere_finds_it(kind: str, made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    TAMPERING[kind](folder)

    assert verify.verify(folder, digest=made.digest)[0] == 1
    assert (verify.verify(folder)[0] == 3) == (kind in CONSISTENT)


def test_a_signature_by_another_key_is_found(made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    spoil_all(folder)
    (folder / SIGNATURE).unlink()
    command = [
        "ssh-keygen",
        "-Y",
        "sign",
        "-q",
        "-n",
        "release-portal",
        "-f",
        str(made.other_key),
        str(folder / TAGS),
    ]
    subprocess.run(command, check=True)

    code, problems = verified(folder, made)

    assert code == 1
    assert any(one.startswith(SIGNATURE) for one in problems)


def test_a_good_signature_by_somebody_else_than_asked_for_is_found(made: Made) -> None:
    assert verified(made.folder, made, signer="eve@example.com")[0] == 1


def test_a_signature_that_nobody_checked_is_never_called_valid(made: Made) -> None:
    code, problems, facts = verify.verify(made.archive)

    assert (code, problems) == (3, [])
    assert "signature not checked" in facts[-1]


# --- the archive ---------------------------------------------------------------------------------------------------


def pack(folder: Path, target: Path, **how: int) -> Path:
    """Pack a folder again, as any program does."""
    with zipfile.ZipFile(target, "w", **how) as archive:
        for path in paths(folder):
            archive.write(folder / path, f"{NAME}/{path}")
    return target


def packed_alike(made: Made, target: Path, change: Callable[[zipfile.ZipInfo], object]) -> Path:
    """The archive packed again with one thing changed in each entry."""
    with zipfile.ZipFile(made.archive) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            change(entry)
            new.writestr(entry, content)
    return target


def test_an_archive_packed_again_is_told_though_its_files_are_the_same(made: Made, tmp_path: Path) -> None:
    changes: dict[str, Callable[[zipfile.ZipInfo], object]] = {
        "date": lambda entry: setattr(entry, "date_time", (2026, 1, 1, 0, 0, 0)),
        "mode": lambda entry: setattr(entry, "external_attr", 0o100755 << 16),
        "compression": lambda entry: setattr(entry, "compress_type", zipfile.ZIP_DEFLATED),
        "comment": lambda entry: setattr(entry, "comment", b"later"),
        "system": lambda entry: setattr(entry, "create_system", 0),
    }
    again = {name: packed_alike(made, tmp_path / name, change) for name, change in changes.items()}
    again["plain"] = pack(made.folder, tmp_path / "plain")
    again["small"] = pack(made.folder, tmp_path / "small", compression=zipfile.ZIP_DEFLATED)

    assert {name for name, path in again.items() if verified(path, made)[0] != 1} == set()
    assert packed_alike(made, tmp_path / "same", lambda _: None).read_bytes() == made.archive.read_bytes()


def test_bytes_before_between_and_after_the_entries_are_found(made: Made, tmp_path: Path) -> None:
    content = made.archive.read_bytes()
    for number, spoilt in enumerate((b"x" + content, content + b"x", content[:-10], flip(content))):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(spoilt)
        try:
            assert verified(path, made)[0] == 1
        except verify.Unusable:
            assert number == 2  # a cut-off archive is none


def found(path: Path) -> bool:
    try:
        return verify.verify(path)[0] == 1
    except verify.Unusable:
        return True


def test_one_bit_anywhere_in_the_headers_directory_and_end_is_found(made: Made, tmp_path: Path) -> None:
    content, path = made.archive.read_bytes(), tmp_path / "flipped.zip"
    with zipfile.ZipFile(made.archive) as archive:
        entries, directory = archive.infolist(), archive.start_dir
    at = entries[40].header_offset
    before = directory + sum(46 + len(one.filename) for one in entries[:40])
    places = [*range(at, at + 30), *range(before, before + 46), *range(len(content) - 22, len(content))]
    missed = []
    for place in places:
        for bit in (1, 128):
            path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            missed += [] if found(path) else [(place, bit)]

    assert len(places) == 98
    assert missed == []


def test_what_an_archive_says_in_two_places_is_held_to_one(made: Made, tmp_path: Path) -> None:
    """Where unzip would give other files than those that were looked at."""
    content, path = bytearray(made.archive.read_bytes()), tmp_path / "two.zip"
    with zipfile.ZipFile(made.archive) as archive:
        at, count = archive.infolist()[40].header_offset, len(archive.infolist())
    for place, layout, values in (
        (at + 14, "<III", (0, 5, 5)),  # another CRC-32, and a prefix of the file
        (at + 8, "<H", (8,)),  # deflated
        (at + 6, "<H", (1,)),  # encrypted
        (len(content) - 14, "<HH", (count // 2, count // 2)),  # half of the files
    ):
        spoilt = bytearray(content)
        struct.pack_into(layout, spoilt, place, *values)
        path.write_bytes(spoilt)
        assert found(path), layout


def test_archives_with_numbers_of_64_bits_are_held_to_their_bytes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is lowered for both, the writer and the verifier, so that the test needs no gigabytes."""
    path = tmp_path / "wide.zip"
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 3000)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 5)
    for name in ("LIMIT", "MANY"):
        monkeypatch.setattr(verify, name, {"LIMIT": 3000, "MANY": 5}[name])
    sizes = (1, 2900, 3001, 10, 9000, 2)  # 2900: wide before the file, and not in the directory
    payload = [bag.Payload(f"{number}.bin", os.urandom(size)) for number, size in enumerate(sizes)]
    with path.open("w+b") as target:
        bag.write(target, "name", payload, lambda _: {})

    assert verify.Archive(path).problems == []
    content = path.read_bytes()
    for at in (4, 40, len(content) - 30, len(content) - 70):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with contextlib.suppress(zipfile.BadZipFile):  # which is an answer too
            assert verify.Archive(path).problems != [], at


def test_whatever_an_archive_holds_the_answer_is_a_sentence(made: Made, tmp_path: Path) -> None:
    for name in ("../../evil.txt", "/etc/evil", "\x1b[2Jclear", "audit-package-2.4.0/../x", "other/a"):
        path = Path(shutil.copyfile(made.archive, tmp_path / "odd.zip"))
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "evil")
        done = run("verify", str(path), cwd=tmp_path)
        assert (done.code, "Traceback" in done.err, "\x1b" in done.out) == (1, False, False), name
    content = made.archive.read_bytes()
    version_99 = content.replace(b"PK\x01\x02\x14", b"PK\x01\x02\x63", 1).replace(
        b"\x03\x14\x00", b"\x03\x63\x00"
    )
    for spoilt in (content[:-30], content[5000:], content[:4] + b"\xff" * 200 + content[204:], version_99):
        (tmp_path / "spoilt.zip").write_bytes(spoilt)
        done = run("verify", str(tmp_path / "spoilt.zip"), cwd=tmp_path)
        assert done.code in (1, 2)
        assert "Traceback" not in done.err


def test_an_entry_that_is_there_twice_is_found(made: Made, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(made.archive, tmp_path / "twice.zip"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(f"{NAME}/{SCOPE}", "another scope")

    assert verified(path, made)[0] == 1


# --- other programs ------------------------------------------------------------------------------------------------


def bagit(folder: Path) -> bool:
    done = subprocess.run(
        [sys.executable, BAGIT_PY, "--quiet", "--validate", folder], capture_output=True, check=False
    )
    return done.returncode == 0


def sha256sum(folder: Path) -> bool:
    command = ["sha256sum", "--strict", "--quiet", "-c", MANIFEST, TAGS]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def test_bagit_and_sha256sum_agree_on_the_untouched_package(made: Made) -> None:
    assert bagit(made.folder)
    assert sha256sum(made.folder)


# By the nature of these programs: bagit passes over tag files that are not listed, sha256sum over all that is not
# listed, and neither looks at signatures or at what the statement says.
OF_SIGNATURE = {
    "the signature removed", "the signature emptied", "one bit of the signature", "the signature twice",
    "words before the signature", "words behind the signature", "an empty folder",
}  # fmt: skip
BLIND = {
    "bagit": {
        "a file added beside the payload", "the tag manifest cut off", "the tag manifest removed",
        "a record changed and all listed anew", *OF_SIGNATURE, *CONSISTENT,
    },
    "sha256sum": {
        "a file added", "a hidden file added", "a file added beside the payload", "a file added and listed",
        "a file removed and all listed anew", "a link in a file's place", "a record changed and all listed anew",
        *OF_SIGNATURE, *CONSISTENT,
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", TAMPERING)
def test_bagit_and_sha256sum_find_what_they_can(kind: str, made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    TAMPERING[kind](folder)

    for name, program in (("bagit", bagit), ("sha256sum", sha256sum)):
        assert program(folder) == (kind in BLIND[name]), name


def test_the_verifier_in_the_package_needs_nothing_but_python(made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    environment = {"PATH": os.environ["PATH"]}

    def program(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "verify.py", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    good = program(".", "--allowed-signers", str(made.trusted))
    assert (good.returncode, good.stdout.splitlines()[-1], good.stderr) == (0, "valid", "")
    assert program(str(made.archive), "--allowed-signers", str(made.trusted)).returncode == 0
    assert program(str(made.archive)).returncode == 3
    assert program("nowhere").returncode == 2
    edit(folder, SCOPE, flip)
    bad = program(".", "--allowed-signers", str(made.trusted))
    assert bad.returncode == 1
    assert f"WRONG {SCOPE}: has another SHA-256 than {MANIFEST} gives" in bad.stdout


def test_the_commands_of_the_readme_do_what_it_says(made: Made, tmp_path: Path) -> None:
    folder = made.copy(tmp_path)
    block = re.search(r"\n\n((?:    .+\n)+)", (folder / "README.md").read_text())
    assert block
    commands = [line.strip() for line in block[1].splitlines()]
    assert [command.split()[0] for command in commands] == ["sha256sum", "bagit.py", "python3"]
    path = f"{BAGIT_PY.parent}:{os.environ['PATH']}"
    for command in commands:
        words = [str(made.trusted) if word == "KEYS" else word for word in command.split()]
        done = subprocess.run(
            words, cwd=folder, env={"PATH": path}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def test_the_command_verifies_as_the_program_does(made: Made, tmp_path: Path) -> None:
    good = run("verify", str(made.archive), "--allowed-signers", str(made.trusted), cwd=tmp_path)
    assert (good.code, good.out.splitlines()[-1]) == (0, "valid")
    assert run("verify", str(made.archive), cwd=tmp_path).code == 3
    assert run("verify", str(made.archive), "--digest", "0" * 64, cwd=tmp_path).code == 1


def test_an_option_that_asks_for_nothing_that_can_be_checked_is_refused(made: Made, tmp_path: Path) -> None:
    keys = ("--allowed-signers", str(made.trusted))
    for options in (
        ("--signer", "meera.iyer@dealsphere.example"),
        ("--at", "20260101"),
        ("--digest", ""),
        ("--digest", made.digest[:-1]),
        ("--allowed-signers", ""),
        ("--allowed-signers", "nowhere"),
        (*keys, "--signer", ""),
        (*keys, "--at", "garbage"),
        (*keys, "--at", "20260230"),
    ):
        done = run("verify", str(made.archive), *options, cwd=tmp_path)
        assert (done.code, done.out) == (2, ""), options
        assert done.err.startswith("cannot be verified: --"), options
    assert run("verify", str(made.archive), *keys, "--at", "20990101", cwd=tmp_path).code == 0


def test_a_package_says_that_it_is_signed_and_by_which_key(made: Made, tmp_path: Path) -> None:
    said = json.loads((made.folder / "statement.json").read_text())["predicate"]
    listed = subprocess.run(
        ["ssh-keygen", "-l", "-f", made.trusted.parent / "auditor.pub"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said["signed"], said["signer"]) == (True, listed.stdout.split()[1])

    without = tmp_path / "without.zip"
    with zipfile.ZipFile(made.archive) as old, zipfile.ZipFile(without, "w") as new:
        for entry in old.infolist():
            if not entry.filename.endswith(".sig"):
                new.writestr(entry, old.read(entry))
    code, problems, _ = verify.verify(without)
    assert (code, problems) == (
        1,
        [f"{SIGNATURE}: is missing: the statement says that the package was signed"],
    )


# --- what is in it -------------------------------------------------------------------------------------------------


def test_it_holds_every_file_of_the_release_as_it_is(made: Made, demo: tuple[Path, Run]) -> None:
    source = demo[0] / "releases" / VERSION
    packed = made.folder / "data/releases" / VERSION

    assert paths(packed) == paths(source)
    assert all((packed / path).read_bytes() == (source / path).read_bytes() for path in paths(source))


def test_links_of_the_pages_lead_to_files_of_the_package(made: Made) -> None:
    pages = sorted((made.folder / "data").rglob("*.html"))
    assert len(pages) > 15
    links = 0
    for page in pages:
        text = page.read_text()
        assert "<script" not in text
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            path, _, fragment = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, link)
            assert target.is_relative_to(made.folder.resolve() if path else made.folder)
            if fragment and target.suffix == ".html":
                assert f'id="{fragment}"' in target.read_text(), (page, link)
            links += 1
    assert links > 300


def test_the_facts_are_those_of_git(made: Made, demo: tuple[Path, Run]) -> None:
    facts = json.loads((made.folder / f"data/facts/{VERSION}.json").read_text())
    product = demo[0] / "repositories/platform"

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=product, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    (platform,) = facts["products"]
    (tag,) = platform["tags"]
    assert tag["object"] == git("rev-parse", "v2.4.0")
    assert tag["commit"] == git("rev-parse", "v2.4.0^{commit}")
    assert tag["signature"]["verdict"] == "good"
    before = platform["range"]["from"]
    spelled = f"{before}..v2.4.0" if before else "v2.4.0"
    assert sorted(one["id"] for one in platform["range"]["commits"]) == sorted(
        git("rev-list", spelled).split()
    )
    assert {one["proof"] for one in facts["signoffs"]} == {"signed"}
    assert facts["portal"]["files"][f"releases/{VERSION}/release.yaml"]["in_head"]


def test_the_statement_names_the_manifest_and_the_tag(made: Made) -> None:
    said = json.loads((made.folder / "statement.json").read_text())
    facts = json.loads((made.folder / f"data/facts/{VERSION}.json").read_text())

    assert said["_type"] == "https://in-toto.io/Statement/v1"
    subjects = {one["name"]: one["digest"] for one in said["subject"]}
    assert subjects["portal"] == {"gitCommit": facts["portal"]["head"]}
    assert subjects[MANIFEST]["sha256"] == hashlib.sha256((made.folder / MANIFEST).read_bytes()).hexdigest()
    (tag,) = facts["products"][0]["tags"]
    assert subjects["platform@v2.4.0"] == {"gitCommit": tag["commit"], "gitTag": tag["object"]}


def test_a_package_of_a_period_holds_what_was_deployed_in_it(tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "sample")
    out = tmp_path / "period.zip"

    done = run(
        "package", "--since", "2026-07-14", "--until", "2026-08-31", "-o", str(out), "--as-of", "2026-11-24", cwd=sample
    )  # fmt: skip

    assert done.code == 0, done.err
    assert verify.verify(out)[:2] == (0, [])
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        index = archive.read("audit-package-2026-07-14-to-2026-08-31/data/pages/index.html").decode()
    held = {name.split("/")[3] for name in names if "/data/releases/" in name}
    reports = {name.rpartition("/")[2] for name in names if "/data/report/" in name}
    assert reports == {"2.4.0.pdf", "2.4.1.pdf"}
    assert held == {"2.4.0", "2.4.1"} == set(re.findall(r'href="releases/([0-9.]+)/index.html"', index))
    assert run("package", "--since", "2020-01-01", "--until", "2020-12-31", cwd=sample).code == 2
    assert run("package", "--since", "2026-12-31", "--until", "2026-01-01", cwd=sample).code == 2
    assert run("package", "2.4.0", "--since", "2026-01-01", cwd=sample).code == 2


def test_crlf_of_a_checkout_changes_no_digest_of_a_record(base: Path, tmp_path: Path) -> None:
    plain = run("package", "1.0.0", "-o", str(tmp_path / "a.zip"), *HTML, "--as-of", "2026-03-03", cwd=base)
    scope = base / "releases/1.0.0/01-plan/scope.md"
    scope.write_bytes(scope.read_bytes().replace(b"\n", b"\r\n"))
    windows = run("package", "1.0.0", "-o", str(tmp_path / "b.zip"), *HTML, "--as-of", "2026-03-03", cwd=base)

    assert plain.out == windows.out


def test_memory_does_not_grow_with_the_evidence(tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for size in (1, 64):
        big = tmp_path / f"{size}.bin"
        big.write_bytes(os.urandom(1 << 20) * size)
        with (tmp_path / "out.zip").open("w+b") as target:
            tracemalloc.start()
            bag.write(target, "name", [bag.Payload("big.bin", big)], lambda _: {})
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    assert peaks[1] < peaks[0] + (1 << 20)


# --- seals ---------------------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Meera Iyer", "-c", "user.email=meera.iyer@dealsphere.example")
    command = ["git", *identity, "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def seal(root: Path, version: str, *options: str) -> Run:
    done = run("seal", version, "--as", "meera.iyer", *options, cwd=root)
    if done.code == 0:
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", f"Seal {version}")
    return done


def told(root: Path, rule: str) -> list[dict[str, str]]:
    found = json.loads(run("check", "--format", "json", cwd=root).out)["findings"]
    return [one for one in found if one["rule"] == rule]


@pytest.fixture(scope="module")
def both_sealed(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sealed") / "portal"
    shutil.copytree(demo[0], root, symlinks=True)
    for version in ("2.4.0", "2.4.1"):
        done = seal(root, version)
        assert done.code == 0, done.err
    return root


@pytest.fixture
def sealed(both_sealed: Path, tmp_path: Path) -> Path:
    """The demo with both closed releases sealed, to be changed."""
    return Path(shutil.copytree(both_sealed, tmp_path / "portal", symlinks=True))


SEAL_RULES = ("broken-seal", "broken-seal-chain", "judged-by-another-process", "judged-by-another-roster")


def test_sealed_releases_check_clean_and_form_a_chain(both_sealed: Path) -> None:
    seals = [both_sealed / f"releases/{version}/seal.yaml" for version in ("2.4.0", "2.4.1")]

    assert not [one for rule in (*SEAL_RULES, "record-after-closure") for one in told(both_sealed, rule)]
    assert run("check", cwd=both_sealed).code == 0
    assert "previous:" not in seals[0].read_text()
    digest = hashlib.sha256(seals[0].read_bytes()).hexdigest()
    assert f'previous:\n  version: "2.4.0"\n  digest: "{digest}"' in seals[1].read_text()


def test_the_listing_of_a_seal_is_what_sha256sum_checks(both_sealed: Path) -> None:
    folder = both_sealed / "releases/2.4.0"
    text = (folder / "seal.yaml").read_text().partition("files: |-\n")[2]
    listing = "".join(line.removeprefix("  ") for line in text.splitlines(keepends=True))
    done = subprocess.run(
        ["sha256sum", "--strict", "--quiet", "-c", "-"], cwd=folder, input=listing, text=True, check=False
    )
    assert done.returncode == 0
    assert len(listing.splitlines()) == len(paths(folder)) - 1


def test_one_byte_in_any_file_of_a_sealed_release_is_an_error_that_names_it(sealed: Path) -> None:
    folder = sealed / "releases/2.4.0"
    changed = [path for path in paths(folder) if path != "seal.yaml"]
    for path in changed:
        (folder / path).write_bytes((folder / path).read_bytes() + b"\n")
    git(sealed, "commit", "-q", "-am", "Tidy up")
    commit = git(sealed, "rev-parse", "HEAD")[:12]

    found = {one["path"]: one for one in told(sealed, "broken-seal")}

    assert set(found) == {f"releases/2.4.0/{path}" for path in changed}
    assert {one["severity"] for one in found.values()} == {"error"}
    assert all(f"in {commit} by Meera Iyer" in one["message"] for one in found.values())


def test_a_file_that_came_and_one_that_went_are_named(sealed: Path) -> None:
    folder = sealed / "releases/2.4.0"
    (folder / "evidence/late.txt").write_text("late\n")
    (folder / "05-documentation/runbooks/rail-failover.md").unlink()

    said = {one["path"].rpartition("/")[2]: one["message"] for one in told(sealed, "broken-seal")}

    assert said["late.txt"].startswith("was added after 2.4.0 was sealed")
    assert said["rail-failover.md"].startswith("was removed after 2.4.0 was sealed")


def test_a_seal_taken_away_or_set_anew_is_told(sealed: Path) -> None:
    last = sealed / "releases/2.4.1/seal.yaml"
    last.unlink()
    git(sealed, "commit", "-q", "-am", "Tidy up")
    commit = git(sealed, "rev-parse", "HEAD")[:12]
    (gone,) = told(sealed, "broken-seal-chain")
    assert f"taken away, in {commit} by Meera Iyer" in gone["message"]

    git(sealed, "revert", "--no-edit", "HEAD")
    first = sealed / "releases/2.4.0/seal.yaml"
    first.write_text(first.read_text().replace("sealed_by: meera.iyer", "sealed_by: arjun.nair"))
    git(sealed, "commit", "-q", "-am", "Another sealer")
    assert "is not the one that it follows" in told(sealed, "broken-seal-chain")[0]["message"]
    assert "set anew, in" in told(sealed, "broken-seal")[0]["message"]


def test_a_tag_put_anew_on_the_same_commit_is_told(sealed: Path) -> None:
    git(sealed / "repositories/platform", "tag", "-f", "-a", "-m", "again", "v2.4.0", "v2.4.0^{commit}")

    assert any(
        "tag 'v2.4.0' of platform is the object" in one["message"] for one in told(sealed, "broken-seal")
    )


def test_a_process_that_asks_for_something_else_is_told_and_another_wording_is_not(sealed: Path) -> None:
    process = sealed / "release-process.md"
    process.write_text(process.read_text().replace("Every production release", "Each production release", 1))
    git(sealed, "commit", "-q", "-am", "Wording")
    assert told(sealed, "judged-by-another-process") == []

    seal_file = sealed / "releases/2.4.1/seal.yaml"
    text = seal_file.read_text()
    digest = re.search(r'process:\n  version: "1.1"\n  digest: "([0-9a-f]+)"', text)
    assert digest
    seal_file.write_text(text.replace(digest[1], "0" * 64))
    assert "is not in the history" in told(sealed, "judged-by-another-process")[0]["message"]


def test_a_roster_that_says_otherwise_of_the_past_is_told_with_the_commit(sealed: Path) -> None:
    people = sealed / "roster/people.yaml"
    text = people.read_text()
    people.write_text(re.sub(r"(id: kavita\.rao\n    name: )Kavita Rao", r"\1Kavita Roy", text))
    assert people.read_text() != text
    git(sealed, "commit", "-q", "-am", "Roster")
    commit = git(sealed, "rev-parse", "HEAD")[:12]

    found = told(sealed, "judged-by-another-roster")

    assert {one["release"] for one in found} == {"2.4.0", "2.4.1"}
    assert all(f"in {commit} by Meera Iyer" in one["message"] for one in found)


def test_what_is_not_closed_or_has_errors_or_is_sealed_is_not_sealed(sealed: Path) -> None:
    open_ = seal(sealed, "2.5.0")
    assert (open_.code, "only a closed release is sealed" in open_.err) == (1, True)
    assert "sealed already" in seal(sealed, "2.4.1").err
    assert "another seal follows" in seal(sealed, "2.4.0", "--force").err
    assert "no release '9.9.9'" in seal(sealed, "9.9.9").err
    scope = sealed / "releases/2.4.1/01-planning/scope.md"
    scope.write_text(scope.read_text() + "\nMore.\n")
    refused = seal(sealed, "2.4.1", "--force")
    assert (refused.code, "errors" in refused.err) == (1, True)


def test_the_last_seal_may_be_set_anew_and_that_is_on_record(sealed: Path) -> None:
    done = seal(sealed, "2.4.1", "--force")

    assert done.code == 0, done.err
    assert [(one["severity"], one["release"]) for one in told(sealed, "broken-seal")] == [
        ("warning", "2.4.1")
    ]
    assert told(sealed, "broken-seal-chain") == []


def shown_seal(root: Path) -> str:
    """What the evidence page of the small portal's release says of its seal."""
    assessment = assess(root, settings.read(root / "mkdocs.yml"))
    (page,) = evidence.build(assessment, assessment.portal.releases[0])
    return page.html.partition("<dt>Seal</dt>")[2].partition("</dd>")[0]


def test_what_is_closed_and_not_sealed_says_so_and_what_is_open_says_nothing(base: Path) -> None:
    assert shown_seal(base) == ""
    facts = base / "releases/1.0.0/release.yaml"
    facts.write_text(
        facts.read_text().replace("phase: ship", "phase: closed\nclosed_at: 2026-03-02T20:00:00Z")
    )
    assert "Not sealed yet" in shown_seal(base)
    assert run("seal", "1.0.0", "--as", "ana.silva", cwd=base).code == 0
    assert ">Not signed<" in shown_seal(base)
    assert "by Ana Silva" in shown_seal(base)


def test_a_signed_seal_counts_until_a_byte_of_it_changes(base: Path, tmp_path: Path) -> None:
    private, line = key(tmp_path, "ana", "ana@example.com")
    facts = base / "releases/1.0.0/release.yaml"
    facts.write_text(
        facts.read_text().replace("phase: ship", "phase: closed\nclosed_at: 2026-03-02T20:00:00Z")
    )
    command = ("seal", "1.0.0", "--as", "ana.silva", "--key", str(private))
    assert "does not prove who Ana Silva is" in run(*command, cwd=base).err
    (base / "roster/allowed_signers").write_text(line)

    done = run(*command, cwd=base)

    assert done.code == 0, done.err
    assert told(base, "broken-seal") == []
    assert ">Signed<" in shown_seal(base)
    file = base / "releases/1.0.0/seal.yaml"
    text = file.read_text()
    file.write_text(text.replace('version: "1.0"', 'version: "1.1"', 1))
    assert "signature of the seal does not hold" in told(base, "broken-seal")[0]["message"]
    assert ">Broken<" in shown_seal(base)
    file.write_text(f"{text}tags: []\n")
    assert "not the last key" in told(base, "broken-seal")[0]["message"]


def test_a_package_of_a_sealed_release_is_held_to_its_seal(sealed: Path, tmp_path: Path) -> None:
    assert run("package", "2.4.1", "-o", str(tmp_path / "good.zip"), *HTML, cwd=sealed).code == 0
    assert verify.verify(tmp_path / "good.zip")[:2] == (0, [])
    edit(sealed, "releases/2.4.1/evidence/kpi-samples.csv", flip)
    git(sealed, "commit", "-q", "-am", "Tidy up")

    done = run("package", "2.4.1", "-o", str(tmp_path / "bad.zip"), *HTML, cwd=sealed)

    assert (done.code, "broken seal: releases/2.4.1/evidence/kpi-samples.csv" in done.err) == (1, True)
    code, problems, facts = verify.verify(tmp_path / "bad.zip")
    assert (code, problems) == (1, [])
    assert "the seal of 2.4.1 was broken already when this was packed" in facts
    told = run("verify", str(tmp_path / "bad.zip"), cwd=tmp_path)
    assert told.out.splitlines()[-1] == "AS IT WAS MADE, of a release with a broken seal"
    folder = tmp_path / "bad"
    with zipfile.ZipFile(tmp_path / "bad.zip") as archive:
        archive.extractall(folder)
        report = archive.read("audit-package-2.4.1/data/report/2.4.1.html").decode()
    assert ">Broken<" in report.partition("<dt>Seal</dt>")[2][:200]
    edit(folder / "audit-package-2.4.1", "data/releases/2.4.1/evidence/kpi-samples.csv", flip)
    assert verify.verify(folder / "audit-package-2.4.1")[1]  # tampering is told in its own words


def test_what_is_not_committed_is_not_packed(both_sealed: Path, tmp_path: Path) -> None:
    portal = Path(shutil.copytree(both_sealed, tmp_path / "portal", symlinks=True))
    out = tmp_path / "out.zip"
    changes = {
        "releases/2.4.0/01-planning/scope.md": lambda file: file.write_bytes(file.read_bytes() + b"x\n"),
        "releases/2.4.0/evidence/added.txt": lambda file: file.write_text("added"),
        "releases/2.4.0/evidence/junit-features.xml": lambda file: file.unlink(),
        "roster/people.yaml": lambda file: file.write_bytes(file.read_bytes() + b"# x\n"),
        "roster/allowed_signers": lambda file: file.write_bytes(file.read_bytes() + b"# x\n"),
        "release-process.md": lambda file: file.write_bytes(file.read_bytes() + b"x\n"),
        "mkdocs.yml": lambda file: file.write_bytes(file.read_bytes() + b"# x\n"),
    }
    for path, change in changes.items():
        change(portal / path)
        done = run("package", "2.4.0", "-o", str(out), *HTML, cwd=portal)
        assert (done.code, out.exists()) == (1, False), (path, done.err)
        assert f"{path} is not committed as it stands" in done.err
        git(portal, "checkout", "-q", "--", ".")
        git(portal, "clean", "-fdq", "releases")
    git(portal, "update-index", "--assume-unchanged", "mkdocs.yml")  # the index has no say
    edit(portal, "mkdocs.yml", lambda text: text + b"# x\n")
    assert run("package", "2.4.0", "-o", str(out), *HTML, cwd=portal).code == 1


def test_a_place_for_the_package_that_is_none_is_refused(base: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    scope = base / "releases/1.0.0/01-plan/scope.md"
    before = scope.read_bytes()
    for place, words in (
        (tmp_path / "folder", "is a folder"),
        (scope, "among the records"),
        (base / "releases/x.zip", "among the records"),
    ):
        done = run("package", "1.0.0", "-o", str(place), "--force", *HTML, cwd=base)
        assert (done.code, words in done.err, "Traceback" in done.err) == (2, True, False), done.err
    assert scope.read_bytes() == before


def test_an_empty_archive_and_a_text_are_no_packages(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive")
    with pytest.raises(verify.Unusable):
        verify.verify(tmp_path / "text.zip")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "empty.zip").write_bytes(empty.getvalue())
    assert verify.verify(tmp_path / "empty.zip")[0] == 1


def test_the_small_portal_packs_too(tmp_path: Path) -> None:
    portal = copy_base(tmp_path / "portal")
    done = run("package", "1.0.0", "-o", str(tmp_path / "out.zip"), "--as-of", "2026-03-03", cwd=portal)
    assert done.code == 0, done.err
    assert verify.verify(tmp_path / "out.zip")[0] == 0
    assert "release_portal" not in (ROOT / "generator/release_portal/audit/verify.py").read_text()
