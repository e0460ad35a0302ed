"""A CI report that a record lists as evidence cannot be read.

## Why it matters
The numbers of a record are held against its reports. A report that cannot be read proves none of them, and
must not count as one that found nothing. Reports are also files from elsewhere: one that declares a
document type, is nested without end, is larger than 20 MB, or takes more than 10 seconds or 512 MB to read is refused.

## How to fix
Copy the report again from the CI run, as the tool wrote it. Known formats are JUnit XML (`.xml`) and SARIF
2.1.0 (`.sarif`, `.json`). A SARIF file holds the results itself, and is of a scan that ran to its end.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing is documented for each change.
"""

from release_portal.evidence._evidence import Broken
from release_portal.portal import Portal
from release_portal.records._walk import evidence_of
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Report every listed file that should be a report and is broken."""
    for release in portal.releases:
        for record in release.records:
            for route, evidence in evidence_of(record):
                file = release.evidence.get(evidence.path)
                if file is None or not isinstance(file.report, Broken):
                    continue
                at = record.source.locate(*route, "path")
                severity = by_stage(portal, release, at)
                if severity:
                    message = f"{file.report.format} report '{file.path}' {file.report.reason}"
                    hint = "copy it again from the CI run, and put its new digest into the record"
                    yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check)
