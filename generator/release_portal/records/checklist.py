"""A compliance checklist: one framework's controls, each answered for this release.

Every control has an answer. A failed one needs an accepted exception, named here by its id.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

Answer = Literal["met", "failed", "not-applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control's answer; `exception` is the id of an entry in exceptions.yaml."""

    control: str
    question: str
    answer: Answer
    statement: str
    exception: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One framework's controls for one release."""

    framework: str
    title: str
    completed_on: date
    completed_by: str
    controls: tuple[Control, ...]


RECORD = RecordType(
    name="checklist",
    title="Compliance checklist",
    purpose="One framework's controls, each answered for this release.",
    file="checklists/*.yaml",
    shape=Checklist,
    schema={
        "framework": field.kind("name", "Framework", "Such as soc2, pci-dss, gdpr, rbi; the file's name."),
        "title": field.text("Title", "Framework with its edition, such as 'PCI DSS 4.0.1'."),
        "completed_on": field.day("Completed on"),
        "completed_by": field.person("Completed by"),
        "controls": field.rows(
            {
                "control": field.text("Control", "The framework's own id, such as CC8.1."),
                "question": field.text("Question", "What is asked of this release."),
                "answer": field.choice(Answer, "Answer"),
                "statement": field.text("Statement", "How it is met, or why not."),
                "exception": field.kind("ticket", "Exception", "Id in exceptions.yaml; for a failed control.", optional=True),
                "evidence": evidence(),
            },
            "Controls",
            "The framework's controls that a release touches.",
            least=1,
        ),
    },
    scaffold="""\
framework: <fill in the file's name>
title: <fill in the framework with its edition>
completed_on: <fill in YYYY-MM-DD>
completed_by: <fill in a person's id>
controls:
  - control: <fill in a control id>
    question: <fill in what is asked>
    answer: <fill in met, failed or not-applicable>
    statement: <fill in how it is met, or why not>
""",
)  # fmt: skip
