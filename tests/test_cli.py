"""The command line as a user meets it: exit codes, formats, and no traceback for any input."""

import json
import os
import pty
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from release_portal import cli
from tests.conftest import ROOT, Run, run


def test_clean_records_exit_0(base: Path) -> None:
    done = run("check", cwd=base)

    assert (done.code, done.out, done.err) == (0, "No findings in 1 release, 9 records.\n", "")


def test_findings_exit_1_at_path_line_and_column(base: Path) -> None:
    release = base / "releases/1.0.0/release.yaml"
    release.write_text(release.read_text().replace("risk: low", "risk: lo"))

    done = run("check", cwd=base)

    assert done.code == 1
    assert "releases/1.0.0/release.yaml:8:7: error: 'risk' is 'lo'" in done.out
    assert "hint: did you mean 'low'? Allowed: low, medium, high" in done.out
    assert "  8 | risk: lo\n    |       ^" in done.out
    assert "\x1b" not in done.out


def test_warnings_alone_exit_0(base: Path) -> None:
    (base / "releases/1.0.0/evidence/stray.txt").write_text("x")

    assert run("check", cwd=base).code == 0


def test_json_is_the_contract_and_nothing_else(base: Path) -> None:
    (base / "releases/1.0.0/release.yaml").unlink()

    done = run("check", "--format", "json", cwd=base)

    report = json.loads(done.out)
    assert set(report) == {"schema", "findings", "summary"}
    assert report["schema"] == 1
    keys = {"rule", "severity", "path", "line", "column", "message", "hint", "release"}
    assert all(set(one) == keys for one in report["findings"])
    assert report["summary"] == {
        "releases": 1,
        "records": 8,
        "errors": len(report["findings"]),
        "warnings": 0,
    }


def test_github_annotations_cannot_be_forged(base: Path) -> None:
    notes = base / "releases/1.0.0/02-test/release-briefing.md"
    notes.write_text(notes.read_text().replace("author: ana.silva", 'author: "x\\n::error::owned\\r%0A,:"'))

    done = run("check", "--format", "github", cwd=base)

    lines = done.out.splitlines()
    assert all(line.startswith(("::error file=releases/", "::warning file=releases/")) for line in lines)
    assert not any(line.startswith("::error::owned") for line in lines)
    assert "%250A" in done.out


def test_only_the_versions_asked_for_are_told(sample: Path) -> None:
    (sample / "releases/2.4.0/release.yaml").unlink()

    assert run("check", "2.4.1", cwd=sample).code == 0
    assert run("check", "2.4.0", cwd=sample).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chekc",), "Did you mean 'check'?"),
        (("check", "1.0.1"), "did you mean '1.0.0'?"),
        (("check", "--format", "jsn"), "did you mean 'json'?"),
        (("check", "--as-of", "yesterday"), "YYYY-MM-DD"),
        (("check", "--as-of", "2026-01-01T00:00:00"), "needs a zone"),
        (("check", "--as-of", "9999-12-31"), "years 1900 to 2999"),
        (("status", "--as-of", "0001-01-01T00:00:00+14:00"), "years 1900 to 2999"),
        (("check", "--no-such-option"), "No such option"),
        (("explain", "stale-signoff"), "did you mean 'stale-sign-off'?"),
        (("digest", "1.0.0", "scop"), "did you mean 'scope'?"),
        (("new", "one"), "no SemVer version"),
        (("--config", "none.yml", "check"), "no none.yml"),
        (("-C", "nowhere", "check"), "no mkdocs.yml"),
    ],
)
def test_mistakes_of_usage_exit_2_and_name_the_next_step(
    base: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run(*arguments, cwd=base)

    assert done.code == 2
    assert done.out == ""
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("plugins: [search]\n", "does not use the release-portal plugin"),
        ("plugins:\n  - release-portal: {prof: signed}\n", "no option 'prof'"),
        ("plugins:\n  - release-portal: {proof: yes}\n", "allowed: roster, commit, signed"),
        ("plugins:\n  - release-portal: {repositories: [{nam: x}]}\n", "not described well"),
        ("a: b: c\n", "cannot be read"),
        ("- a\n", "holds no settings"),
    ],
)
def test_a_wrong_configuration_exits_2(base: Path, content: str, words: str) -> None:
    (base / "mkdocs.yml").write_text(content)

    done = run("check", cwd=base)

    assert done.code == 2
    assert words in done.err


