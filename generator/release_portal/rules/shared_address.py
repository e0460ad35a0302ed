"""An e-mail address in the roster belongs to two.

## Why it matters
A commit is a person's by the address that it was made under. An address of two people proves neither of them, and
what is signed by the one counts as the other's. The same holds for an address that a forge commits under.

## How to fix
Leave the address to the one who commits under it. Shared mailboxes stand under nobody.

## Controls
- SOC 2 CC6.1: who acts is identified.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("shared-address"), guards=("people",))
