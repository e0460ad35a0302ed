"""What of a release can be compared: facts under keys, in groups. One file of this folder is one section."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from release_portal.portal import Portal
from release_portal.release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact. Facts of two releases with one `key` are about the same thing, and differ by their `value`.

    `mark` is an id that stands before the label; `href` is where it is shown, from the site's root, if anywhere.
    """

    key: str
    label: str
    value: str = ""
    mark: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that come from one record, or belong together; a release without that record lacks the group."""

    key: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the comparison. `groups(portal, release)` gives its facts; `value` is what their values are.

    Where it `adds`, a release's facts come to those of the releases before it, so what changed is what the
    releases on the way brought. Else they hold as of the release, and two releases differ in them: `new`,
    `gone` and `changed` are the words for that. `brief` ones put what is new, or gone, with the same value into one row. `note` is said
    beside the title.
    """

    name: str
    title: str
    order: int
    groups: Callable[[Portal, Release], Iterable[Group]]
    value: str = ""
    adds: bool = False
    new: str = "New"
    gone: str = "Gone"
    changed: str = "Changed"
    brief: bool = False
    note: str = ""


def squeezed(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())
