"""Tickets named in running text."""

import re


def names(text: str, ticket: str) -> bool:
    """Whether a text names a ticket: PAY-20 is not named by PAY-209."""
    return re.search(rf"(?<![\w-]){re.escape(ticket)}(?![\w-])", text) is not None
