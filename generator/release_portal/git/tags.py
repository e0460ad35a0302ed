"""The tags of a repository, read in one pass, with all that they say of themselves."""

import re
from dataclasses import dataclass, replace

from release_portal.git import _header, _objects, ident
from release_portal.git._command import Command
from release_portal.git.commit import KINDS, SignatureKind
from release_portal.git.ident import Ident
from release_portal.git.unverifiable import damaged

_FIELDS = ("%(refname)", "%(objectname)", "%(objecttype)", "%(raw:size)", "%(raw)")
_FIELD = re.compile(rb"refs/tags/([^\0]+)\0([0-9a-f]+)\0([a-z]+)\0([0-9]+)\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag. A lightweight one is a mere name: no tagger, no message, no signature.

    `id` is the object that the name stands for; `target` is what is reached through it and through any
    tags between; `declared` is the name that the signed or annotated object gives itself.
    """

    name: str
    id: str
    annotated: bool
    target: str
    target_type: str
    tagger: Ident | None = None
    message: str = ""
    declared: str = ""
    signature: SignatureKind = SignatureKind.NONE
    nested: bool = False

    @property
    def named_truly(self) -> bool:
        """Whether the tag object names itself as its reference does: else it was put under another name."""
        return not self.annotated or self.declared == self.name


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
        try:
            tags.append(_tag(name, object_id.decode(), kind, text[match.end() : end]))
        except LookupError as error:
            raise damaged(command.name, f"tag object {object_id.decode()} is malformed") from error
        at = end + len(b"\0\n")
    return _peeled(command, tags)


def _tag(name: bytes, object_id: str, kind: bytes, content: bytes) -> Tag:
    shown = name.decode("utf-8", "surrogateescape")
    if kind != b"tag":
        return Tag(name=shown, id=object_id, annotated=False, target=object_id, target_type=kind.decode())
    head, _, message = content.partition(b"\n\n")
    header = _header.parse(head)
    text, signature = _unsigned(message)
    declared = header.get(b"tag", ())
    return Tag(
        name=shown,
        id=object_id,
        annotated=True,
        target=header[b"object"][0].decode(),
        target_type=header[b"type"][0].decode(),
        tagger=_header.identity(header, b"tagger"),
        message=ident.decode(text).strip("\n"),
        declared=declared[0].decode("utf-8", "surrogateescape") if len(declared) == 1 else "",
        signature=signature,
        nested=header[b"type"][0] == b"tag",
    )


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
