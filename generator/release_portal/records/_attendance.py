"""Who sat in a meeting, and in which role."""

from dataclasses import dataclass

from release_portal.records import _fields as field


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A person at a meeting, in one role of the roster."""

    person: str
    role: str


ATTENDEES = field.rows(
    {
        "person": field.person("Person"),
        "role": field.kind("name", "Role", "Role of the roster in which the person attends."),
    },
    "Attendees",
    "Everyone present, with the role in which they sat there.",
    least=2,
)
