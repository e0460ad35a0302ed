"""A record holds the marks of a merge that nobody resolved.

## Why it matters
Between the marks stand two texts, and nobody decided which of them holds.

## How to fix
Keep the text that holds, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.
"""

import re

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule

# Both ends are wanted: a line of equals signs alone underlines a heading.
_MARKED = re.compile(r"^<{7} .*?^>{7} ", re.MULTILINE | re.DOTALL)


def check(portal: Portal) -> Problems:
    """Look for marks in every record that can be read."""
    for release in portal.releases:
        for record in release.records:
            found = _MARKED.search(record.source.text) if "<<<<<<< " in record.source.text else None
            if found:
                line = record.source.text.count("\n", 0, found.start()) + 1
                hint = "keep the text that holds, and remove the marks"
                yield Problem(Location(record.path, line), "an unresolved merge", hint, release.version)


RULE = Rule(__name__, check)
