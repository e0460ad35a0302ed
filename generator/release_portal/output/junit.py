"""Findings as JUnit XML: a suite for each release and one for the portal, in each a test case per rule.

A rule with errors is one failed case that lists them all, because GitLab and Jenkins read one failure of a
case: GitLab its text, Jenkins its message too. Warnings and notices fail nothing. They stand in the
case's system-out, which Jenkins shows and GitLab does not; GitLab shows them from the `gitlab` format.
A rule that found nothing passed, except where it asks git or a base branch that could not be asked: then
it was skipped, with the reason. Class names end in `.rules`, since Jenkins cuts them at the last dot.
"""

from collections import defaultdict
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from release_portal.finding import Finding, Severity
from release_portal.output._format import Format, Report
from release_portal.output._unjudged import unjudged
from release_portal.rules._rule import Rule
from release_portal.wording import printable

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
Found = Mapping[tuple[str, str], list[Finding]]


def render(report: Report) -> str:
    """A `testsuites` document; only printable characters reach it, so that none is one that XML forbids."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.release, finding.rule].append(finding)
    skipped = unjudged(report.portal, report.rules) if report.portal else {}
    root = ET.Element("testsuites", name="release-portal")
    versions = dict.fromkeys(["", *report.versions, *(finding.release for finding in report.findings)])
    root.extend(_suite(version, report.rules, found, skipped) for version in versions)
    _count(root)
    ET.indent(root)
    return f"{_DECLARATION}{ET.tostring(root, encoding='unicode')}\n"


def _suite(version: str, rules: tuple[Rule, ...], found: Found, skipped: Mapping[str, str]) -> ET.Element:
    name = f"release {printable(version)}" if version else "portal"
    suite = ET.Element("testsuite", name=name)
    for rule in rules:
        case = ET.SubElement(suite, "testcase", classname=f"{name}.rules", name=rule.name)
        findings = found.get((version, rule.name), [])
        if findings:
            _tell(case, findings)
        elif rule.name in skipped:
            reason = printable(skipped[rule.name])
            ET.SubElement(case, "skipped", message=reason).text = reason
    _count(suite)
    return suite


def _tell(case: ET.Element, findings: list[Finding]) -> None:
    errors = [one for one in findings if one.severity is Severity.ERROR]
    others = [one for one in findings if one.severity is not Severity.ERROR]
    if errors:
        case.set("file", printable(errors[0].location.path))
        failure = ET.SubElement(case, "failure", message=_message(errors), type="error")
        failure.text = _told(errors)
    if others:
        ET.SubElement(case, "system-out").text = _told(others)


def _count(element: ET.Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")


def _message(errors: list[Finding]) -> str:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{printable(errors[0].message)}{more}"


def _told(findings: list[Finding]) -> str:
    return "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    place, message = printable(str(finding.location)), printable(finding.message)
    hint = f"\n  hint: {printable(finding.hint)}" if finding.hint else ""
    return f"{place}: {finding.severity}: {message}{hint}"


FORMAT = Format("junit", render)
