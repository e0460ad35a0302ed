"""Whether objects are what their ids say: git looks at that only when asked, and then at everything.

A file of the object store may hold another object than its name tells. Git hands it out all the same.
"""

from collections.abc import Iterable, Iterator

from release_portal.git import _objects
from release_portal.git._command import Command

_COMMIT, _FILES = b"commit ", b"\n\n:"


def checked(command: Command, tokens: Iterable[bytes]) -> Iterator[bytes]:
    """What `git log --format=raw -z` says, to its end only if every commit is whole.

    Its text is the commit with the message set in, and without white space at the ends of lines. Where that makes a
    difference, the commit itself is read: one more process.

    Raises:
        Unverifiable: a commit is not the one that its id stands for.

    """
    unlike: list[str] = []
    before_path = False
    for token in tokens:
        yield token
        if before_path:
            before_path = False
        elif token.startswith(_COMMIT):
            text, mark, _ = token.partition(_FILES)
            before_path = bool(mark)
            if not _is_whole(text):
                unlike.append(_named(text))
        else:
            before_path = bool(token)
    _objects.contents(command, unlike)


def _named(text: bytes) -> str:
    return text[len(_COMMIT) : text.index(b"\n")].decode("ascii")


def _is_whole(text: bytes) -> bool:
    """Whether the commit that a text most likely came from has the id with which the text starts."""
    head, _, message = text.partition(b"\n\n")
    object_id = _named(head)
    plain = message[4:].replace(b"\n    ", b"\n").rstrip(b"\n")
    content = b"%b\n\n%b\n" % (head[len(_COMMIT) + len(object_id) + 1 :], plain)
    return _objects.id_of(b"commit", content, len(object_id)) == object_id
