"""CI reports: counted by their single results, and refused whole where they are not safe or not whole."""

import json
import random
from typing import Any

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from release_portal import evidence
from release_portal.evidence._evidence import (
    DEPTH,
    LIMIT,
    Broken,
    Counts,
    Format,
    OpenResults,
    Report,
    Totals,
    report,
)
from release_portal.registry import collect

FORMATS = collect(evidence, "FORMAT", Format)
CASE = '<testcase classname="a" name="b">{}</testcase>'


def junit(text: str | bytes) -> Report | None:
    return report(FORMATS, "evidence/junit.xml", text.encode() if isinstance(text, str) else text)


def sarif(*results: dict[str, Any], path: str = "evidence/scan.sarif", **run: Any) -> Report | None:
    rules = [
        {"id": "by-score", "properties": {"security-severity": "9.1"}},
        {"id": "by-level", "defaultConfiguration": {"level": "error"}},
        {"id": "bad-score", "properties": {"security-severity": "high"}},
    ]
    log = {"version": "2.1.0", "runs": [{"tool": {"driver": {"rules": rules}}, "results": results, **run}]}
    return report(FORMATS, path, json.dumps(log).encode())


def totals(found: Report | None) -> Totals:
    assert isinstance(found, OpenResults)
    return found.totals


@pytest.mark.parametrize(
    ("inside", "counts"),
    [
        ("", Counts(1, 1, 0, 0)),
        ("<failure/>", Counts(1, 0, 1, 0)),
        ("<error/>", Counts(1, 0, 1, 0)),
        ("<skipped/>", Counts(1, 0, 0, 1)),
        ("<failure/><error/>", Counts(1, 0, 1, 0)),
        ("<skipped/><failure/>", Counts(1, 0, 1, 0)),
        ("<flakyFailure/><system-out>failure</system-out>", Counts(1, 1, 0, 0)),
    ],
)
def test_a_case_counts_once_by_its_worst_result(inside: str, counts: Counts) -> None:
    assert junit(f"<testsuite>{CASE.format(inside)}</testsuite>") == counts


def test_stated_totals_are_not_believed_and_nested_suites_are_counted() -> None:
    inner = f'<testsuite tests="9">{CASE.format("")}{CASE.format("<failure/>")}</testsuite>'

    assert junit(
        f'<testsuites tests="40" failures="0"><testsuite>{inner}</testsuite></testsuites>'
    ) == Counts(2, 1, 1, 0)


def test_cases_are_counted_as_another_reader_counts_them() -> None:
    chance = random.Random(7)
    inside = ["", "<failure/>", "<error>x</error>", "<skipped/>", "<system-out>y</system-out>"]
    for _ in range(50):
        suites = "".join(
            f"<testsuite>{''.join(CASE.format(chance.choice(inside)) for _ in range(chance.randrange(9)))}</testsuite>"
            for _ in range(chance.randrange(1, 5))
        )
        text = f"<testsuites>{suites}</testsuites>"
        results = [case.result for suite in JUnitXml.fromstring(text.encode()) for case in suite]
        failed = sum(any(isinstance(one, (Failure, Error)) for one in result) for result in results)
        skipped = sum(any(isinstance(one, Skipped) for one in result) for result in results)
        assert junit(text) == Counts(len(results), len(results) - failed - skipped, failed, skipped)


ENTITY = '<!DOCTYPE testsuite [<!ENTITY a SYSTEM "file:///etc/hostname">]><testsuite name="&a;"/>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ENTITY, "document type"),
        (ENTITY.encode("utf-16"), "document type"),
        ('<?xml version="1.0"?><!-- <testsuite> -->\n<!DOCTYPE testsuites><testsuites/>', "document type"),
        ("<testsuite>" * (DEPTH + 1) + "</testsuite>" * (DEPTH + 1), "levels deep"),
        ("<testsuite>" * 1_000_000, "levels deep"),
        ("<testsuite><testcase>", "is no XML"),
        ("<testsuite>\x00</testsuite>", "is no XML"),
        ('<?xml version="1.0" encoding="no-such"?><testsuite/>', "is no XML"),
        ("", "is no XML"),
        ('<testsuite xmlns="urn:other"/>', "is no JUnit XML"),
        (b"<testsuite>" + b" " * LIMIT, "larger than 20 MB"),
    ],
)
def test_an_unsafe_or_broken_junit_report_is_refused(content: str | bytes, reason: str) -> None:
    found = junit(content)

    assert isinstance(found, Broken)
    assert reason in found.reason


