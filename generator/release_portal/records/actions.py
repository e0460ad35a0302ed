"""The action log: every improvement with its owner, due day, ticket and state.

An action that is open after its due day is overdue, and shows as such in every register.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

ActionState = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One improvement; `done_on` is set when its state is done."""

    id: str
    title: str
    owner: str
    due: date
    ticket: str
    state: ActionState
    done_on: date | None = None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """All actions that a release gave rise to."""

    actions: tuple[Action, ...]


RECORD = RecordType(
    name="actions",
    title="Action log",
    purpose="Improvements with owner, due day, ticket and state.",
    file="actions.yaml",
    shape=Actions,
    schema={
        "actions": field.rows(
            {
                "id": field.kind("ticket", "Id", "Such as A-1; stable within the release."),
                "title": field.text("Action", "What will be different, in one line."),
                "owner": field.person("Owner"),
                "due": field.day("Due"),
                "ticket": field.kind("ticket", "Ticket"),
                "state": field.choice(ActionState, "State"),
                "done_on": field.day("Done on", "For a done action.", optional=True),
                "note": field.text("Note", optional=True),
                "evidence": evidence(),
            },
            "Actions",
            "What the retrospective and the incidents gave rise to.",
            least=1,
        ),
    },
    scaffold="""\
actions:
  - id: A-1
    title: <fill in what will be different>
    owner: <fill in a person's id>
    due: <fill in YYYY-MM-DD>
    ticket: <fill in a ticket id>
    state: open
""",
)
