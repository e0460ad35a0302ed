"""A record holds characters that a reader cannot see, or is not UTF-8.

## Why it matters
Control characters can rewrite a terminal, and bidirectional or zero-width characters can make a text
read differently than it is stored. A record must say the same to a person and to a program.

## How to fix
Remove the character at the line and column of the finding, or save the file as UTF-8 without a mark.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("hidden-characters"))
