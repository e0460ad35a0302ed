"""What the comment of an action or a deliverable binds it to."""

import re
from collections.abc import Collection, Iterable, Mapping

from release_portal.process._comment import BULLET, Word, read_comment
from release_portal.process._faults import Faults
from release_portal.process._markdown import Item
from release_portal.process._values import CONDITIONS, Binding
from release_portal.wording import nearest, shown

DOCUMENT = "document"  # the record type of what no other one describes
_CONDITIONAL = re.compile(r"\((?:if any|as required)\)", re.IGNORECASE)


class Binder:
    """Reads bindings against the words that exist; `named` lists record types by their first use."""

    def __init__(self, record_types: Iterable[str], roles: Mapping[str, str], faults: Faults) -> None:
        self.record_types = [name for name in record_types if name != DOCUMENT]
        self.named: list[str] = []
        self._roles, self._faults = roles, faults

    def bind(self, item: Item) -> tuple[Binding, bool]:
        """Read a bullet's binding, and tell whether it has no fault. With a fault nothing is optional.

        `when` makes a bullet optional by itself: "required when" says that it is not, otherwise.
        Where the front matter gives no roles, that is the one fault: signers are not judged.
        """
        before = len(self._faults.found)
        entries = read_comment(item.comments, BULLET, self._faults)
        records = self._known(entries.get("records", ()), self.record_types, "record type")
        signed_by = self._known(entries.get("signed-by", ()), self._roles, "role") if self._roles else ()
        when = self._known(entries.get("when", ()), CONDITIONS, "condition")
        self.named += [name for name in records if name not in self.named]
        if len(self._faults.found) > before:
            return Binding(records, signed_by), False
        optional = bool("optional" in entries or when or _CONDITIONAL.search(item.text))
        return Binding(records, signed_by, optional, "".join(when)), True

    def _known(self, words: Iterable[Word], allowed: Collection[str], what: str) -> tuple[str, ...]:
        known: dict[str, None] = {}
        for word in words:
            if word.text in allowed:
                known[word.text] = None
            else:
                self._faults.add(
                    word.place, f"unknown {what} {shown(word.text)}", nearest(word.text, allowed)
                )
        return tuple(known)
