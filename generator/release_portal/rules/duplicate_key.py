"""A key stands twice in the same group of fields.

## Why it matters
YAML readers keep one of the two without a word, and not all keep the same one. A reviewer who reads
the first approves something else than the tool that reads the second.

## How to fix
Keep one of them. The finding names both lines.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("duplicate-key"))
