"""A value is not of the kind that its field asks for.

## Why it matters
A day that does not exist, a time without a zone, a digest of the wrong length: each looks like
evidence and proves nothing.

## How to fix
The message quotes the value, and the hint says what to write. Values are read as they are typed:
`1.10` is the text 1.10, and times need a zone, as in `2026-03-18T09:30:00+05:30`.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("invalid-value"))
