"""Imports: what real tools wrote becomes records that the check agrees with, and no word of a person is lost."""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from release_portal import imports
from release_portal.evidence._evidence import DEPTH, LIMIT
from release_portal.imports._importer import Importer
from release_portal.imports._tickets import subject_of
from release_portal.registry import collect
from tests.conftest import ROOT, Run, copy_sample, run
from tests.importing import call, write_reports

COMMIT = "ef2387f164484800036d1df8d94c4d44e8eff7fd"
SUMMARY = "releases/2.6.0/04-testing/test-summary.yaml"
SCANS = "releases/2.6.0/03-development/scans.yaml"
FORMATS = {one.name: one for one in collect(imports, "IMPORTER", Importer)}


TORN = {
    "its head states 812 tests": '<testsuite tests="812"><testcase name="a"/></testsuite>',
    "its head states 3 tests": '<testsuites tests="3"><testsuite tests="1"><testcase name="a"/></testsuite></testsuites>',
    "its head states 1 failures and errors": '<testsuite tests="1" errors="1"><testcase name="a"/></testsuite>',
    "its head states 2 skipped": '<testsuite tests="1" skipped="2"><testcase name="a"/></testsuite>',
    "a suite failed itself": '<testsuites><testsuite tests="1"><testcase name="a"/><error message="no setup"/></testsuite></testsuites>',
}


@pytest.mark.parametrize("words", TORN)
def test_a_junit_report_whose_head_states_more_than_its_cases_is_refused(words: str, sample: Path) -> None:
    (sample / "torn.xml").write_text(TORN[words])
    before = (sample / SUMMARY).read_bytes() if (sample / SUMMARY).exists() else b""

    done = call("import", "junit", "2.6.0", "torn.xml", "--set", "area=security", cwd=sample)

    assert (done.code, words in done.err) == (2, True), done.err
    assert before == ((sample / SUMMARY).read_bytes() if (sample / SUMMARY).exists() else b"")


def test_a_report_with_the_name_of_a_device_is_kept_under_another(sample: Path, reports: Path) -> None:
    (sample / "CON.xml").write_bytes((reports / "junit-security.xml").read_bytes())
    done = call("import", "junit", "2.6.0", "CON.xml", "--set", "area=security", cwd=sample)

    assert (done.code, done.out.splitlines()[0]) == (0, "releases/2.6.0/evidence/report-CON.xml"), done.err
    assert "unsafe-name" not in call("check", "2.6.0", cwd=sample).out


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports that pytest, coverage.py, Ruff and cyclonedx-py wrote just now."""
    folder = tmp_path_factory.mktemp("ci")
    write_reports(folder)
    return folder


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample in which 2.6.0 is in the testing phase, so that its scans and suites are judged."""
    portal = copy_sample(tmp_path / "sample")
    release = portal / "releases/2.6.0/release.yaml"
    release.write_text(release.read_text().replace("phase: planning", "phase: testing"))
    return portal


def findings(portal: Path, path: str) -> list[str]:
    """The rules that find something in a file."""
    found = json.loads(call("check", "2.6.0", "--format", "json", cwd=portal).out)["findings"]
    return [one["rule"] for one in found if one["path"] == path]


def tree(portal: Path) -> dict[str, str]:
    """Digest of every file in releases/ and its time, so that a file written anew shows too."""
    files = [one for one in (portal / "releases").rglob("*") if one.is_file()]
    return {
        str(one): f"{hashlib.sha256(one.read_bytes()).hexdigest()} {one.stat().st_mtime_ns}" for one in files
    }


def import_suite(portal: Path, reports: Path, *more: str) -> Run:
    """Import the suite of pytest with all that a summary of it needs."""
    said = ("area=security", f"commit={COMMIT}", "environment=staging", "conclusion=Good.", "name=Access")
    settled = [word for one in said for word in ("--set", one)]
    return call("import", "junit", "2.6.0", str(reports / "junit-security.xml"), *settled, *more, cwd=portal)


