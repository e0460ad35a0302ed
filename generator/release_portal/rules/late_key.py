"""A signature is proved by a key that was listed only after it was made.

## Why it matters
A key that is added to the list later can be made for the purpose, and its window set back. Then it proves what
somebody signed today under the date of yesterday.

## How to fix
List keys before they are used: in a pull request of their own, with `valid-after` no earlier than that day. Have the
sign-off or the tag signed again if there is doubt. This is a warning, as a key may have been forgotten.

## Controls
SOC 2 CC6.1; 21 CFR 11.70: a signature is bound to its record and its signer.
"""

from collections.abc import Iterator
from datetime import datetime

from release_portal.facts import Listing
from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Compare each proving signature with the commit that listed its key first."""
    yield from _signoffs(portal)
    for one in taggings(portal):
        signature = one.product.signatures.get(one.actual.tag.name) if one.actual else None
        if one.actual and signature and signature.verdict.holds:
            tag = one.actual.tag
            for listing in _late(portal, signature.key, signature.at, ""):
                message = _message(listing, f"tag {tag.name} on {tag.target[:12]}")
                yield Problem(one.location, message, _HINT, one.release.version)


_HINT = "list keys before they are used, with valid-after no earlier than that"


def _signoffs(portal: Portal) -> Iterator[Problem]:
    for release in portal.releases:
        for one in release.signoffs:
            proved = one.attestation
            at = proved.committed_at or (one.value.at if one.value else None)
            for listing in _late(portal, proved.key, at, proved.commit) if proved.key else ():
                what = f"commit {proved.commit[:12]}" if proved.commit else "the signature"
                place = one.record.source.locate("by")
                yield Problem(place, _message(listing, what), _HINT, release.version)


def _message(listing: Listing, what: str) -> str:
    return f"the key that proves it was first listed in {listing.commit.id[:12]}, after {what}"


def _late(portal: Portal, key: str, at: datetime | None, commit: str) -> Iterator[Listing]:
    """The first listing of a key, where every listing that covers an instant came later than what it proves."""
    listings = [
        one for one in portal.git.listings if one.key.fingerprint == key and at and one.key.covers(at)
    ]
    if at and listings and all(_is_late(portal, one, at, commit) for one in listings):
        yield listings[0]


def _is_late(portal: Portal, listing: Listing, at: datetime, commit: str) -> bool:
    listed, own = listing.commit.committer.at, portal.git.history
    if listing.key.after and listed and listing.key.after >= listed:
        return False
    if own and commit and own.ancestry.holds(commit, listing.commit.id):
        return False
    if own and commit and own.ancestry.holds(listing.commit.id, commit):
        return True
    return listed is not None and listed > at  # another repository, or branches beside one another


RULE = Rule(__name__, check, Severity.WARNING)
