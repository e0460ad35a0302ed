"""What the first versions wrote is read, built and verified by this one."""

import json
import lzma
import tarfile
from pathlib import Path

import pytest

from release_portal.audit import verify
from tests.conftest import ROOT, run

FIRST = ROOT / "tests/golden/first"
AS_OF = ("--as-of", "2026-11-24")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sample, with the theme that it was begun with."""
    folder = tmp_path_factory.mktemp("first")
    with tarfile.open(FIRST / "portal.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_records_of_the_first_version_have_no_errors(portal: Path) -> None:
    done = run("check", *AS_OF, "--format", "json", cwd=portal)
    told = json.loads(done.out)

    assert done.code == 0, [one for one in told["findings"] if one["severity"] == "error"]
    assert (told["summary"]["releases"], told["summary"]["records"], told["summary"]["errors"]) == (4, 161, 0)
    closed = {one["release"] for one in told["findings"] if one["severity"] == "warning"} & {"2.4.0", "2.4.1"}
    assert closed == {"2.4.0"}  # an action was overdue then, too
    assert [
        one["rule"] for one in told["findings"] if one["release"] == "2.4.0" and one["severity"] == "warning"
    ] == ["overdue-action"]


def test_a_portal_of_the_first_version_is_built_with_the_theme_that_it_has(
    portal: Path, tmp_path: Path
) -> None:
    built = run("build", "--strict", "--site-dir", str(tmp_path / "site"), cwd=portal)

    assert built.code == 0, built.err
    for version in ("2.4.0", "2.4.1"):
        page = (tmp_path / f"site/releases/{version}/evidence/index.html").read_text()
        assert ">Complete<" in page
    assert "2.5.0" in (tmp_path / "site/index.html").read_text()


def test_a_package_of_the_first_version_is_still_valid(tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    content = lzma.decompress((FIRST / "package.zip.xz").read_bytes())
    package.write_bytes(content)

    done = run("verify", str(package), "--allowed-signers", str(FIRST / "signers"), cwd=tmp_path)
    assert (done.code, done.out.splitlines()[-1]) == (0, "valid")
    package.write_bytes(content[:60_000] + bytes([content[60_000] ^ 1]) + content[60_001:])
    assert verify.verify(package, FIRST / "signers")[0] == 1
