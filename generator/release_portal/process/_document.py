"""The process document, read: phases from its numbered sections, slots from its references."""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

from markdown_it.tree import SyntaxTreeNode

from release_portal.finding import Finding
from release_portal.process._comment import BULLET, PHASE, SLOT, Entries, Word, read_comment
from release_portal.process._faults import Faults, nearest, shown
from release_portal.process._front_matter import read_front_matter
from release_portal.process._markdown import LISTS, Document, Item, Section
from release_portal.process._values import CONDITIONS, Action, Binding, Deliverable, Phase, Process, Slot
from release_portal.source import Source

DOCUMENT = "document"  # the record type of what no other describes
_HEADING = re.compile(r"([0-9]{1,3})\.\s+(.*\S)")
_CONDITIONAL = re.compile(r"\((?:if any|as required)\)", re.IGNORECASE)
_ENDED = ("closed", "withdrawn")  # a release may be there, so no phase may be called so


def parse(source: Source, record_types: Iterable[str]) -> tuple[Process | None, tuple[Finding, ...]]:
    """The process of a document, and what is wrong in it; None where head or phases are not good enough.

    `record_types` are the names of those that may stand in a phase's folder. A fault never makes a deliverable
    easier to complete: a record type that does not exist counts as a document still to be written, a role
    that does not exist as one that nobody holds, and an unknown condition as none.
    """
    faults = Faults()
    front = read_front_matter(source, faults)
    roles = front["roles"] if front else {}
    reader = _Reader(Document(source, faults), tuple(record_types), dict(roles), faults)
    reader.read()
    if not reader.phases:
        faults.add(source.locate(), "the document has no phases", "write one as `## 1. Title`")
    if front is None or not reader.phases:
        return None, faults.in_order()
    process = Process(
        **{**front, "roles": reader.roles},
        intro=reader.intro,
        phases=tuple(reader.phases),
        slots=tuple(reader.slots),
        path=source.path,
        digest=source.digest,
    )
    return process, faults.in_order()
