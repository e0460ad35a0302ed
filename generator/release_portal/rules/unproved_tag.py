"""A release tag is not signed by its tagger with a key that the roster listed then.

## Why it matters
Name and time in a tag are what its maker typed. Only a signature by a listed key ties the tag to a
person. A good signature by another allowed person, or by a key that was not valid at the time, ties it
to nobody.

## How to fix
The finding says which it is: unsigned, untrusted key, another person's signature, key not valid then, or
a signature that does not match. Have the tagger sign the tag, or the key listed in
roster/allowed_signers with its window of validity.

## Controls
SOC 2 CC8.1, ISO 27001 A.8.32.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Look at the verdict on every annotated release tag: an error where the portal asks for signatures."""
    severity = Severity.ERROR if portal.settings.proof == "signed" else Severity.WARNING
    for one in taggings(portal):
        if one.actual is None or not one.actual.tag.annotated:
            continue
        tag = one.actual.tag
        signature = one.product.signatures.get(tag.name)
        if signature and not signature.verdict.holds:
            message = f"tag '{tag.name}' is not proved: {signature.detail or signature.verdict}"
            hint = "have it signed by its tagger with a key in roster/allowed_signers"
            yield Problem(one.location, message, hint, one.release.version, severity)


RULE = Rule(__name__, check, guards=("deployments",))
