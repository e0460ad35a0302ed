"""Words that no line can hold: a browser lays out a page with one of 20,000 letters in seconds, not milliseconds."""

import re

LONGEST = 2000  # letters; an address is a word

_SPLIT_ANYWHERE = (
    "\\s\u2e80-\ud7ff\uf900-\ufaff"  # scripts of East Asia have no spaces, and break between any two letters
)
OVERLONG = re.compile(f"(?<![^{_SPLIT_ANYWHERE}])[^{_SPLIT_ANYWHERE}]{{{LONGEST + 1}}}")
MESSAGE = f"holds a word of more than {LONGEST} letters"
HINT = "break it with spaces, or copy bulk data to evidence/"
