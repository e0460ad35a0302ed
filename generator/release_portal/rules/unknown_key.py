"""A record has a key that its type does not know.

## Why it matters
A mistyped key is a value that nobody reads: `aproved_by` looks like an approval and is none.

## How to fix
The hint names the nearest key and all that are allowed. The type's page lists them with their meaning.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("unknown-key"))
