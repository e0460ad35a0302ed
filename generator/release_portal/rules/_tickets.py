"""Tickets named in running text."""

import re

_JOINS = re.compile(r"[\w-]")


def names(text: str, ticket: str) -> bool:
    """Whether a text names a ticket: PAY-20 is not named by PAY-209."""
    at = text.find(
        ticket
    )  # for thousands of tickets, compiling a pattern for each costs more than the search
    while at >= 0:
        end = at + len(ticket)
        if not _JOINS.match(text[max(at - 1, 0) : at]) and not _JOINS.match(text[end : end + 1]):
            return True
        at = text.find(ticket, at + 1)
    return False
