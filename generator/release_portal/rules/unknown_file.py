"""A file lies where no record belongs.

## Why it matters
A record under a wrong name is a record that nobody checks. It is better told than passed over.

## How to fix
The hint names the nearest place that the process knows. Copies of artefacts belong to `evidence/`.
The records and their places are listed under [Records](/records/).
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("unknown-file"))
