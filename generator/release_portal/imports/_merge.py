"""Merges facts into the values of a record: writes what is vacant, and never over what a person wrote.

Vacant is what is not there, is empty, or is still a placeholder. Where something else stands than the facts say,
that is a conflict, told and not written; with `force` the facts win.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from release_portal.failure import Misconfigured
from release_portal.imports._importer import Copy, Entry, Facts, Value
from release_portal.imports._same import is_vacant, same
from release_portal.imports._yaml import append, is_bare, new_list, new_text, new_value, replace
from release_portal.records._placeholders import is_placeholder
from release_portal.records._record import RecordType

Group = MutableMapping[str, Value]
Route = tuple[str | int, ...]
Evidence = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place in a record where a person wrote something else than the import says."""

    route: Route
    stands: Value
    says: Value


@dataclass
class Merging:
    """One record in the making. `places` gives the evidence entry of each copy, by its name.

    `vacancy` is the entry of the record type's scaffold: what a new entry has where the facts say nothing.
    """

    document: Group
    type_: RecordType[Any]
    vacancy: Mapping[str, Value]
    places: Mapping[str, Evidence]
    force: bool = False
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self, facts: Facts) -> None:
        """Merge the record's own values first, then entry by entry.

        Raises:
            Misconfigured: files are to be put beside an entry that is not there.

        """
        for key, value in facts.values.items():
            self._fact(self.document, key, value, (key,))
        self._prove(self.document, facts.evidence, ())
        if not facts.entries:
            return
        if not isinstance(self.document.get(facts.listing), list):
            self.document[facts.listing] = new_list()
        listing = self.document[facts.listing]
        taken: set[int] = set()
        for entry in facts.entries:
            at = self._find(listing, entry, taken)
            if facts.attaches and (at is None or self._is_scaffold(listing[at])):
                raise Misconfigured(
                    f"{self.type_.name} has no entry in {facts.listing} that the file belongs to",
                    "import or write the entry first, or name it with --set",
                )
            if at is None or self._is_scaffold(listing[at]):
                at = self._put(listing, at, self._entry(entry, facts.listing))
            else:
                self._update(listing[at], entry, facts.listing, at)
            taken.add(at)

    def _find(self, listing: Sequence[Value], entry: Entry, taken: set[int]) -> int | None:
        """The entry that facts are about: by what identifies it, by its evidence, or one that waits to be filled."""
        free = {at: row for at, row in enumerate(listing) if isinstance(row, dict) and at not in taken}
        paths = {self.places[copy.name]["path"] for copy in entry.evidence}

        def named(row: Group) -> bool:
            return bool(entry.identity) and all(
                same(row.get(key), value) for key, value in entry.identity.items()
            )

        def proved(row: Group) -> bool:
            return bool(paths & {one.get("path") for one in _evidence_of(row)})

        def waits(row: Group) -> bool:
            said = {**entry.identity, **entry.facts}
            return bool(entry.identity) and all(
                is_vacant(row.get(key)) or same(row[key], value) for key, value in said.items()
            )

        for fits in (named, proved, self._is_scaffold, waits):
            found = [at for at, row in free.items() if fits(row)]
            if found and (fits is not proved or len(found) == 1):
                return found[0]
        return min(free, default=None) if not entry.identity else None

    def _is_scaffold(self, row: Value) -> bool:
        """Whether an entry is still the scaffold's, so that nothing in it is a person's."""
        return isinstance(row, dict) and dict(row) == dict(self.vacancy) and is_bare(row)

    def _put(self, listing: Any, at: int | None, row: Group) -> int:
        if at is None:
            append(listing, row)
            return len(listing) - 1
        replace(listing, at, row)
        return at

    def _entry(self, entry: Entry, listing: str) -> Group:
        """A new entry, its fields in the order of the schema; what only a person knows is a placeholder."""
        said = {**entry.offers, **entry.facts, **entry.identity}
        row: Group = new_value({})
        for key, rules in self._fields(listing).items():
            if key in said:
                row[key] = new_value(said[key])
            elif key == "evidence" and entry.evidence:
                row[key] = new_value([dict(self.places[copy.name]) for copy in entry.evidence])
            elif rules["required"]:
                row[key] = new_value(self._vacant(key, rules))
        return row

    def _vacant(self, key: str, rules: Mapping[str, Any]) -> Value:
        stands = self.vacancy.get(key)
        if stands and is_vacant(stands):
            return stands
        return f"<fill in {' or '.join(rules.get('allowed', ())) or rules['meta']['label'].lower()}>"

    def _fields(self, listing: str) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = self.type_.schema[listing]["schema"]["schema"]
        return fields

    def _update(self, row: Group, entry: Entry, listing: str, at: int) -> None:
        for key, value in entry.facts.items():
            self._fact(row, key, value, (listing, at, key))
        fields = self._fields(listing)
        for key, value in {**entry.offers, **entry.identity}.items():
            waits = key in row and is_vacant(row[key])
            if waits or (key not in row and fields[key]["required"]):
                row[key] = new_value(value)
        self._prove(row, entry.evidence, (listing, at))

    def _fact(self, group: Group, key: str, value: Value, route: Route) -> None:
        stands = group.get(key)
        if isinstance(value, dict) and isinstance(stands, dict):
            for name, inner in value.items():
                self._fact(stands, name, inner, (*route, name))
        elif not same(stands, value):
            self._write(group, key, value, route)

    def _write(self, group: Group, key: str, value: Value, route: Route) -> None:
        if is_vacant(group.get(key)) or self.force:
            group[key] = new_value(value)
        else:
            self.conflicts.append(Conflict(route, group[key], value))

    def _prove(self, group: Group, copies: Sequence[Copy], route: Route) -> None:
        """List copies as evidence; one that is listed with another digest is a conflict."""
        if not copies:
            return
        if not isinstance(group.get("evidence"), list):
            group["evidence"] = new_list()
        listed = group["evidence"]
        for copy in copies:
            place = self.places[copy.name]
            at = next((n for n, one in enumerate(listed) if _names(one, place)), None)
            if at is None:
                vacant = next((n for n, one in enumerate(listed) if is_placeholder(_path(one))), None)
                self._put(listed, vacant, new_value(dict(place)))
            elif listed[at].get("sha256") != place["sha256"]:
                self._write(listed[at], "sha256", place["sha256"], (*route, "evidence", at, "sha256"))
                if self.force:
                    listed[at]["describes"] = new_text(place["describes"])


def _evidence_of(row: Group) -> Iterator[Group]:
    listed = row.get("evidence")
    return (one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict))


def _path(one: Value) -> Value:
    return one.get("path") if isinstance(one, dict) else None


def _names(one: Value, place: Evidence) -> bool:
    return bool(_path(one) == place["path"])
