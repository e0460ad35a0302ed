"""Objects by name, many with one process: names go to git on standard input, where nothing is an option."""

import hashlib
from collections.abc import Iterable, Mapping

from release_portal.git._command import Command
from release_portal.git.unverifiable import damaged

_SHA1 = 40  # digits of an id; one of 64 is SHA-256


def find(command: Command, names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Id and type of each name that stands for an object; the others are left out.

    Names hold neither line ends nor spaces.
    """
    asked = list(dict.fromkeys(names))
    answers = (
        command.read(["cat-file", "--batch-check"], _lines(asked)).decode("utf-8", "replace").splitlines()
    )
    found = {}
    for name, answer in zip(asked, answers, strict=True):
        object_id, _, rest = answer.partition(" ")
        kind, _, size = rest.partition(" ")
        if size.isdigit():
            found[name] = (object_id, kind)
    return found


def peel(command: Command, ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Id and type of what each tag object leads to in the end.

    Raises:
        Unverifiable: one of them is missing.

    """
    asked = {f"{one}^{{}}": one for one in ids}
    found = find(command, asked)
    if missing := next((one for name, one in asked.items() if name not in found), None):
        raise damaged(command.name, f"object {missing} is missing")
    return {asked[name]: value for name, value in found.items()}


def contents(command: Command, ids: Iterable[str]) -> Mapping[str, bytes]:
    """Content of each object.

    Raises:
        Unverifiable: one of them is missing, as in a partial clone, or is not what its id says.

    """
    asked = list(dict.fromkeys(ids))
    if not asked:
        return {}
    text, at, found = command.read(["cat-file", "--batch"], _lines(asked)), 0, {}
    for one in asked:
        end = text.index(b"\n", at)
        *kind, size = text[at:end].split(b" ")
        if not size.isdigit():
            raise damaged(command.name, f"object {one} is missing")
        found[one] = text[end + 1 : end + 1 + int(size)]
        if id_of(kind[-1], found[one], len(one)) != one:
            raise damaged(command.name, f"object {one} is not what its id says")
        at = end + 1 + int(size) + 1
    return found


def id_of(kind: bytes, content: bytes, digits: int) -> str:
    """The id of an object, with as many digits."""
    whole = b"%b %d\0%b" % (kind, len(content), content)
    if digits == _SHA1:
        return hashlib.sha1(whole, usedforsecurity=False).hexdigest()  # as git names it
    return hashlib.sha256(whole).hexdigest()


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
