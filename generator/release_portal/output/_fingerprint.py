"""What identifies a finding from one run to the next, wherever its line has moved to."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from release_portal.finding import Finding
from release_portal.output._format import Report

_NUMBERED = re.compile(r"\b(line|column) \d+")


def fingerprints(report: Report) -> tuple[str, ...]:
    """One fingerprint for each finding, in their order: SHA-256 in hexadecimal, no two alike.

    It is made of rule, path, the text of the line, the message, and a number that counts findings alike
    in all of these.
    """
    return tuple(_numbered(report))


def _numbered(report: Report) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for finding in report.findings:
        # JSON keeps the parts apart, and is ASCII whatever they hold.
        key = json.dumps(_parts(report, finding))
        seen[key] += 1
        yield sha256(f"{key}{seen[key]}".encode()).hexdigest()


def _parts(report: Report, finding: Finding) -> list[str]:
    place = finding.location
    # What concerns a whole file stands at its first character, and must not change with the first line.
    text = "" if (place.line, place.column) == (1, 1) else report.line(place).strip()
    return [finding.rule, place.path, text, _NUMBERED.sub(r"\1", finding.message)]
