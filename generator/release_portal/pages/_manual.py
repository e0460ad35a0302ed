"""A module's docstring as a page: its first sentence leads, its `##` headings part the rest.

Docstrings are ours and trusted. They name pages of the portal from its root, `[Records](/records/)`;
here such a link becomes relative to the page that shows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.pages._page import Heading
from release_portal.pages._render import relative

_LINK = re.compile(r"\]\(/([^)\s]*)\)")


@dataclass(frozen=True, slots=True)
class Section:
    """Markdown below a heading; `id` and `title` are empty for what stands above the first one."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Manual:
    """A docstring in parts; `lead` is its first line as plain text."""

    lead: str
    sections: tuple[Section, ...]

    @property
    def toc(self) -> tuple[Heading, ...]:
        """Its headings for the table of contents."""
        return tuple(Heading(2, one.id, one.title) for one in self.sections if one.id)


def manual(documentation: str, here: str) -> Manual:
    """Give the manual that a docstring holds, with links as the page `here` needs them."""
    lead, _, rest = documentation.strip().partition("\n")
    linked = _LINK.sub(lambda match: f"]({relative(here, match[1])})", rest)
    return Manual(lead.replace("`", ""), tuple(one for one in _sections(linked) if one.text))


def _sections(text: str) -> Iterator[Section]:
    for number, part in enumerate(re.split(r"^## +", text, flags=re.MULTILINE)):
        if number == 0:
            yield Section("", "", part.strip())
            continue
        title, _, body = part.partition("\n")
        yield Section(slug(title), title.strip(), body.strip())


def slug(words: str) -> str:
    """Words as an address: `How to fix` becomes `how-to-fix`."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))
