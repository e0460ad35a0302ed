"""An Atom feed (RFC 4287) with ids that stay the same wherever the site moves (RFC 4151).

Without an address of the site its links are relative, which a reader resolves by where it got the feed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from release_portal.exports._export import address, authority
from release_portal.settings import Settings

_ATOM = "http://www.w3.org/2005/Atom"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SINCE = "2026"  # a tag: id names a day on which its authority was held; it must not change once published
ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. `name` is unique and never changes; `path` is its page from the site's root; `content` clean HTML."""

    name: str
    title: str
    updated: datetime
    path: str
    summary: str = ""
    content: str = ""


def feed(settings: Settings, path: str, title: str, entries: Iterable[Entry]) -> str:
    """The feed at a path of the site, entries in their order. It is as new as its newest entry."""
    listed = list(entries)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _text(root, "title", title)
    _text(root, "id", _id(settings, path))
    _text(root, "updated", _utc(max((one.updated for one in listed), default=datetime.fromtimestamp(0, UTC))))
    _element(root, "link", rel="self", href=address(settings, path))
    _element(root, "link", rel="alternate", type="text/html", href=address(settings, "", path) or "./")
    author = _element(root, "author")
    _text(author, "name", settings.site_name)
    for one in listed:
        entry = _element(root, "entry")
        _text(entry, "title", one.title)
        _text(entry, "id", _id(settings, one.name))
        _text(entry, "updated", _utc(one.updated))
        _element(entry, "link", rel="alternate", type="text/html", href=address(settings, one.path, path))
        if one.summary:
            _text(entry, "summary", one.summary)
        if one.content:
            # Links in the text lead where they lead on the page that it is from.
            _text(entry, "content", one.content, type="html", **{_BASE: address(settings, one.path, path)})
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _id(settings: Settings, name: str) -> str:
    return f"tag:{authority(settings)},{_SINCE}:{name}"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _element(parent: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    _element(parent, name, **attributes).text = text
