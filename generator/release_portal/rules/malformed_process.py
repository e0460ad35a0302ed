"""The process document says something that this portal cannot follow.

## Why it matters
release-process.md is what every release is judged by. A comment that binds a deliverable to a record
type nobody knows would demand nothing.

## How to fix
Go to the line and column of the finding; the hint names the nearest word that is allowed. The grammar
is described under [Process customisation](/guide/process/).
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("malformed-process"), guards=("process",))
