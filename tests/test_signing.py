"""`sign`: what it writes counts once it is committed, and it refuses what nobody may sign."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import run

GUIDE = Path(__file__).parent.parent / "docs/guide/proof.md"
LATE = {"sign-off-after-gate"}  # the small portal's release has been in production since March 2026


def rules_told(base: Path) -> set[str]:
    """The rules that find something in a portal."""
    found = json.loads(run("check", "--format", "json", cwd=base).out)["findings"]
    return {one["rule"] for one in found}


def test_a_sign_off_counts_as_soon_as_it_is_written_where_the_roster_is_proof_enough(base: Path) -> None:
    (base / "releases/1.0.0/signoffs/scope/ana.silva.yaml").unlink()
    assert run("check", cwd=base).code == 1

    done = run("sign", "1.0.0", "scope", "--as", "ana.silva", cwd=base)

    assert (done.code, done.out.strip()) == (0, "releases/1.0.0/signoffs/scope/ana.silva.yaml")
    assert rules_told(base) == LATE


def test_a_stale_sign_off_is_renewed_in_its_file(base: Path) -> None:
    scope = base / "releases/1.0.0/01-plan/scope.md"
    scope.write_text(scope.read_text() + "\nMore.\n")
    assert "stale-sign-off" in run("check", cwd=base).out

    run(
        "sign",
        "1.0.0",
        "scope",
        "--as",
        "ana.silva",
        "--note",
        "Read again: it is fine.\nTwo lines.",
        cwd=base,
    )

    assert rules_told(base) == LATE


def test_a_rejection_closes_the_gate(base: Path) -> None:
    run("sign", "1.0.0", "scope", "--as", "ana.silva", "--reject", cwd=base)

    assert "rejected-record" in run("check", cwd=base).out


def test_an_edit_lifts_no_rejection(base: Path) -> None:
    run("sign", "1.0.0", "scope", "--as", "ana.silva", "--reject", cwd=base)
    scope = base / "releases/1.0.0/01-plan/scope.md"
    scope.write_text(scope.read_text() + "\nMore.\n")

    assert "rejected it before it changed, and has not signed again" in run("check", cwd=base).out


def test_a_key_puts_a_signature_into_the_file_that_ssh_keygen_accepts(base: Path) -> None:
    key = base / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = key.with_suffix(".pub").read_text().split()[1]
    (base / "roster/allowed_signers").write_text(f"ana@example.com ssh-ed25519 {public}\n")

    run("sign", "1.0.0", "scope", "--as", "ana.silva", "--key", str(key), cwd=base)

    script = GUIDE.read_text().partition("To repeat it by hand:\n\n")[2].partition("\n\n")[0]
    setting = "VERSION=1.0.0; RECORD=scope; EMAIL=ana@example.com"
    file = "FILE=releases/1.0.0/signoffs/scope/ana.silva.yaml"
    done = subprocess.run(
        ["bash", "-c", f"{setting}; {file}\n{script}"], cwd=base, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert rules_told(base) == LATE


@pytest.mark.parametrize("owner", ["", "ben@example.com"])
def test_a_key_that_is_not_listed_for_the_signer_is_refused(owner: str, base: Path) -> None:
    key, file = base / "key", base / "releases/1.0.0/signoffs/scope/ana.silva.yaml"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = key.with_suffix(".pub").read_text().split()[1]
    (base / "roster/allowed_signers").write_text(f"{owner} ssh-ed25519 {public}\n" if owner else "")
    before = file.read_text()

    done = run("sign", "1.0.0", "scope", "--as", "ana.silva", "--key", str(key), cwd=base)

    assert (done.code, file.read_text()) == (2, before)
    assert "does not prove who Ana Silva is" in done.err
    assert "in a pull request of its own" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("1.0.0", "scop", "--as", "ana.silva"), "did you mean 'scope'?"),
        (("1.0.1", "scope", "--as", "ana.silva"), "did you mean '1.0.0'?"),
        (("1.0.0", "scope", "--as", "ana.silvia"), "did you mean 'ana.silva'?"),
        (("1.0.0", "scope", "--as", "ben.cole"), "asks no role of Ben Cole"),
        (("1.0.0", "scope", "--as", "ben.cole", "--role", "product-owner"), "does not hold the role"),
        (("1.0.0", "scope", "--as", "ana.silva", "--meaning", "liked"), "authored, reviewed"),
        (("1.0.0", "scope", "--as", "ana.silva", "--key", "none"), "cannot sign"),
    ],
)
def test_it_refuses_what_would_not_count(base: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("sign", *arguments, cwd=base)

    assert done.code == 2
    assert words in done.err


def test_nobody_signs_what_is_not_filled_in(base: Path) -> None:
    scope = base / "releases/1.0.0/01-plan/scope.md"
    scope.write_text(scope.read_text().replace("The API.", "<fill in what is changed>"))

    done = run("sign", "1.0.0", "scope", "--as", "ana.silva", cwd=base)

    assert done.code == 2
    assert "still has places to fill in" in done.err
    assert os.listdir(base / "releases/1.0.0/signoffs/scope") == ["ana.silva.yaml"]
