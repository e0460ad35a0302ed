"""The portal has no roster.

## Why it matters
Without roster/people.yaml nobody holds a role, so no sign-off can count.

## How to fix
Write roster/people.yaml: who is who, under which addresses they commit, which roles they hold from when
to when. Protect it with CODEOWNERS.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("missing-roster"), guards=("people",))
