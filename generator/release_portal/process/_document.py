"""The process document, read: phases from its numbered sections, slots from its references."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from string import ascii_lowercase

from markdown_it.tree import SyntaxTreeNode

from release_portal.finding import Finding, Location
from release_portal.process._binding import DOCUMENT, Binder
from release_portal.process._comment import PHASE, SLOT, read_comment
from release_portal.process._faults import Faults
from release_portal.process._front_matter import read_front_matter
from release_portal.process._markdown import LISTS, Document, Item
from release_portal.process._slugs import Slugs
from release_portal.process._values import Action, Binding, Deliverable, Phase, Process, Slot
from release_portal.source import Source
from release_portal.wording import shown

_HEADING = re.compile(r"([0-9]{1,3})\.\s+(.*\S)")
_LABELS = ("actions", "deliverables")
_ENDED = ("closed", "withdrawn")  # where a release may be too, so no phase may be called so


def parse(source: Source, record_types: Iterable[str]) -> tuple[Process | None, tuple[Finding, ...]]:
    """Read a process, and what is wrong in it; None where front matter or phases are not good enough.

    `record_types` are the names of those that live in the folders of phases. A fault never makes a
    deliverable easier to complete: until its comment is mended, it counts as a document to be written.
    """
    faults = Faults()
    front = read_front_matter(source, faults)
    reader = _Reader(Document(source, faults), record_types, front["roles"] or {}, faults)
    reader.read()
    if not reader.phases:
        place = Location(source.path, source.body_line)
        faults.add(place, "the document has no phases", "write one as `## 1. Title`")
    if not reader.phases or None in front.values():
        return None, faults.in_order()
    process = Process(
        **front,
        intro=reader.intro,
        phases=tuple(reader.phases),
        slots=tuple(reader.slots),
        path=source.path,
        digest=source.digest,
    )
    return process, faults.in_order()


class _Reader:
    """Reads the sections in order: what earlier ones name decides where record types are at home."""

    def __init__(
        self, document: Document, record_types: Iterable[str], roles: Mapping[str, str], faults: Faults
    ) -> None:
        self._document, self._faults = document, faults
        self._binder = Binder(record_types, roles, faults)
        self._phase_slugs = Slugs(faults, "phase slug", "choose another word", _ENDED)
        self._slot_slugs = Slugs(faults, "slot", "remove one of the two, or choose another word")
        self.intro = ""
        self.phases: list[Phase] = []
        self.slots: list[Slot] = []

    def read(self) -> None:
        for section in self._document.sections():
            if section.heading is None:
                self.intro = _prose(section.blocks)
            elif section.heading.text.casefold().startswith("references"):
                self._read_slots(section.blocks)
            else:
                self._read_phase(section.heading, section.blocks)

    def _read_phase(self, heading: Item, blocks: Sequence[SyntaxTreeNode]) -> None:
        number, title = self._numbered(heading)
        entries = read_comment(heading.comments, PHASE, self._faults)
        slug = self._phase_slugs.take(entries.get("phase", ()), heading, title)
        bullets = self._bullets(blocks)
        if not bullets["deliverables"]:
            message = f"phase {number} has no deliverables"
            self._faults.add(heading.place, message, "list them below `**Deliverables:**`")
        earlier = len(self._binder.named)
        deliverables = self._deliverables(number, bullets["deliverables"])
        actions = [self._action(number, place, item) for place, item in enumerate(bullets["actions"])]
        phase = Phase(
            number=number,
            slug=slug,
            title=title,
            intro=_prose(blocks),
            actions=tuple(actions),
            deliverables=tuple(deliverables),
            record_types=tuple(self._binder.named[earlier:]),
            line=heading.place.line,
        )
        self.phases.append(phase)

    def _numbered(self, heading: Item) -> tuple[int, str]:
        expected = self.phases[-1].number + 1 if self.phases else 1
        match = _HEADING.fullmatch(heading.text)
        if not match:
            hint = f"number the phase, `## {expected}. Title`, or use `###` for what is no phase"
            self._faults.add(heading.place, f"{shown(heading.text)} has no number", hint)
            return expected, heading.text
        number = int(match[1])
        if number != expected:
            message = f"phase {number} stands where {expected} is due"
            self._faults.add(heading.place, message, "number phases from 1 in order")
        return number, match[2]

    def _bullets(self, blocks: Sequence[SyntaxTreeNode]) -> dict[str, list[Item]]:
        """Gather bullets by the label above them.

        A list without label is a fault: it might be an obligation that nobody reads. So is a second list
        of one label: the heading of the next phase might be none.
        """
        bullets: dict[str, list[Item]] = {label: [] for label in _LABELS}
        label = ""
        for block in blocks:
            if block.type in ("paragraph", "heading"):
                label = _label(block)
                if label and bullets[label]:
                    hint = "join the two, or give the heading of a new phase its two `#`"
                    place = self._document.place(block)
                    self._faults.add(place, f"a second list of {label} in one phase", hint)
            elif block.type in LISTS and label:
                bullets[label] += self._document.bullets(block)
            elif block.type in LISTS:
                hint = "put `**Actions:**` or `**Deliverables:**` on the line above it"
                self._faults.add(
                    self._document.place(block), "the list has no label, so it is not read", hint
                )
        return bullets

    def _deliverables(self, number: int, items: Iterable[Item]) -> list[Deliverable]:
        documents = Slugs(self._faults, "document", "word one of the two bullets differently")
        deliverables = []
        for place, item in enumerate(items, start=1):
            binding, sound = self._binder.bind(item)
            document = ""
            if not sound or not binding.records:
                document = documents.take((), item, item.text)
                binding = Binding((DOCUMENT,), binding.signed_by, binding.optional, binding.when)
            if sound and document in self._binder.record_types:
                hint = f"add `<!-- records: {document} -->`, or word it differently"
                self._faults.add(item.place, f"{shown(item.text)} is the name of a record type", hint)
            deliverables.append(
                Deliverable(f"{number}.{place}", item.text, binding, document, item.place.line)
            )
        return deliverables

    def _action(self, number: int, place: int, item: Item) -> Action:
        binding, sound = self._binder.bind(item)
        if sound and item.comments and not binding.records:
            hint = "add `records: name`, or remove the comment"
            self._faults.add(item.place, "the action's comment names no records", hint)
        bound = binding if binding.records else None
        return Action(f"{number}.{_letters(place)}", item.text, bound, item.place.line)

    def _read_slots(self, blocks: Sequence[SyntaxTreeNode]) -> None:
        for block in blocks:
            for item in self._document.bullets(block) if block.type in LISTS else ():
                entries = read_comment(item.comments, SLOT, self._faults)
                slug = self._slot_slugs.take(entries.get("slot", ()), item, item.text)
                self.slots.append(Slot(slug, item.text, item.place.line))


def _label(block: SyntaxTreeNode) -> str:
    """Label that a paragraph is, in lower case; empty for any other text."""
    word = block.children[0].content.strip("*_: ").casefold() if block.type == "paragraph" else ""
    return word if word in _LABELS else ""


def _prose(blocks: Iterable[SyntaxTreeNode]) -> str:
    """Paragraphs before the first list, as Markdown."""
    before = takewhile(lambda block: block.type not in LISTS, blocks)
    return "\n\n".join(
        one.children[0].content for one in before if one.type == "paragraph" and not _label(one)
    )


def _letters(place: int) -> str:
    """Name of a place counted from 0: a to z, then aa, ab."""
    rest, letter = divmod(place, 26)
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[letter]
