"""The roster: who is who, under which addresses they commit, and which roles they hold from when to when.

Owned by the portal's code owners, never by the author of a pull request about a release. A sign-off
counts when its signer held the role on that day.
"""

from dataclasses import dataclass
from datetime import date

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A role that a person holds; `until` is the last day, None while it lasts."""

    role: str
    from_: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the role is held on that day."""
        return self.from_ <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; the first of `emails` is the principal in allowed_signers."""

    id: str
    name: str
    emails: tuple[str, ...]
    roles: tuple[Tenure, ...]
    team: str = ""

    def holds(self, role: str, day: date) -> bool:
        """Whether the person holds a role on a day."""
        return any(tenure.role == role and tenure.covers(day) for tenure in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A forge that makes commits for people on the web, and signs them with a key of its own."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everyone who may act on a release."""

    people: tuple[Person, ...]
    forges: tuple[Forge, ...] = ()


RECORD = RecordType(
    name="people",
    title="Roster",
    purpose="Who may sign what, from when to when.",
    file="people.yaml",
    home="roster",
    shape=People,
    schema={
        "people": field.rows(
            {
                "id": field.kind("person id", "Id", "How records name the person."),
                "name": field.text("Name"),
                "team": field.text("Team", optional=True),
                "emails": field.listing(
                    field.kind("e-mail address", "Address"),
                    "Addresses",
                    "Every address the person commits under, the principal one first.",
                    least=1,
                ),
                "roles": field.rows(
                    {
                        "role": field.kind("name", "Role", "A role of the process."),
                        "from": field.day("From"),
                        "until": field.day("Until", "The last day; leave out while it lasts.", optional=True),
                    },
                    "Roles",
                    "What the person may act as.",
                    least=1,
                ),
            },
            "People",
            "One entry for each person.",
            least=1,
        ),
        "forges": field.rows(
            {
                "name": field.text("Name", "Such as GitHub."),
                "email": field.kind(
                    "e-mail address", "Address", "The committer's address of its web commits."
                ),
            },
            "Forges",
            "Forges that commit for people on the web; their keys stand in allowed_signers or keys/.",
            optional=True,
        ),
    },
    scaffold="""\
people:
  - id: <fill in an id such as ana.silva>
    name: <fill in the name>
    emails: [<fill in the address>]
    roles:
      - role: <fill in a role>
        from: <fill in YYYY-MM-DD>
""",
)
