"""The findings formats, each read back by somebody else's reader: nothing that a record says can break out.

Golden outputs of one small report are in golden/output/; UPDATE_GOLDEN=1 rewrites them.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from release_portal import output, settings
from release_portal.assess import all_rules, assess
from release_portal.commands._invocation import Invocation
from release_portal.commands._report import report_of
from release_portal.finding import Finding, Location, Severity
from release_portal.output._controls import controls
from release_portal.output._fingerprint import fingerprints
from release_portal.output._format import Format, Report
from release_portal.output._unjudged import unjudged
from release_portal.registry import collect
from release_portal.wording import printable
from tests.conftest import ROOT, run
from tests.test_git_rules import BY_GIT

GOLDEN = Path(__file__).parent / "golden/output"
FORMATS = {one.name: one for one in collect(output, "FORMAT", Format)}
SARIF = jsonschema_rs.Draft4Validator(
    json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_text()), validate_formats=True
)
RULES = tuple(
    rule for rule in all_rules() if rule.name in {"invalid-value", "self-review", "unchecked-repository"}
)
FILE = "releases/1.0.0/release.yaml"
TEXT = "version: 1.0.0\nrisk: lo\nowner: x\n"
HOSTILE = (
    "x\n::error::owned\r\n%0A%25::warning file=a::b",
    "line\u2028separator\u2029and\u0085next\x0b\x0c",
    "\x1b[31mred\x1b[0m \x00\x07\x7f \ufffe\uffff",
    "\u202eevil\u202c \u2066x\u2069 \u200b",
    "]]></failure></testcase></testsuite><x y='\"'>&amp;",
    "\ud800 lone \udcff surrogates",
    "[click](https://evil.example.com) ![i](https://evil.example.com/x.png) <https://evil.example.com>",
    "www.evil.example.com https://evil.example.com ana@example.com @octocat #12 GH-12 a/b#3 !4 :tada:",
    "<script>alert(1)</script><img src=x onerror=y><!-- x -->",
    "a | b || c \\| d \\\\| e\n| - | - |\n\n# heading\n- [ ] task\n> quote\n---",
    "`code` ``two`` ``` three | `",
    "` <b>@octocat</b> [x](y)",
    "\\` @octocat \\",
    "{0} {{1}} }{ [a](1)",
    "'; ../../etc:passwd?#%zz",
    " ",
    "",
)


def report(*findings: Finding, versions: tuple[str, ...] = ("1.0.0", "0.9.0")) -> Report:
    return Report(Path("nowhere"), findings, versions, 7, texts={FILE: TEXT}, rules=RULES)


SMALL = report(
    Finding("unchecked-repository", Severity.NOTICE, Location("mkdocs.yml"), "platform: not checked here, nothing there"),
    Finding("invalid-value", Severity.ERROR, Location(FILE, 2, 7), "'risk' is 'lo'", "did you mean 'low'?", "1.0.0"),
    Finding("invalid-value", Severity.WARNING, Location(FILE, 3, 8), "'owner' is 'x'", "", "1.0.0"),
    Finding("self-review", Severity.ERROR, Location(FILE, 3, 1), "ana.silva reviews their own change", "ask someone else", "1.0.0"),
)  # fmt: skip
EMPTY = report()
BROKEN_OUT = report(
    *(Finding("invalid-value", Severity.ERROR, Location(words, 1, 1), words, words, words) for words in HOSTILE),
    *(Finding("self-review", Severity.WARNING, Location(FILE, 2, 7), words, "", "1.0.0") for words in HOSTILE),
)  # fmt: skip
REPORTS = {"small": SMALL, "empty": EMPTY, "hostile": BROKEN_OUT}


@pytest.fixture(params=REPORTS)
def told(request: pytest.FixtureRequest) -> Report:
    return REPORTS[request.param]


def judged(root: Path) -> Report:
    """A report on the portal in a folder, made as the command makes it."""
    read = settings.read(root / "mkdocs.yml")
    return report_of(Invocation(root), assess(root, read, datetime(2026, 3, 3, tzinfo=UTC)))


def edit(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


# --- every format


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str) -> None:
    actual = (
        FORMATS[name]
        .render(SMALL)
        .replace(f'"version": "{metadata.version("release-portal")}"', '"version": "…"')
    )

    expected = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(actual)
    assert expected.read_text() == actual


@pytest.mark.parametrize("name", FORMATS)
def test_file_name_documentation_and_command_agree(name: str) -> None:
    assert (ROOT / f"generator/release_portal/output/{name}.py").exists()
    assert f"## {name}" in (ROOT / "docs/guide/formats.md").read_text()


def test_the_command_line_lists_and_makes_each_format(base: Path) -> None:
    assert f"One of {', '.join(FORMATS)}." in " ".join(run("check", "--help", cwd=base).out.split())
    for name in FORMATS:
        done = run("check", "--format", name, cwd=base)
        assert (done.code, done.err) == (0, "")
        assert done.out == FORMATS[name].render(judged(base))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str, told: Report) -> None:
    first = FORMATS[name].render(told).encode()

    assert FORMATS[name].render(replace(told)).encode() == first
    assert first.endswith(b"\n") or (name == "github" and not told.findings)


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_bidi_or_line_separator_reaches_the_output(name: str, told: Report) -> None:
    text = FORMATS[name].render(told)

    assert [one for one in text if not one.isprintable() and one not in {"\n", "\ufe0f"}] == []


# --- JSON formats


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_json_holds_no_lone_surrogate(name: str, told: Report) -> None:
    """Python reads them; Ruby, Go and Rust do not."""
    values = json.dumps(json.loads(FORMATS[name].render(told)), ensure_ascii=False)

    assert json.loads(values.encode()) == json.loads(values)


def test_sarif_is_valid_by_the_official_schema(told: Report) -> None:
    log = json.loads(FORMATS["sarif"].render(told))

    assert [f"{one.instance_path}: {one.message}" for one in SARIF.iter_errors(log)] == []
    run_ = log["runs"][0]
    names = [rule["id"] for rule in run_["tool"]["driver"]["rules"]]
    assert [names[one["ruleIndex"]] for one in run_["results"]] == [one["ruleId"] for one in run_["results"]]
    assert len(run_["results"]) == len(told.findings)


def test_the_schema_would_tell() -> None:
    log = json.loads(FORMATS["sarif"].render(SMALL))
    log["runs"][0]["results"][0]["level"] = "fatal"

    assert not SARIF.is_valid(log)


def test_sarif_describes_every_rule_that_judges() -> None:
    log = json.loads(FORMATS["sarif"].render(replace(EMPTY, rules=all_rules())))

    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert list(rules) == [rule.name for rule in all_rules()]
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in rules.values())
    assert all(len(rule["fullDescription"]["text"]) <= 1024 for rule in rules.values())  # GitHub's limit
    assert "](/" not in json.dumps(rules)
    assert rules["self-review"]["properties"]["tags"][0] == "SOC 2 CC8.1"


def test_sarif_addresses_are_relative_and_lead_back_to_the_path() -> None:
    paths = ["releases/1.0.0/02 test/über #1%.md", "a:b/c?.yaml", "latin-\udce9.md", "../x"]
    told = report(*(Finding("self-review", Severity.ERROR, Location(path), "x") for path in paths))

    results = json.loads(FORMATS["sarif"].render(told))["runs"][0]["results"]

    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in results]
    assert [unquote_to_bytes(one["uri"]).decode("utf-8", "surrogateescape") for one in places] == paths
    assert all(re.fullmatch(r"[A-Za-z0-9._~%/-]+", one["uri"]) for one in places)
    assert {one["uriBaseId"] for one in places} == {"SRCROOT"}


def test_sarif_messages_hold_no_link_and_no_placeholder() -> None:
    results = json.loads(FORMATS["sarif"].render(BROKEN_OUT))["runs"][0]["results"]

    messages = [one["message"]["text"] for one in results]
    assert not any("](" in text for text in messages)
    assert not any(re.search(r"[{}]", text.replace("{{", "").replace("}}", "")) for text in messages)


def test_gitlab_has_what_gitlab_asks_for(told: Report) -> None:
    entries = json.loads(FORMATS["gitlab"].render(told))

    assert len(entries) == len(told.findings)
    assert len({one["fingerprint"] for one in entries}) == len(entries)
    for one in entries:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize(
    ("section", "labels"),
    [
        ("- SOC 2 CC8.1: changes, and more, are authorised.\n- PCI DSS 6.5.1: x.", ("SOC 2 CC8.1", "PCI DSS 6.5.1")),
        ("SOC 2 CC6.1 and CC8.1, ISO 27001 A.5.3 (segregation of\nduties).",
         ("SOC 2 CC6.1", "SOC 2 CC8.1", "ISO 27001 A.5.3")),
        ("21 CFR 11.10(e); 21 CFR 11.70 in spirit: a signature.", ("21 CFR 11.10(e)", "21 CFR 11.70")),
        ("None: a convention.", ()),
    ],
)  # fmt: skip
def test_controls_of_a_rule(section: str, labels: tuple[str, ...]) -> None:
    assert controls(f"X.\n\n## Why it matters\nSOC 1.\n\n## Controls\n{section}") == labels
    assert controls("X.\n\n## Why it matters\nSOC 2 CC8.1.") == ()


# --- fingerprints


def test_fingerprints_stay_when_lines_move(base: Path) -> None:
    release = base / FILE
    briefing = base / "releases/1.0.0/02-test/release-briefing.md"
    edit(release, "risk: low", "risk: lo\nbogus: 1\nmore: 2\nother: 1")
    briefing.unlink()
    before = judged(base)
    lines = {one.location.line for one in before.findings if one.location.path == FILE}

    release.write_text(f"# one more\n\n{release.read_text()}")
    after = judged(base)

    assert len(lines) > 2
    assert {one.location.line for one in after.findings if one.location.path == FILE} != lines
    assert sorted(fingerprints(after)) == sorted(fingerprints(before))
    assert len(set(fingerprints(before))) == len(before.findings)


def test_a_fingerprint_tells_places_of_the_same_words_apart() -> None:
    one = Finding("self-review", Severity.ERROR, Location(FILE, 2, 1), "not filled in", "", "1.0.0")
    other = replace(one, location=Location(FILE, 3, 1))
    moved = replace(one, location=Location(FILE, 2, 5))

    both, alone = fingerprints(report(one, other)), fingerprints(report(other))
    assert both[1] == alone[0]
    assert len(set(fingerprints(report(one, moved)))) == 2


def test_a_number_of_a_line_in_the_words_does_not_count() -> None:
    one = Finding("self-review", Severity.ERROR, Location(FILE, 2, 1), "'x' stands here and on line 7")

    assert fingerprints(report(one)) == fingerprints(
        report(replace(one, message=one.message.replace("7", "9")))
    )
    assert fingerprints(report(one)) != fingerprints(
        report(replace(one, message=one.message.replace("x", "y")))
    )


# --- junit


def test_junit_is_counted_right(told: Report) -> None:
    document = JUnitXml.fromstring(FORMATS["junit"].render(told).encode())

    errors = {(one.release, one.rule) for one in told.findings if one.severity is Severity.ERROR}
    assert document.failures == len(errors)
    assert (
        document.tests
        == sum(suite.tests for suite in document)
        == sum(len(list(suite)) for suite in document)
    )
    releases = dict.fromkeys(["", *told.versions, *(one.release for one in told.findings)])
    assert len(list(document)) == len(releases)
    assert {suite.tests for suite in document} == {len(RULES)}
    names = [(case.classname, case.name) for suite in document for case in suite]
    assert len(set(names)) == len(names)  # GitLab drops a case whose name it has seen


def test_junit_fails_by_errors_and_only_by_them() -> None:
    root = ET.fromstring(FORMATS["junit"].render(SMALL))

    cases = {(one.get("classname"), one.get("name")): one for one in root.iter("testcase")}
    failed = cases["release 1.0.0.rules", "invalid-value"]
    assert f"{FILE}:2:7: error: 'risk' is 'lo'" in str(failed.findtext("failure"))
    assert "'owner' is 'x'" in str(failed.findtext("system-out"))
    assert failed.get("file") == FILE
    told = cases["portal.rules", "unchecked-repository"]
    assert [one.tag for one in told] == ["system-out"]
    assert not list(cases["release 0.9.0.rules", "invalid-value"])


def test_a_rule_that_could_not_judge_is_skipped_never_passed(base: Path) -> None:
    told = judged(base)
    assert told.portal is not None

    reasons = unjudged(told.portal, told.rules)

    # These read progress, the texts of the process, and the base branch.
    elsewhere = {"unproved-sign-off", "unraised-process-version", "changed-policy"}
    by_files_too = {"broken-seal-chain", "irregular-file", "judged-by-another-process"}
    by_git = BY_GIT - elsewhere | by_files_too
    assert {name for name, reason in reasons.items() if "this portal: not checked" in reason} == by_git
    assert "--base" in reasons["changed-policy"]
    root = ET.fromstring(FORMATS["junit"].render(told))
    assert {str(one.get("name")) for one in root.iter("testcase") if one.find("skipped") is not None} == set(
        reasons
    )
    assert root.get("skipped") == str(len(reasons) * 2)


# --- markdown


def tokens(text: str) -> Iterator[Token]:
    parser = MarkdownIt("gfm-like")
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


def test_the_parser_of_this_test_makes_links_of_addresses() -> None:
    assert "link_open" in {one.type for one in tokens("see www.evil.example.com")}
    assert "html_inline" in {one.type for one in tokens("a <b>c</b>")}


def test_markdown_tables_hold_what_records_say_as_code_and_nothing_else(told: Report) -> None:
    found = list(tokens(FORMATS["markdown"].render(told)))

    allowed = {"paragraph", "heading", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    sides = {f"{name}_{side}" for name in allowed for side in ("open", "close")}
    assert {one.type for one in found} <= sides | {"inline", "text", "code_inline"}
    assert sum(one.type == "tr_open" for one in found) == len(told.findings) + sum(
        one.type == "table_open" for one in found
    )
    ours = {"Finding", "Next step", "Place", "Rule", "Portal", "Release", told.summary}
    ours |= {"❌ error", "⚠️ warning", "ℹ️ notice", *(rule.name for rule in RULES)}  # noqa: RUF001
    assert {one.content.strip() for one in found if one.type == "text"} - {""} <= ours
    cells = [one for one in found if one.type == "td_open"]
    assert len(cells) == 5 * len(told.findings)


def test_markdown_puts_errors_first_and_newest_release_first() -> None:
    old = Finding("self-review", Severity.ERROR, Location("releases/0.9.0/a.yaml"), "old", "", "0.9.0")
    text = FORMATS["markdown"].render(report(old, *SMALL.findings))

    assert text.index("### Portal") < text.index("### Release `1.0.0`") < text.index("### Release `0.9.0`")
    assert text.index("their own change") < text.index("'owner' is 'x'")


@pytest.mark.parametrize(
    ("words", "shown"),
    [("a | b", "a | b"), ("|", "|"), ("a || b|", "a || b|"), (r"a \\| b", r"a \\\u{7c} b"), ("`|`", "`|`")],
)
def test_a_bar_in_markdown_reads_as_it_was_written(words: str, shown: str) -> None:
    one = Finding("invalid-value", Severity.ERROR, Location(FILE, 3, 1), words, "", "1.0.0")
    text = FORMATS["markdown"].render(report(one))

    assert shown in [token.content for token in tokens(text) if token.type == "code_inline"]
    assert len([token for token in tokens(text) if token.type == "td_open"]) == 5


@pytest.mark.parametrize("words", ["x", "y" * 5_000, "`" * 299, "\x00" * 400])
def test_markdown_fits_a_comment_and_tells_what_it_left_out(words: str) -> None:
    many = [
        Finding("self-review", Severity.WARNING, Location(FILE, 2, 1), words, words, f"{n}.0.0")
        for n in range(900)
    ]
    last = Finding("invalid-value", Severity.ERROR, Location(FILE, 3, 1), "the one error", "", "1.0.0")

    text = FORMATS["markdown"].render(report(*many, last))

    assert len(text) < 65_536
    assert "the one error" in text
    left = re.search(r"… and (\d+) more\.\n$", text)
    assert left is not None
    rows = sum(one.type == "tr_open" for one in tokens(text)) - sum(
        one.type == "table_open" for one in tokens(text)
    )
    assert rows + int(left[1]) == 901


# --- github


def unescaped(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_gets_one_command_for_each_finding(told: Report) -> None:
    lines = FORMATS["github"].render(told).splitlines()

    assert len(lines) == len(told.findings)
    for line, finding in zip(lines, told.findings, strict=True):
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command is not None
        properties = dict(one.split("=", 1) for one in command[2].split(","))
        assert set(properties) == {"file", "line", "col", "title"}
        assert properties["title"] == finding.rule
        assert unescaped(properties["file"]) == printable(finding.location.path)
        hint = f" ({finding.hint})" if finding.hint else ""
        assert unescaped(command[3]) == printable(f"{finding.message}{hint}")
