"""A file or folder has a name that is not portable.

## Why it matters
Records are checked out, packed and verified on other machines. Names with spaces, colons, percent
signs, line breaks or a leading dash break there, or mean something else.

## How to fix
Use letters, digits and `. _ + -`, at most 100 characters, and begin with a letter or a digit.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("unsafe-name"))
