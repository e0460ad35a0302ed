"""How somebody is reached, as a runbook states it: numbers and addresses in it become links."""

import re

from markupsafe import Markup, escape

# Numbers with their country code only: what else looks like a number may be an entry in a list, or a code to say.
_LINK = re.compile(
    r"(?P<tel>(?<![\w+])\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}(?![0-9]))"
    r"|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)


def reach(text: str) -> Markup:
    """Give the text with `tel:` and `mailto:` links; every other character stands as it was written."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        parts += [escape(text[end : match.start()]), _link(match)]
        end = match.end()
    return Markup("").join((*parts, escape(text[end:])))


def _link(match: re.Match[str]) -> Markup:
    words = match[0]
    to = f"tel:{re.sub(r'[^+0-9]', '', words)}" if match["tel"] else f"mailto:{words}"
    return Markup('<a class="rp-nowrap" href="{}">{}</a>').format(to, words)
