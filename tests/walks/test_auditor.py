"""An auditor gets from the home page to the proof of one approval, repeats it, and verifies a package with Python alone."""

import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from release_portal.demo._writing import Keys
from release_portal.records.people import Person, Tenure
from tests.conftest import Run, run

VERSION, SIGNER = "2.4.0", "kavita.rao"


def shell(command: str, folder: Path, **environment: str) -> str:
    """What a command prints that is typed as it is shown."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def test_from_home_to_the_proof_of_an_approval_in_three_clicks_and_by_hand(
    demo: tuple[Path, Run], address: str, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)

    page.get_by_role("link", name=VERSION).first.click()
    page.get_by_role("link", name="Sign-offs", exact=True).first.click()
    row = page.locator("#scope ~ tr", has_text="Kavita Rao").first
    proof = row.locator("xpath=following-sibling::tr[.//summary[contains(., 'Repeat')]][1]")
    proof.locator("summary").click()

    assert "Signed" in row.inner_text()
    commands = [" ".join(one.split()) for one in proof.locator(".rp-command code").all_inner_texts()]
    commit, digest = (
        row.locator(f"[data-label='{cell}'] [data-rp-copy]").get_attribute("data-rp-copy")
        for cell in ("Commit", "Digest signed")
    )
    key = row.locator("[data-label='Proof'] [data-rp-copy]").get_attribute("data-rp-copy")
    assert commit
    context.close()
    subprocess.run(["git", "clone", "--quiet", str(demo[0]), "clone"], cwd=tmp_path, check=True)
    sums, log = (shell(one, tmp_path / "clone") for one in commands)
    signer = f"{SIGNER}@dealsphere.example"
    assert sums.split()[0] == digest
    (line,) = log.splitlines()
    id_, _, state, listed, fingerprint, author, committer, *_ = line.split()
    assert (commit.startswith(id_), state, fingerprint) == (True, "G", key)
    assert {listed, author, committer} == {signer}
    file = tmp_path / f"clone/releases/{VERSION}/signoffs/scope/{SIGNER}.yaml"
    assert f'digest: "{digest}"' in file.read_text()


def test_a_package_is_verified_with_the_program_inside_it_and_nothing_else(
    demo: tuple[Path, Run], tmp_path: Path
) -> None:
    keys = Keys(tmp_path)
    person = Person(
        id="meera.iyer",
        name="Meera Iyer",
        emails=("meera.iyer@dealsphere.example",),
        roles=(Tenure(role="release-manager", from_=date(2025, 1, 1)),),
    )
    trusted = tmp_path / "trusted"
    trusted.write_text(keys.allowed_signers([person]))
    archive = tmp_path / "audit.zip"
    package = ("package", VERSION, "-o", str(archive), "--report", "html", "--sign", str(keys.of(person)))
    made = run(*package, cwd=demo[0])
    assert made.code == 0, made.err
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    folder = tmp_path / f"audit-package-{VERSION}"
    bare = tmp_path / "bin"
    bare.mkdir()
    (bare / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "$@"\n')
    (bare / "python3").chmod(0o755)
    absent = subprocess.run(
        [bare / "python3", "-c", "import release_portal"], capture_output=True, check=False
    )
    assert absent.returncode == 1  # nothing of the product is there to be used

    block = re.search(r"\n\n((?:    .+\n){3})\n", (folder / "README.md").read_text())
    assert block
    commands = [line.strip().replace("KEYS", str(trusted)) for line in block[1].splitlines()]
    path = f"{bare}:{os.environ['PATH']}:{Path(sys.executable).parent}"
    told = [shell(command, folder, PATH=path) for command in commands]

    assert [command.split()[0] for command in commands] == ["sha256sum", "bagit.py", "python3"]
    assert told[-1].splitlines()[-1] == "valid"
    assert f"{person.emails[0]}" in told[-1]
