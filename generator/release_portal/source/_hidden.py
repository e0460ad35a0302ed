"""Characters that a reader does not see, or that make him see others."""

import re
import unicodedata

# Controls but tab and line ends, surrogates, bidirectional marks, zero-width characters, and the line
# separators that editors and parsers count differently. ZWNJ and ZWJ stay: several scripts need them.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def told(character: str) -> str:
    """A hidden character in a message: its code point and its name."""
    return (
        f"hidden character U+{ord(character):04X}, {unicodedata.name(character, 'control character').lower()}"
    )
