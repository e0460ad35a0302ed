"""A key in the roster cannot be used.

## Why it matters
A sign-off by its owner looks forged, or unsigned, though nothing is wrong with it.

## How to fix
Write lines of `roster/allowed_signers` as ssh-keygen does: address, options, key. Of the options,
namespaces, valid-after and valid-before are used; patterns and certificate authorities are not, since
they would trust keys that the list does not name. Name OpenPGP keys `roster/keys/ADDRESS.asc`.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("unusable-key"), guards=("people",))
