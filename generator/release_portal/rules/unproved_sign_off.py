"""A sign-off that the process asks for is proved less well than this portal demands.

## Why it matters
A name in a file is a claim. The portal's owners decided what stands behind a sign-off here: the roster,
the signer's own commit, or the signer's signature (`proof` in mkdocs.yml). Below that it does not
count.

## How to fix
The finding says what is lacking. Mostly the file was committed, merged, moved or edited by somebody
else: let the signer remove it, and commit it again, alone, with a signed commit.

## Controls
SOC 2 CC8.1; 21 CFR 11.70 in spirit: a signature is bound to its record and its signer.
"""

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.rules._rule import Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every sign-off that the process asks for and whose proof is too weak."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.UNPROVED:
            yield problem


RULE = Rule(__name__, check, guards=("signoff",))