def test_a_suite_of_pytest_is_counted_and_the_check_counts_the_same(sample: Path, reports: Path) -> None:
    done = import_suite(sample, reports)

    assert (done.code, done.out.split()) == (0, ["releases/2.6.0/evidence/junit-security.xml", SUMMARY])
    text = (sample / SUMMARY).read_text()
    assert "    total: 4\n    passed: 3\n    failed: 0\n    skipped: 1\n" in text
    assert "Imported from junit-security.xml at 20" in text
    copy = sample / "releases/2.6.0/evidence/junit-security.xml"
    assert copy.read_bytes() == (reports / "junit-security.xml").read_bytes()
    assert hashlib.sha256(copy.read_bytes()).hexdigest() in text
    assert findings(sample, SUMMARY) == ["missing-test-area"]  # one suite tests one area
    (sample / SUMMARY).write_text(text.replace("passed: 3", "passed: 4").replace("skipped: 1", "skipped: 0"))
    assert "test-count-mismatch" in findings(sample, SUMMARY)


def test_a_scan_of_ruff_is_counted_and_the_check_counts_the_same(sample: Path, reports: Path) -> None:
    said = ("kind=sast", "ran_at=2026-11-24T10:00:00Z", f"commit={COMMIT}")
    settled = [word for one in said for word in ("--set", one)]

    done = call("import", "sarif", "2.6.0", str(reports / "ruff.sarif"), *settled, cwd=sample)

    assert done.code == 0, done.err
    text = (sample / SCANS).read_text()
    assert "tool: ruff" in text
    results = json.loads((reports / "ruff.sarif").read_text())["runs"][0]["results"]
    assert len(results) == 2
    assert f"high: {sum(one['level'] == 'error' for one in results)}" in text
    rules = findings(sample, SCANS)
    assert "scan-total-mismatch" not in rules
    assert "scan-without-report" not in rules
    (sample / SCANS).write_text(text.replace("high: 2", "high: 1"))
    assert "scan-total-mismatch" in findings(sample, SCANS)


