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
    """The id of a forge's user: the same as the login, or with the address that the forge commits under for it.

    Forges name it `login@users.…` or `123+login@users.…`. Empty where nobody is named.
    """
    if not login:
        return ""
    wanted = login.casefold()
    for person in roster.people.values():
        if person.id.casefold() == wanted or any(
            _login(email) == wanted for email in map(str.casefold, person.emails)
        ):
            return person.id
    return f"<fill in who is {_plain(login)}>"


def each_once(ids: list[str]) -> list[str]:
    """The ids in their order, each once."""
    return list(dict.fromkeys(filter(None, ids)))


def _login(address: str) -> str:
    local, _, host = address.partition("@")
    return local.rpartition("+")[2] if host.startswith("users.") else ""


def _plain(words: str) -> str:
    return text([words.translate(_BRACKETS)], 0) or "nobody"
