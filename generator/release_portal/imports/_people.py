"""People as tools know them, in the words of the roster; who is not in it becomes a placeholder."""

import re

from release_portal.imports._document import text
from release_portal.roster import Roster

_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_BRACKETS = str.maketrans("<>", "()")


def by_address(roster: Roster, address: str) -> str:
    """The id of who commits under an address."""
    person = roster.by_email(address)
    return person.id if person else f"<fill in who commits as {_plain(address)}>"


def by_trailer(roster: Roster, value: str) -> str:
    """The id of who a trailer names, such as `Tomas Novak <tomas@example.com>`."""
    found = _ADDRESS.search(value)
    return by_address(roster, found[1]) if found else f"<fill in who is {_plain(value)}>"


def by_login(roster: Roster, login: str) -> str:
    """The id of a forge's user. Empty where nobody is named."""
    person = roster.by_login(login) if login else None
    return person.id if person else f"<fill in who is {_plain(login)}>" if login else ""


def each_once(ids: list[str]) -> list[str]:
    """The ids in their order, each once."""
    return list(dict.fromkeys(filter(None, ids)))


def _plain(words: str) -> str:
    return text([words.translate(_BRACKETS)], 0) or "nobody"