def test_errors_that_a_scanner_tells_of_itself_are_told(sample: Path, reports: Path) -> None:
    log = json.loads((reports / "ruff.sarif").read_text())
    notes = [{"level": "error", "message": {"text": "a.py cannot be read"}}]
    log["runs"][0]["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    (sample / "noted.sarif").write_text(json.dumps(log))
    said = ("kind=sast", "ran_at=2026-11-24T10:00:00Z", f"commit={COMMIT}")

    done = call(
        "import", "sarif", "2.6.0", "noted.sarif", *(w for one in said for w in ("--set", one)), cwd=sample
    )

    assert (done.code, "noted.sarif: the tool tells of 1 errors of its own" in done.err) == (0, True), (
        done.err
    )


def test_coverage_goes_beside_a_suite(sample: Path, reports: Path) -> None:
    alone = call("import", "cobertura", "2.6.0", str(reports / "coverage.xml"), cwd=sample)
    assert (alone.code, "no entry in suites" in alone.err) == (2, True)
    import_suite(sample, reports)

    done = call("import", "cobertura", "2.6.0", str(reports / "coverage.xml"), cwd=sample)

    assert done.code == 0, done.err
    text = (sample / SUMMARY).read_text()
    assert '\ncoverage: "80.0"\n' in text
    assert "Cobertura report: 4 of 5 lines covered" in text
    assert findings(sample, SUMMARY) == ["missing-test-area"]


def test_a_bill_of_materials_goes_beside_the_dependency_scan_and_makes_up_no_totals(
    sample: Path, reports: Path
) -> None:
    done = call("import", "cyclonedx", "2.6.0", str(reports / "bom.json"), cwd=sample)

    assert done.code == 0, done.err
    text = (sample / SCANS).read_text()
    assert "kind: dependencies" in text
    assert "high: <fill in a count>" in text
    assert "bill of materials: 2 components, written by cyclonedx-py" in text
    assert "path: evidence/bom.cdx.json" in text
    assert set(findings(sample, SCANS)) <= {"unfilled-placeholder"}


@pytest.mark.parametrize("name", ["junit-security.xml", "ruff.sarif", "bom.json", "coverage.xml"])
def test_the_same_files_once_more_change_no_byte(sample: Path, reports: Path, name: str) -> None:
    formats = {"junit-security.xml": "junit", "ruff.sarif": "sarif", "bom.json": "cyclonedx"}
    order = ("import", formats.get(name, "cobertura"), "2.6.0", str(reports / name))
    import_suite(sample, reports)
    assert call(*order, cwd=sample).code == 0
    before = tree(sample)

    done = call(*order, cwd=sample)

    assert (done.code, done.out) == (0, "")
    assert "Nothing to change." in done.err
    assert tree(sample) == before


def test_words_comments_and_order_of_a_person_are_kept(sample: Path, reports: Path) -> None:
    file = sample / "releases/2.5.0/04-testing/test-summary.yaml"
    text = "# Ours.\n" + file.read_text().replace("\ncoverage:", "\n\n# Of the whole platform.\ncoverage:")
    file.write_text(text)

    done = call("import", "junit", "2.5.0", str(reports / "junit-security.xml"), "--force", cwd=sample)
    assert done.code == 0, done.err
    (reports / "junit-speed.xml").write_bytes((reports / "junit-security.xml").read_bytes() + b"\n")
    done = call("import", "junit", "2.5.0", str(reports / "junit-speed.xml"), cwd=sample)

    assert done.code == 0, done.err
    new = file.read_text()
    start = new.index("  - name: junit-speed\n")
    end = new.index("\n# Of the whole platform.\ncoverage:")
    assert start < end
    lines = (new[:start] + new[end:]).splitlines()
    changed = {one for one in text.splitlines() if one not in lines}
    keys = {one.strip().partition(":")[0] for one in changed}
    assert keys == {"total", "passed", "ran_at", "sha256", "describes"}
    assert "name: Security of the ledger and its read API" in new


def test_what_a_person_wrote_is_overwritten_by_force_only(sample: Path, reports: Path) -> None:
    import_suite(sample, reports)
    file = sample / SUMMARY
    file.write_text(file.read_text().replace("total: 4", "total: 5 # counted by hand"))
    before = tree(sample)

    refused = import_suite(sample, reports)

    line = file.read_text().splitlines().index("    total: 5 # counted by hand") + 1
    assert (refused.code, refused.out) == (1, f"{SUMMARY}:{line}:12: total is '5'; the import says '4'\n")
    assert "Nothing was written" in refused.err
    assert tree(sample) == before

    assert import_suite(sample, reports, "--force").code == 0
    assert "total: 4 # counted by hand" in file.read_text()


def test_another_file_of_the_same_name_is_not_replaced(sample: Path, reports: Path) -> None:
    copy = sample / "releases/2.6.0/evidence/junit-security.xml"
    copy.parent.mkdir()
    copy.write_text("<testsuite><testcase/></testsuite>")

    done = import_suite(sample, reports)

    assert (done.code, done.out.partition(":")[0]) == (1, "releases/2.6.0/evidence/junit-security.xml")
    assert not (sample / SUMMARY).exists()


def test_nothing_is_written_through_a_link(sample: Path, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (sample / "releases/2.6.0/evidence").symlink_to(tmp_path / "outside")

    done = import_suite(sample, reports)

    assert (done.code, "releases/2.6.0/evidence is a link" in done.err) == (2, True)
    assert list((tmp_path / "outside").iterdir()) == []


def test_an_import_that_was_cut_short_is_completed_by_the_next_one(
    sample: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, full = os.replace, OSError(errno.ENOSPC, "No space left on device")

    def fail_on_records(draft: str, file: Path) -> None:
        if Path(file).name == "test-summary.yaml":
            raise full
        replace(draft, file)

    monkeypatch.setattr("os.replace", fail_on_records)
    cut = import_suite(sample, reports)
    assert (cut.code, f"{SUMMARY} cannot be written: No space left on device" in cut.err) == (2, True)
    assert not (sample / SUMMARY).exists()
    assert not list((sample / "releases").rglob("*.draft"))

    monkeypatch.undo()
    done = import_suite(sample, reports)

    assert (done.code, done.out.split()) == (0, [SUMMARY])


def test_an_import_that_is_killed_leaves_each_file_whole_and_the_next_completes_it(
    sample: Path, reports: Path, tmp_path: Path
) -> None:
    whole = Path(shutil.copytree(sample, tmp_path / "whole"))
    order = ("import", "junit", "2.6.0", str(reports / "junit-security.xml"), "--set", "area=security")
    begun = time.perf_counter()
    assert run(*order, cwd=whole).code == 0
    took, old, new = time.perf_counter() - begun, contents(sample), contents(whole)
    assert old != new

    for number in range(6):
        portal = Path(shutil.copytree(sample, tmp_path / str(number)))
        command = [sys.executable, "-m", "release_portal", *order]
        with subprocess.Popen(command, cwd=portal, stdout=subprocess.DEVNULL) as process:
            time.sleep(took * (0.5 + number / 10))
            process.kill()
        assert all(content in (old.get(path), new[path]) for path, content in contents(portal).items())
        again = run(*order, cwd=portal)
        assert again.code == 0, again.err
        assert contents(portal) == new


def contents(portal: Path) -> dict[str, str]:
    """Every file in releases/ by its path, with the instants of the import left out; drafts that stayed do not count."""
    files = [
        one for one in (portal / "releases").rglob("*") if one.is_file() and not one.name.endswith(".draft")
    ]
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    return {str(one.relative_to(portal)): stamp.sub("", one.read_text()) for one in files}


def test_files_that_would_be_one_are_refused(sample: Path, reports: Path) -> None:
    (sample / "a").mkdir()
    (sample / "a/junit-security.xml").write_text('<testsuite><testcase name="other"/></testsuite>')
    (sample / "twin.xml").write_bytes((reports / "junit-security.xml").read_bytes())
    given = str(reports / "junit-security.xml")

    same_name = refusal(sample, "junit", "2.6.0", given, "a/junit-security.xml")
    same_bytes = refusal(sample, "junit", "2.6.0", given, "twin.xml")

    assert "two entries of test-summary would have name junit-security" in same_name
    assert "junit-security.xml and twin.xml would be one file" in same_bytes


def test_a_copy_that_the_check_would_misread_is_refused(sample: Path) -> None:
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "sarif-viewer"}]}
    (sample / "bom.json").write_text(json.dumps(bom))

    said = refusal(sample, "cyclonedx", "2.6.0", "bom.json")

    assert "bom.json would be taken for SARIF 2.1.0, and is no SARIF" in said


