"""One key is listed for two people.

## Why it matters
A signature by a shared key is the signature of neither: any of its holders could have made it.

## How to fix
Take the key away from all but the person who alone holds it; let the others make keys of their own. Several addresses
of one person may share a key.

## Controls
SOC 2 CC6.1; 21 CFR 11.70: a signature is bound to its record and its signer.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("shared-key"))
