"""What the first version with seals wrote is good for today's: signed history, seal and audit package."""

import lzma
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, run

FIRST = ROOT / "tests/golden/sealed"
DAY = ("--as-of", "2026-12-01T14:00:00Z")
KEYS = ("--allowed-signers", str(FIRST / "allowed_signers"))
# What `package` printed then. Auditors keep these elsewhere, for years.
DIGEST = "0730fc46da0212a0fdfe0207a7ac12bd4d2663c69523982c2b41244bbafd4963"
CONTENT = "c3f2f2ae6da3202adaa5846a7f29c3ee968f5c3ac305a9f2058fe584982cd1da"
SCOPE = "releases/2.4.0/01-planning/scope.md"


def clone(bundle: str, target: Path) -> None:
    subprocess.run(["git", "clone", "-q", FIRST / bundle, target], check=True, capture_output=True)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first portal with a seal, where every sign-off must be proved by signed commits."""
    folder = tmp_path_factory.mktemp("sealed") / "portal"
    clone("portal.bundle", folder)
    clone("platform.bundle", folder / "repositories/platform")
    assert "proof: signed" in (folder / "mkdocs.yml").read_text()
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first audit package."""
    target = tmp_path_factory.mktemp("package") / "audit-package-2.4.0.zip"
    target.write_bytes(lzma.decompress((FIRST / f"{target.name}.xz").read_bytes()))
    return target


def test_sign_offs_tags_and_seal_of_the_first_version_are_proved_by_their_history(history: Path) -> None:
    done = run("check", *DAY, cwd=history)

    assert (done.code, done.out.splitlines()[-1][:9]) == (0, "0 errors,"), done.out
    assert done.out.endswith("in 4 releases, 162 records.\n")


def test_the_seal_of_the_first_version_still_tells_a_change(tmp_path: Path) -> None:
    clone("portal.bundle", tmp_path / "portal")
    clone("platform.bundle", tmp_path / "portal/repositories/platform")
    scope = tmp_path / "portal" / SCOPE
    scope.write_text(scope.read_text() + "More.\n")
    done = run("check", "2.4.0", cwd=tmp_path / "portal")  # not as of a day: what is not committed counts

    assert done.code == 1
    assert f"{SCOPE}:1:1: error: changed after 2.4.0 was sealed, and is not committed so" in done.out


def test_todays_package_of_that_release_states_the_content_that_the_first_stated(
    history: Path, tmp_path: Path
) -> None:
    target = tmp_path / "today.zip"
    done = run("package", "2.4.0", "-o", str(target), "--report", "html", cwd=history)

    assert done.code == 0, done.err
    assert CONTENT in done.out
    assert f"content of 2.4.0: {CONTENT}" in run("verify", str(target), cwd=tmp_path).out


def test_the_first_package_is_verified_by_todays_verify_and_by_its_own(package: Path, tmp_path: Path) -> None:
    today = run("verify", str(package), *KEYS, "--digest", DIGEST, cwd=tmp_path)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-I", "-S", "verify.py", ".", *KEYS]
    folder = tmp_path / "audit-package-2.4.0"
    own = subprocess.run(command, cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)

    assert (today.code, today.out.splitlines()[-1]) == (0, "valid"), today.out + today.err
    assert f"content of 2.4.0: {CONTENT}" in today.out
    assert "\nseal of 2.4.0: " in today.out
    assert (own.returncode, own.stdout.splitlines()[-1]) == (0, "valid"), own.stdout + own.stderr


def test_a_changed_byte_in_the_first_package_is_told(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    scope = tmp_path / "audit-package-2.4.0/data" / SCOPE
    scope.write_bytes(scope.read_bytes().replace(b"a", b"b", 1))
    done = run("verify", "audit-package-2.4.0", *KEYS, cwd=tmp_path)

    assert done.code == 1
    assert f"data/{SCOPE}" in done.out
