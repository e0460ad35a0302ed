"""A record lacks a key that its type demands.

## Why it matters
What the record does not say, nobody can check, and an auditor will ask.

## How to fix
Add the key; the hint tells what it is for. The type's page shows a whole record.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("missing-key"))
