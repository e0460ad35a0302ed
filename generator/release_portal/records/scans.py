"""Security scans of the release: tool, time, totals, and the raw report.

The totals are re-derived from the copied report, so that a summary cannot claim what the tool did not say.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

ScanKind = Literal["sast", "dependencies", "secrets", "container", "dast", "infrastructure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Open results of a scan by severity."""

    critical: int
    high: int
    medium: int
    low: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan; `exceptions` are ids in exceptions.yaml that accept what is still open."""

    tool: str
    version: str
    kind: ScanKind
    ran_at: datetime
    commit: str
    totals: Totals
    evidence: tuple[Evidence, ...]
    exceptions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scans:
    """All scans of a release."""

    scans: tuple[Scan, ...]


RECORD = RecordType(
    name="scans",
    title="Security scans",
    purpose="What each scanner found, with its raw report.",
    file="scans.yaml",
    shape=Scans,
    schema={
        "scans": field.rows(
            {
                "tool": field.text("Tool"),
                "version": field.text("Version of the tool"),
                "kind": field.choice(ScanKind, "Kind"),
                "ran_at": field.instant("Ran at"),
                "commit": field.kind("commit", "Commit", "What was scanned."),
                "totals": field.group(
                    {
                        severity: field.kind("whole number", severity.capitalize(), f"Open results of {severity} severity.")
                        for severity in ("critical", "high", "medium", "low")
                    },
                    "Totals",
                    "Open results by severity, as in the report.",
                ),
                "evidence": evidence("The raw report (SARIF where the tool writes it).", least=1),
                "exceptions": field.listing(
                    field.kind("ticket", "Exception"), "Exceptions", "Ids in exceptions.yaml.", optional=True
                ),
                "note": field.text("Note", optional=True),
            },
            "Scans",
            "At least a static scan and a dependency scan.",
            least=1,
        ),
    },
    scaffold="""\
scans:
  - tool: <fill in the scanner>
    version: <fill in its version>
    kind: sast
    ran_at: <fill in RFC 3339 with zone>
    commit: <fill in the full object id>
    totals:
      critical: <fill in a count>
      high: <fill in a count>
      medium: <fill in a count>
      low: <fill in a count>
    evidence:
      - path: <fill in evidence/FILE>
        sha256: <fill in its digest>
        describes: <fill in what the report shows>
""",
)  # fmt: skip
