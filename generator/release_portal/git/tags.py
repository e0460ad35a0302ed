"""The tags of a repository, read in one pass, with all that they say of themselves."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from release_portal.git import _header, _objects, ident
from release_portal.git._command import Command
from release_portal.git.commit import KINDS, SignatureKind
from release_portal.git.ident import Ident
from release_portal.git.unverifiable import damaged

_FIELDS = ("%(refname)", "%(objectname)", "%(objecttype)", "%(raw:size)", "%(raw)")
_TARGET = re.compile(rb"object ([0-9a-f]+)\ntype ([a-z]+)\n")
_FIELD = re.compile(rb"refs/tags/([^\0]+)\0([0-9a-f]+)\0([a-z]+)\0([0-9]+)\0")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A tag. A lightweight one is a mere name: no tagger, no message, no signature.

    `id` is the object that the name stands for; `target` is what is reached through it and through any
    tags between; `text` is an annotated tag's object as it is stored.
    """

    name: str
    id: str
    target: str
    target_type: str
    nested: bool = False
    text: bytes = field(default=b"", repr=False)

    @property
    def annotated(self) -> bool:
        """Whether there is an object for the tag itself."""
        return bool(self.text)

    @cached_property
    def tagger(self) -> Ident | None:
        """Who made the tag and when, by their own word."""
        return _header.identity(self._header, b"tagger") if self.annotated else None

    @property
    def message(self) -> str:
        """What the tagger wrote."""
        return ident.decode(self._parts[0]).strip("\n")

    @property
    def signature(self) -> SignatureKind:
        """What the tag seems to be signed with. It says nothing about whether that holds."""
        return self._parts[1]

    @property
    def declared(self) -> str:
        """The name that the tag object gives itself."""
        names = self._header.get(b"tag", ())
        return names[0].decode("utf-8", "surrogateescape") if len(names) == 1 else ""

    @property
    def named_truly(self) -> bool:
        """Whether the tag object names itself as its reference does: else it was put under another name."""
        return not self.annotated or self.declared == self.name

    @cached_property
    def _header(self) -> _header.Header:
        return _header.parse(self.text.partition(b"\n\n")[0])

    @cached_property
    def _parts(self) -> tuple[bytes, SignatureKind]:
        return _unsigned(self.text.partition(b"\n\n")[2])


def read(command: Command) -> tuple[Tag, ...]:
    """All tags in order of their names.

    Raises:
        Unverifiable: a tag or what it stands for cannot be read.

    """
    text = command.read(["for-each-ref", f"--format={'%00'.join(_FIELDS)}%00", "refs/tags"])
    tags, at = [], 0
    while match := _FIELD.match(text, at):
        name, object_id, kind, size = match.groups()
        end = match.end() + int(size)
        tag = _tag(name.decode("utf-8", "surrogateescape"), object_id.decode(), kind, text[match.end() : end])
        if tag is None:
            raise damaged(command.name, f"tag object {object_id.decode()} is malformed")
        tags.append(tag)
        at = end + len(b"\0\n")
    return _peeled(command, tags)


def _tag(name: str, object_id: str, kind: bytes, content: bytes) -> Tag | None:
    """A tag from what its reference stands for; None where that is no whole tag object."""
    if kind != b"tag":
        return Tag(name=name, id=object_id, target=object_id, target_type=kind.decode())
    match = _TARGET.match(content)
    if not match:
        return None
    target, type_ = match[1].decode(), match[2].decode()
    return Tag(name=name, id=object_id, target=target, target_type=type_, nested=type_ == "tag", text=content)


def _unsigned(message: bytes) -> tuple[bytes, SignatureKind]:
    """A tag's message without its signature, which starts, as git sees it, at the last line that looks like one."""
    kind, cut, at = SignatureKind.NONE, len(message), 0
    if b"-----BEGIN " in message:
        for line in message.split(b"\n"):
            for mark, found in KINDS.items():
                if line.startswith(mark):
                    kind, cut = found, at
            at += len(line) + 1
    return message[:cut], kind


def _peeled(command: Command, tags: list[Tag]) -> tuple[Tag, ...]:
    """The tags with targets that are no tags: one more process where there are tags of tags."""
    nested = [tag.target for tag in tags if tag.nested]
    if not nested:
        return tuple(tags)
    peeled = _objects.peel(command, nested)
    return tuple(
        replace(tag, target=peeled[tag.target][0], target_type=peeled[tag.target][1]) if tag.nested else tag
        for tag in tags
    )
