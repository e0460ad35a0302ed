"""People, roles and addresses as of a day: who may sign what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from release_portal.finding import Location
from release_portal.records._record import Record
from release_portal.records.people import Person

_ONE_OWNER = "leave it to the one who commits under it"
Fault = tuple[str, Location, str, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a portal by id. Empty where roster/people.yaml is missing or broken.

    `forges` are the addresses, in lower case, under which forges commit for people.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    forges: frozenset[str] = frozenset()
    path: str = "roster/people.yaml"
    digest: str = ""

    @classmethod
    def from_record(cls, record: Record[Any]) -> "Roster":
        """The roster that a people record gives."""
        if record.value is None:
            return cls(path=record.path, digest=record.digest)
        people = {person.id: person for person in record.value.people}
        forges = frozenset(forge.email.casefold() for forge in record.value.forges)
        return cls(people, forges, record.path, record.digest)

    def person(self, person_id: str) -> Person | None:
        """The person of an id."""
        return self.people.get(person_id)

    def by_email(self, address: str) -> Person | None:
        """The person who commits under an address, upper and lower case taken as one."""
        wanted = address.casefold()
        for person in self.people.values():
            if any(email.casefold() == wanted for email in person.emails):
                return person
        return None

    def by_login(self, login: str) -> Person | None:
        """The person whom a forge knows as a user: by the id, or by the address that the forge commits under for them.

        Forges name it `login@users.…` or `123+login@users.…`.
        """
        wanted = login.casefold()
        for person in self.people.values():
            if person.id.casefold() == wanted or wanted in map(_login, person.emails):
                return person
        return None

    def name(self, person_id: str) -> str:
        """A person's name; the id where nobody has it."""
        person = self.people.get(person_id)
        return person.name if person else person_id

    def holds(self, person_id: str, role: str, day: date) -> bool:
        """Whether a person held a role on a day."""
        person = self.people.get(person_id)
        return person is not None and person.holds(role, day)

    def holders(self, role: str, day: date) -> tuple[Person, ...]:
        """Everyone who holds a role on a day: who can be asked to sign."""
        return tuple(person for person in self.people.values() if person.holds(role, day))

    @property
    def location(self) -> Location:
        """Where the roster stands."""
        return Location(self.path)


def _login(address: str) -> str | None:
    """The user of a forge whose address for commits this is."""
    local, _, host = address.casefold().partition("@")
    return local.rpartition("+")[2] if host.startswith("users.") else None


def doubles(record: Record[Any]) -> Iterator[Fault]:
    """Ids and addresses of a people record that stand for two: rule, place, message and hint of each."""
    ids: dict[str, Location] = {}
    owners: dict[str, tuple[int, str]] = {}
    people = record.value.people if record.value else ()
    for index, person in enumerate(people):
        at = record.source.locate("people", index, "id")
        first = ids.setdefault(person.id, at)
        if first != at:
            yield "duplicate-id", at, f"person {person.id} is there already", f"the other one: {first}"
        for number, email in enumerate(person.emails):
            owner, name = owners.setdefault(email.casefold(), (index, person.name))
            if owner != index:
                at = record.source.locate("people", index, "emails", number)
                yield "shared-address", at, f"{email} is an address of {name} too", _ONE_OWNER
    for index, forge in enumerate(record.value.forges if record.value else ()):
        if forge.email.casefold() in owners:
            at, name = record.source.locate("forges", index, "email"), owners[forge.email.casefold()][1]
            yield "shared-address", at, f"{forge.email} is an address of {name} too", _ONE_OWNER