def test_a_missing_process_document_exits_2(base: Path) -> None:
    (base / "release-process.md").unlink()

    done = run("check", cwd=base)

    assert done.code == 2
    assert "release-process.md" in done.err


def test_an_error_of_ours_exits_4_with_an_id_and_no_traceback(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("release_portal.assess.judge", broken)

    code = cli.run(["-C", str(base), "check"])

    told = capsys.readouterr().err
    assert code == 4
    assert "internal error" in told
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told


def test_an_interrupt_exits_130(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("release_portal.assess.judge", interrupted)

    assert cli.run(["-C", str(base), "check"]) == 130


def test_one_broken_file_hides_no_other(base: Path) -> None:
    release = base / "releases/1.0.0"
    (release / "01-plan/scope.md").write_bytes(b"\xff\xfe")
    (release / "02-test/test-summary.yaml").write_text("[" * 9_000)
    (release / "03-ship/deployments.yaml").write_text("deployments: []\ntypo: 1\n")

    report = json.loads(run("check", "--format", "json", cwd=base).out)

    rules = {(one["path"].rpartition("/")[2], one["rule"]) for one in report["findings"]}
    assert ("scope.md", "hidden-characters") in rules
    assert ("test-summary.yaml", "malformed-yaml") in rules
    assert ("deployments.yaml", "unknown-key") in rules


def test_no_input_gives_a_traceback(base: Path) -> None:
    """Random damage to every file of a portal: findings or a refusal, never an error of ours."""
    noise = random.Random(4711)
    files = [path for path in sorted(base.rglob("*")) if path.is_file()]
    for file in files:
        content = bytearray(file.read_bytes())
        for attempt in range(12):
            damaged = bytearray(content)
            for _ in range(noise.randrange(1, 8)):
                place = noise.randrange(len(damaged) + 1)
                piece = noise.choice(
                    [
                        b"\n",
                        b": ",
                        b"- ",
                        b"[",
                        b"{",
                        b"<!--",
                        b"---\n",
                        b"\xff",
                        b"\x00",
                        b"'",
                        b"#",
                        b"!!x ",
                    ]
                )
                damaged[place : place + noise.randrange(3)] = piece
            file.write_bytes(damaged)
            assert cli.run(["-C", str(base), "check"]) in {0, 1, 2}, (file, attempt)
        file.write_bytes(content)


def test_new_writes_a_release_that_checks_without_errors(base: Path) -> None:
    written = run("new", "1.1.0", cwd=base)

    assert written.code == 0
    assert "releases/1.1.0/01-plan/scope.md" in written.out.splitlines()
    assert "releases/1.1.0/02-test/test-summary.yaml" not in written.out
    done = run("check", "1.1.0", cwd=base)
    assert done.code == 0
    assert "unfilled-placeholder" in done.out
    again = run("new", "1.1.0", cwd=base)
    assert (again.code, again.out) == (0, "")
    assert again.err.startswith("1.1.0 lacks no record of a phase that it has reached.")


def test_what_is_said_of_a_release_that_is_there_is_not_lost_in_silence(base: Path) -> None:
    done = run("new", "1.0.0", "--risk", "high", cwd=base)

    assert (done.code, done.out) == (2, "")
    assert "1.0.0 is there already, and --risk changes no file" in done.err
    assert "hint: write it into releases/1.0.0/release.yaml" in done.err


def test_a_release_that_was_not_committed_by_then_is_told_as_that(demo: tuple[Path, Run], base: Path) -> None:
    early = run("check", "2.6.0", "--as-of", "2026-09-01", cwd=demo[0])
    assert (early.code, "no release '2.6.0' that was committed by 2026-09-01" in early.err) == (2, True)

    shutil.rmtree(base / "releases")
    none = run("status", "1.0.0", cwd=base)
    assert (none.code, "hint: begin one: release-portal new 1.0.0" in none.err) == (2, True)


def test_a_new_release_begins_with_what_is_said_and_what_the_one_before_had(sample: Path) -> None:
    said = ("--title", 'Refunds: "at once"', "--target", "2027-03-01", "--risk", "low")
    assert run("new", "2.7.0", *said, cwd=sample).code == 0

    facts, references = (
        yaml.safe_load((sample / "releases/2.7.0" / name).read_text())
        for name in ("release.yaml", "references.yaml")
    )
    before = yaml.safe_load((sample / "releases/2.6.0/release.yaml").read_text())
    assert (facts["title"], str(facts["target_date"]), facts["risk"]) == (
        'Refunds: "at once"',
        "2027-03-01",
        "low",
    )
    assert facts["roles"] == before["roles"]
    held = references["references"]
    of_before = yaml.safe_load((sample / "releases/2.6.0/references.yaml").read_text())["references"]
    for slot, one in held.items():
        own = "2.6.0" in f"{of_before[slot]['title']} {of_before[slot]['url']}"
        assert (one["url"] == of_before[slot]["url"]) != own, slot
        assert one["checked_on"].startswith("<fill in")
    done = run("check", "2.7.0", cwd=sample)
    assert (done.code, "unfilled-placeholder" in done.out) == (0, True), done.out


def test_what_cannot_be_of_a_new_release_is_refused(sample: Path) -> None:
    for said, words in {
        ("--target", "soon"): "YYYY-MM-DD",
        ("--risk", "none"): "low",
        ("--manager", "meera.ier"): "meera.iyer",
    }.items():
        done = run("new", "2.7.0", *said, cwd=sample)
        assert (done.code, words in done.err) == (2, True), done.err
    assert not (sample / "releases/2.7.0").exists()


def test_in_a_terminal_new_asks_for_what_nobody_said(base: Path) -> None:
    command = [sys.executable, "-m", "release_portal", "-C", str(base), "new", "1.1.0", "--risk", "low"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"Refunds\nsoon\n\n")  # a title, a day that is none, and Enter
        heard = b""
        while piece := _read(ours):
            heard += piece
    assert process.returncode == 0, heard
    assert b"YYYY-MM-DD" in heard
    assert b"Risk" not in heard
    text = (base / "releases/1.1.0/release.yaml").read_text()
    assert 'title: "Refunds"' in text
    assert "target_date: <fill in" in text


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux: the other side is closed
        return b""


def test_digest_is_what_sha256sum_prints(base: Path) -> None:
    import hashlib

    scope = (base / "releases/1.0.0/01-plan/scope.md").read_bytes()

    assert run("digest", "1.0.0", "scope", cwd=base).out.strip() == hashlib.sha256(scope).hexdigest()


def test_the_digest_of_a_package_comes_with_that_of_its_content(sample: Path) -> None:
    stated = (sample / "releases/2.4.0/08-monitoring/audit-package.yaml").read_text()

    lines = run("digest", "2.4.0", "audit-package", cwd=sample).out.splitlines()
    before = run("digest", "2.5.0", "audit-package", cwd=sample).out.splitlines()

    assert [line.partition("  ")[2] for line in lines] == [
        "audit-package",
        "content of audit-package (01-planning to 07-deployment)",
    ]
    assert lines[1].partition(" ")[0] in stated
    assert len(before) == 1  # it is not written yet


def test_help_and_version_import_neither_mkdocs_nor_git_nor_rich() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from release_portal.cli import run; run(['--help']); "
        "print([name for name in ('mkdocs', 'git', 'rich', 'jinja2', 'cerberus') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_python_m_is_the_same_command(base: Path) -> None:
    assert run("--version", cwd=base).out.startswith("release-portal 0.")
    assert os.path.exists(ROOT / "pyproject.toml")


@pytest.mark.parametrize(
    ("file", "arguments"),
    [
        ("releases/2.6.0/02-compliance", ("new", "2.6.0", "--all")),
        ("releases/2.7.0", ("new", "2.7.0")),
        ("releases/2.6.0/signoffs", ("sign", "2.6.0", "scope", "--as", "kavita.rao")),
    ],
)
def test_a_file_in_the_place_of_a_folder_is_told(file: str, arguments: tuple[str, ...], sample: Path) -> None:
    if (sample / file).is_dir():
        shutil.rmtree(sample / file)
    (sample / file).touch()

    done = run(*arguments, cwd=sample)

    assert done.code == 2, done.err
    assert f"{file} is a file" in done.err
    (sample / file).unlink()
    assert run(*arguments, cwd=sample).code == 0
