"""The change log and the review of a change name different authors.

## Why it matters
Whether a reviewer or a deployer was independent is judged by the authors. One who is named in one record
only was left out of the other, and with that out of the judgement.

## How to fix
Name in both records everyone who wrote part of the change, as the commits show it.

## Controls
- SOC 2 CC8.1: the reviewer of a change is not its author.
- PCI DSS 6.5.4: roles and functions are separated.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.rules._people import among
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the authors of every change with those that its review names."""
    for release, record in portal.all(CodeReview):
        changes = release.one(Changes)
        logged = {
            one.ticket: one.authors for one in (changes.value.changes if changes and changes.value else ())
        }
        for index, review in enumerate(record.value.reviews if record.value else ()):
            known = logged.get(review.ticket, review.authors)
            here = [one for one in review.authors if not among(portal.roster, one, known)]
            there = [one for one in known if not among(portal.roster, one, review.authors)]
            at = record.source.locate("reviews", index, "authors")
            severity = by_stage(portal, release, at)
            if not severity or not (here or there):
                continue
            said = [f"the review alone names {listed(here)}"] if here else []
            said += [f"the change log alone names {listed(there)}"] if there else []
            message = f"the authors of {review.ticket} differ: {listed(said)}"
            yield Problem(at, message, "name all authors in both records", release.version, severity)


RULE = Rule(__name__, check, guards=("changes", "code-review"))
