"""Findings as SARIF 2.1.0, for code scanning and for editors.

Every rule that judged is listed, so that a log without results still tells what was looked for. Links and
placeholders mean something in a SARIF message: what a record says can write neither.
"""

import json
import re
from importlib import metadata
from urllib.parse import quote

from release_portal.finding import Finding, Severity
from release_portal.output._controls import controls
from release_portal.output._fingerprint import fingerprints
from release_portal.output._format import Format, Report
from release_portal.rules._rule import Rule
from release_portal.wording import printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_ROOT = "SRCROOT"
_PAGE_LINK = re.compile(r"\[([^\]]*)\]\(/[^)\s]*\)")  # a page of the portal, whose address a log cannot know
Group = dict[str, object]


def render(report: Report) -> str:
    """A log of one run."""
    index = {rule.name: number for number, rule in enumerate(report.rules)}
    pairs = zip(report.findings, fingerprints(report), strict=True)
    run = {
        "tool": {"driver": _driver(report.rules)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that holds mkdocs.yml."}}},
        "results": [_result(finding, index[finding.rule], printed) for finding, printed in pairs],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(rules: tuple[Rule, ...]) -> Group:
    version = metadata.version("release-portal")
    return {"name": "release-portal", "version": version, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> Group:
    page = _PAGE_LINK.sub(r"\1", rule.documentation)
    why = page.partition("## Why it matters\n")[2].partition("\n\n")[0]
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(f"{rule.summary} {why}".split())},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": list(controls(rule.documentation))},
    }


def _result(finding: Finding, number: int, printed: str) -> Group:
    words = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    place = finding.location
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(words)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.path), "uriBaseId": _ROOT},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
        "partialFingerprints": {"findingHash/v1": printed},
    }


def _plain(text: str) -> str:
    """Text as a message: braces doubled (§3.11.5), and no `](` that would make a link (§3.11.6)."""
    return printable(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _uri(path: str) -> str:
    """A path as a relative URI, of the bytes that the file system has."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(printable(path))


FORMAT = Format("sarif", render)