def test_other_xml_and_other_json_are_no_reports() -> None:
    assert junit("<!DOCTYPE coverage SYSTEM 'http://dtd.example'><coverage/>") is None
    assert report(FORMATS, "evidence/sbom.json", b'{"bomFormat": "CycloneDX"}') is None
    assert report(FORMATS, "evidence/log.csv", b"<testsuite/>") is None


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"ruleId": "by-score", "level": "note"}, Totals(critical=1)),
        ({"ruleIndex": 0}, Totals(critical=1)),
        ({"rule": {"id": "by-score"}}, Totals(critical=1)),
        ({"ruleId": "by-level"}, Totals(high=1)),
        ({"ruleId": "by-level", "level": "note"}, Totals(low=1)),
        ({"ruleId": "bad-score", "level": "error"}, Totals(high=1)),
        ({"ruleId": "unknown"}, Totals(medium=1)),
        ({"ruleIndex": 99, "level": "warning"}, Totals(medium=1)),
        ({"level": "none"}, Totals(low=1)),
        ({"ruleId": "by-score", "suppressions": [{"kind": "inSource"}]}, Totals()),
        (
            {"ruleId": "by-score", "suppressions": [{"kind": "external", "status": "rejected"}]},
            Totals(critical=1),
        ),
        ({"ruleId": "by-score", "suppressions": []}, Totals(critical=1)),
        ({"ruleId": "by-score", "kind": "pass"}, Totals()),
        ({"ruleId": "by-score", "kind": "pass", "level": "none"}, Totals()),
        ({"ruleId": "by-score", "kind": "informational", "level": "error"}, Totals(critical=1)),
        ({"ruleId": "by-score/inner/most"}, Totals(critical=1)),
        (
            {"ruleId": "by-score", "suppressions": [{"status": "accepted"}, {"status": "rejected"}]},
            Totals(critical=1),
        ),
        ({"ruleId": "by-score", "baselineState": "absent"}, Totals()),
        ({"ruleId": "by-score", "baselineState": "unchanged"}, Totals(critical=1)),
    ],
)
def test_an_open_result_is_ranked_by_its_rule_then_by_its_level(
    result: dict[str, Any], expected: Totals
) -> None:
    assert totals(sarif(result)) == expected


@pytest.mark.parametrize(("score", "rank"), [("9.0", "critical"), ("8.9", "high"), ("7", "high"), ("4.0", "medium"), ("3.9", "low"), ("0", "low")])  # fmt: skip
def test_a_score_gives_the_rank(score: str, rank: str) -> None:
    tool = {
        "driver": {"name": "x"},
        "extensions": [{"rules": [{"id": "r", "properties": {"security-severity": score}}]}],
    }
    result = {"rule": {"index": 0, "toolComponent": {"index": 0}}}

    assert totals(sarif(result, tool=tool)) == Totals(**{rank: 1})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"version": "2.0.0", "runs": [{"results": []}]}', "is no SARIF 2.1.0"),
        (b'{"version": "2.1.0", "runs": []}', "is no SARIF 2.1.0"),
        (b'{"version": "2.1.0", "runs": [{}]}', "run without results"),
        (b'{"version": "2.1.0", "runs": [{"results": ["x"]}]}', "no group of fields"),
        (b"\xff\xfe\x00", "is no JSON"),
        (
            b'{"version": "2.1.0", "runs": [{"results": []}], "inlineExternalProperties": [{"results": [{}]}]}',
            "in another place",
        ),
        (
            b'{"version": "2.1.0", "runs": [{"results": [], "externalPropertyFileReferences": {"results": []}}]}',
            "in another place",
        ),
        (b'{"version": "2.1.0", "runs": [{"results": [{"kind": "Pass"}]}]}', "which SARIF does not know"),
        (b'{"version": "2.1.0", "runs": [{"results": [{"kind": ["pass"]}]}]}', "which SARIF does not know"),
        (b'{"version": "2.1.0", "runs": [{"results": [{"level": "Error"}]}]}', "which SARIF does not know"),
    ],
)
def test_a_broken_sarif_report_is_refused(content: bytes, reason: str) -> None:
    found = report(FORMATS, "evidence/scan.sarif", content)

    assert isinstance(found, Broken)
    assert reason in found.reason


def test_a_failed_scan_proves_nothing() -> None:
    ended = {"executionSuccessful": True, "exitSignalName": "SIGKILL"}
    for invocation in ({"executionSuccessful": False}, {"executionSuccessful": "false"}, ended):
        assert isinstance(sarif(invocations=[invocation]), Broken)
    assert isinstance(sarif(invocations=[{"executionSuccessful": True}]), OpenResults)


def test_sarif_may_be_called_json() -> None:
    log = (
        b'{"$schema": "https://example.com/sarif-2.1.0.json", "version": "2.1.0", "runs": [{"results": []}]}'
    )

    assert report(FORMATS, "evidence/scan.json", log) == OpenResults(())
