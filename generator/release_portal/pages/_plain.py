"""Text of records within the portal's own lines: what looks like one of our marks becomes a dot.

A status is an icon and a word. A title with a tick of its own, or a row of bullets, would pass for one; Markdown of
records stands in a frame, and may say what it likes.
"""

import re
from typing import Any

from markupsafe import Markup

_MARKS = re.compile(
    "[\u2022\u2023\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718\u274c\u274e\u2b24\u2b1b\u2b1c\u2b50\u26a0"
    "\u26aa\u26ab\u26d4\u2139\U0001f512\U0001f534\U0001f535\U0001f5f8\U0001f5f9\U0001f6ab\U0001f6d1\U0001f7e0-\U0001f7eb"
    "][\u2022\u25cf\ufe0e\ufe0f\u200d]*"
)


def plain(value: Any) -> Any:
    """A value as a template shows it: in text that is not HTML of ours, each mark, or row of them, is one `·`."""
    if not isinstance(value, str) or value.isascii() or isinstance(value, Markup):
        return value
    return _MARKS.sub("·", value)