def test_a_closed_release_takes_no_import(sample: Path, reports: Path) -> None:
    done = call("import", "junit", "2.4.0", str(reports / "junit-security.xml"), cwd=sample)

    assert (done.code, "release 2.4.0 is closed" in done.err) == (2, True)


DEEP = "[" * (DEPTH + 2) + "]" * (DEPTH + 2)
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "a">]>'
SARIF = '{"version": "2.1.0", "runs": %s}'
BOM = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "x"}], "vulnerabilities": %s}'
MATRIX = '{"status": "success", "data": {"resultType": "matrix", "result": %s}}'
BAD = [
    ("junit", "", "is empty"),
    ("junit", " \n", "is empty"),
    ("junit", "<testsuite>", "is no XML"),
    ("junit", "<testsuite/>", "holds no test case"),
    ("junit", "<coverage/>", "is no JUnit XML"),
    ("junit", f"{DOCTYPE}<testsuite><testcase/></testsuite>", "declares a document type"),
    ("junit", "<testsuite>" * (DEPTH + 1), "is nested more than"),
    ("junit", '<testsuite timestamp="soon"><testcase/></testsuite>', "which is no time"),
    ("junit", f'<testsuite tests="{"9" * 5000}"><testcase/></testsuite>', "which is no count"),
    ("junit", '<testsuite tests="\u0663"><testcase/></testsuite>', "which is no count"),
    ("junit", '<testsuite><testcase><x:failure xmlns:x="urn:x"/></testcase></testsuite>', "where it is not counted"),
    ("junit", "<testsuite><testcase><Failure/></testcase></testsuite>", "where it is not counted"),
    ("junit", "<testsuite><testcase><system-out><failure/></system-out></testcase></testsuite>", "where it is not counted"),
    ("junit", "<testsuite><properties><testcase/></properties></testsuite>", "where it is not counted"),
    ("junit", '<testsuite><testcase status="failed"/></testsuite>', 'a case that says status="failed"'),
    ("junit", '<testsuite><testcase result="Error"><skipped/></testcase></testsuite>', 'a case that says result="error"'),
    ("junit", "<testsuite><testcase><failures/></testcase></testsuite>", "where it is not counted"),
    ("junit", "<testsuite><testcase><rerunFailure/></testcase></testsuite>", "and shows no failure"),
    ("junit", '<testsuite status="failed"><testcase/></testsuite>', 'a suite that says status="failed"'),
    ("junit", '<testsuite aborted="true"><testcase/></testsuite>', 'a suite that says aborted="true"'),
    ("junit", '<testsuite total="5"><testcase/></testsuite>', "its head states 5 total"),
    ("junit", '<testsuite failed="1"><testcase/></testsuite>', "its head states 1 failed"),
    ("cobertura", "<coverage line-rate='0'/>", "holds no line of code"),
    ("cobertura", "<testsuite/>", "is no Cobertura report"),
    ("cobertura", f"{DOCTYPE}<coverage line-rate='0'/>", "declares a document type"),
    ("cobertura", "<coverage line-rate='1'><class><lines><line hits='0'/></lines></class></coverage>", "states a line rate"),
    ("cobertura", "<coverage line-rate='1'><class><lines><line hits='x'/></lines></class></coverage>", "which is no number"),
    ("sarif", "{", "is no JSON"),
    ("sarif", "[]", "is no group of fields"),
    ("sarif", SARIF % "[]", "is no SARIF 2.1.0 log"),
    ("sarif", SARIF % '[{"tool": {"driver": {"name": "x"}}}]', "has a run without results"),
    ("sarif", SARIF % '[{"results": []}]', "does not say which tool"),
    ("sarif", '{"version": "2.1.0", "version": "2.1.0"}', "twice"),
    ("sarif", f'{{"a": {DEEP}}}', "is nested more than"),
    ("sarif", "[" * 100_000, "is nested more than"),
    ("cyclonedx", '{"bomFormat": "CycloneDX", "specVersion": "1.6"}', "lists no component"),
    ("cyclonedx", '{"bomFormat": "CycloneDX", "specVersion": "9"}', "is no CycloneDX"),
    ("cyclonedx", BOM % '{"0": {}}', "vulnerabilities that are no list"),
    ("cyclonedx", BOM % '["CVE-1 critical"]', "vulnerabilities that are no list"),
    ("cyclonedx", BOM % '[{"ratings": {"severity": "critical"}}]', "ratings that are no list"),
    ("cyclonedx", BOM % '[{"ratings": [{"severity": "CRITICAL"}]}]', "which CycloneDX does not know"),
    ("cyclonedx", BOM % '[{"ratings": [{"score": "9.8"}]}]', "which is no score"),
    ("cyclonedx", BOM % '[{"ratings": [{"score": 1e308}]}]', "which is no score"),
    ("spdx", '{"spdxVersion": "SPDX-2.3", "packages": []}', "lists no package"),
    ("spdx", '{"spdxVersion": "SPDX-1.0"}', "is no SPDX"),
    ("prometheus", '{"status": "error", "error": "timeout"}', "no answer of a query that succeeded: timeout"),
    ("prometheus", '{"status": "success", "data": {"resultType": "vector"}}', "is no range query"),
    ("prometheus", MATRIX % "[]", "the query matched nothing"),
    ("prometheus", MATRIX % '[{"values": []}]', "without values"),
    ("prometheus", MATRIX % '[{"values": [[1, "NaN"]]}]', "which is no number"),
    ("prometheus", MATRIX % '[{"values": [[1, NaN]]}]', "which is no number"),
    ("prometheus", MATRIX % '[{"values": [[1, "1_0"]]}]', "which is no number"),
    ("prometheus", MATRIX % '[{"values": [[1, "\u0663"]]}]', "which is no number"),
    ("prometheus", MATRIX % '[{"values": [[1, true]]}]', "which is no number"),
    ("prometheus", MATRIX % '[{"values": [[1e99, "1"]]}]', "which is no time"),
    ("github", "[]", "holds nothing"),
    ("github", '[{"a": 1}]', "is no deployment, status, pull request or release"),
    ("github", "[1]", "something else than groups"),
    ("gitlab", '[{"tag_name": "v2.6.0"}]', "is no deployment, merge request or approval"),
]  # fmt: skip


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample in which no import writes anything."""
    return copy_sample(tmp_path_factory.mktemp("untouched") / "sample")


def refusal(portal: Path, *arguments: str) -> str:
    """What an import says that has to end with exit code 2 and nothing written."""
    before = tree(portal)
    done = call("import", *arguments, cwd=portal)
    assert (done.code, done.out) == (2, ""), done.err
    assert tree(portal) == before
    return done.err


@pytest.mark.parametrize(("name", "content", "cause"), BAD, ids=[f"{one[0]}-{one[2]}" for one in BAD])
def test_what_cannot_be_used_is_refused_by_file_and_cause(
    untouched: Path, name: str, content: str, cause: str
) -> None:
    report = untouched / "report.json"
    report.write_text(content)

    said = refusal(untouched, name, "2.6.0", str(report))

    assert said.startswith("release-portal: ")
    assert "report.json " in said.splitlines()[0]
    assert cause in said.splitlines()[0]


@pytest.mark.parametrize("name", [one for one, importer in FORMATS.items() if importer.takes_files])
def test_every_format_refuses_what_is_missing_empty_no_file_too_large_or_random(
    untouched: Path, name: str
) -> None:
    (untouched / "large").write_bytes(b"[" + b" " * LIMIT + b"]")
    (untouched / "random").write_bytes(bytes(range(256)) * 8)
    (untouched / "empty").write_bytes(b"")
    if not (untouched / "pipe").exists():
        os.mkfifo(untouched / "pipe")
    causes = {
        "none": "cannot be read",
        "docs": "directory",
        "pipe": "regular",
        "large": "larger",
        "random": "is no",
        "empty": "is empty",
    }

    for given, cause in causes.items():
        said = refusal(untouched, name, "2.6.0", str(untouched / given))
        assert f"{given} " in said.splitlines()[0]
        assert cause in said
    assert "needs a file" in refusal(untouched, name, "2.6.0")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("jnuit", "2.6.0", "x"), "did you mean 'junit'?"),
        (("junit", "2.6.9", "x"), "did you mean '2.6.0'?"),
        (("junit", "2.6.0", "{report}", "--set", "area"), "has no value"),
        (("junit", "2.6.0", "{report}", "--set", "aera=security"), "did you mean 'area'?"),
        (("junit", "2.6.0", "{report}", "--set", "area=secrity"), "did you mean 'security'?"),
        (("junit", "2.6.0", "{report}", "--set", "evidence=x"), "no field for one text"),
        (("git", "2.6.0"), "there is no product repository"),
        (("git", "2.6.0", "docs"), "is no git repository"),
    ],
)
def test_mistakes_of_usage_name_the_next_step(
    sample: Path, reports: Path, arguments: tuple[str, ...], words: str
) -> None:
    given = [one.replace("{report}", str(reports / "junit-security.xml")) for one in arguments]
    before = tree(sample)

    done = call("import", *given, cwd=sample)

    assert done.code in {2, 3}
    assert words in done.err
    assert tree(sample) == before


def test_every_format_is_in_the_help_and_in_the_guide() -> None:
    told = run("import", "--help", cwd=ROOT).out
    guide = (ROOT / "docs/guide/import.md").read_text()

    assert len(FORMATS) == 9
    for name in FORMATS:
        assert f"\n  {name} " in told
        assert f"\n## {name}\n" in guide


@pytest.mark.parametrize(
    ("line", "kind", "scope", "title"),
    [
        ("feat(ledger): keep entries (PAY-201)", "feature", "ledger", "Keep entries"),
        ("fix!: round half to even", "fix", "", "Round half to even"),
        ("migrate(db): PAY-7: new column", "migration", "db", "New column"),
        ("chore: update", "", "", "Update"),
        ("PAY-9 say why", "", "", "Say why"),
        ("Merge branch", "", "", "Merge branch"),
    ],
)
def test_subjects_are_read_by_conventional_commits(line: str, kind: str, scope: str, title: str) -> None:
    found = subject_of(line)

    assert (found.kind, found.scope, found.title) == (kind, scope, title)
