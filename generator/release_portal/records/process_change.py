"""What the release changed in release-process.md: a newer version of it, or nothing, with the reason."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

ProcessDecision = Literal["changed", "no-change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessChange:
    """Outcome for the process; `version` is the new version where it changed."""

    decision: ProcessDecision
    reason: str
    decided_by: str
    decided_on: date
    version: str = ""


RECORD = RecordType(
    name="process-change",
    title="Process change",
    purpose="What the next release does differently, by the process itself.",
    file="process-change.yaml",
    shape=ProcessChange,
    schema={
        "decision": field.choice(ProcessDecision, "Decision"),
        "version": field.kind("process version", "New version", "For `decision: changed`.", optional=True),
        "reason": field.text("Reason", "What was learnt, or why nothing has to change."),
        "decided_by": field.person("Decided by"),
        "decided_on": field.day("Decided on"),
    },
    scaffold="""\
decision: <fill in changed or no-change>
reason: <fill in what was learnt, or why nothing has to change>
decided_by: <fill in a person's id>
decided_on: <fill in YYYY-MM-DD>
""",
)
