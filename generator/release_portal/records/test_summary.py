"""What was tested, how, and with which result; the numbers are those of the copied CI reports.

There is a suite for features, security, privacy and audit logging. The counts equal those in the JUnit
evidence, which anyone can count again.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

TestArea = Literal["features", "security", "privacy", "audit-logging", "performance", "regression"]
TestMethod = Literal["automated", "manual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One suite's result, in test cases."""

    name: str
    area: TestArea
    method: TestMethod
    ran_at: datetime
    total: int
    passed: int
    failed: int
    skipped: int
    run: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSummary:
    """All suites of a release; `coverage` is line coverage in percent."""

    __test__ = False  # the name starts with Test, which pytest would collect

    commit: str
    environment: str
    suites: tuple[Suite, ...]
    conclusion: str
    coverage: Decimal | None = None


RECORD = RecordType(
    name="test-summary",
    title="Test summary",
    purpose="Suites with their counts and the CI reports that prove them.",
    file="test-summary.yaml",
    shape=TestSummary,
    schema={
        "commit": field.kind("commit", "Commit", "What was tested."),
        "environment": field.text("Environment"),
        "suites": field.rows(
            {
                "name": field.text("Suite"),
                "area": field.choice(TestArea, "Area"),
                "method": field.choice(TestMethod, "Method"),
                "ran_at": field.instant("Ran at"),
                "total": field.kind("whole number", "Total"),
                "passed": field.kind("whole number", "Passed"),
                "failed": field.kind("whole number", "Failed"),
                "skipped": field.kind("whole number", "Skipped"),
                "run": field.kind("link", "CI run", optional=True),
                "note": field.text("Note", optional=True),
                "evidence": evidence("The run's report (JUnit XML where the tool writes it)."),
            },
            "Suites",
            "Features, security, privacy and audit logging at the least.",
            least=1,
        ),
        "coverage": field.kind("number", "Line coverage", "In percent.", optional=True),
        "conclusion": field.text("Conclusion", "What the results mean for the release."),
    },
    scaffold="""\
commit: <fill in the full object id>
environment: <fill in where it was tested>
suites:
  - name: <fill in the suite>
    area: features
    method: automated
    ran_at: <fill in RFC 3339 with zone>
    total: <fill in a count>
    passed: <fill in a count>
    failed: <fill in a count>
    skipped: <fill in a count>
conclusion: <fill in what the results mean for the release>
""",
)
