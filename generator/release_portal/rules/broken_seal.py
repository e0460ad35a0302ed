"""A sealed release is not what it was when it was sealed.

## Why it matters
A seal says: this is what the release held when it was closed for good. An auditor may rely on it only if nothing can
change behind it. One byte is enough, in a record, a sign-off or an evidence file, and so is a file that came or went,
a tag that is another object now, or a signature that does not hold.

Where the portal's own history is asked, the finding names the commit. A seal that was set anew is told as a warning.

## How to fix
Take the change back: `git checkout COMMIT~ -- FILE`, with the commit that the finding names. If the change is right,
and no other seal follows, set the seal anew with `release-portal seal VERSION --as PERSON --force`, in a commit
that says why.

## Controls
- ISO 27001 A.5.33: records are protected from falsification and loss.
- 21 CFR Part 11, 11.10(e): changes do not obscure earlier values.
- PCAOB AS 1105: evidence is complete and accurate.
"""

from collections.abc import Iterator

from release_portal import sealing
from release_portal.finding import Location, Severity
from release_portal.portal import Portal
from release_portal.rules._authors import author
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._sealed import by_whom, set_anew


def check(portal: Portal) -> Problems:
    """Compare every sealed release with what its seal says of it."""
    for one in sealing.seals(portal):
        yield from _files(portal, one)
        yield from _tags(portal, one)
        yield from _itself(portal, one)


def _files(portal: Portal, sealed: sealing.Sealed) -> Iterator[Problem]:
    release, record, seal = sealed
    before, now = sealing.listed(seal.files), sealing.files(release)
    for path in sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)):
        what = "was removed" if path not in now else "changed" if path in before else "was added"
        full = f"{release.folder}/{path}"
        message = f"{what} after {release.version} was sealed{by_whom(portal, record, full)}"
        hint = f"it had the SHA-256 {before[path]}" if path in before else "take it away"
        yield Problem(Location(full), message, hint, release.version)


def _tags(portal: Portal, sealed: sealing.Sealed) -> Iterator[Problem]:
    release, record, seal = sealed
    now = {(one.repository, one.name): one.object for one in sealing.tags(portal, release)}
    for index, tag in enumerate(seal.tags):
        found = now.get((tag.repository, tag.name), "")
        if tag.object and portal.git.product(tag.repository) and found != tag.object:
            is_now = f"the object {found[:12]} now" if found else "gone"
            message = f"tag '{tag.name}' of {tag.repository} is {is_now}, and was sealed as {tag.object[:12]}"
            at = record.source.locate("tags", index, "object")
            yield Problem(at, message, "put the tag back that was sealed", release.version)


def _itself(portal: Portal, sealed: sealing.Sealed) -> Iterator[Problem]:
    release, record, seal = sealed
    if sealing.of_listing(seal.files) != seal.digest:
        message = "the listing in `files` has another digest than the seal states"
        yield Problem(
            record.source.locate("digest"), message, "bring the seal back as it was set", release.version
        )
    signature = portal.seals.get(release.version)
    if signature and not signature.verdict.holds:
        message = f"the signature of the seal does not hold: {signature.detail or signature.verdict}"
        yield Problem(record.source.locate("signature"), message, "have it sealed again", release.version)
    if commit := set_anew(portal, record):
        message = (
            f"the seal of {release.version} was set anew, in {commit.id[:12]} by {author(portal, commit)}"
        )
        hint = f"git show {commit.id[:12]} -- {record.path}"
        yield Problem(record.source.locate(), message, hint, release.version, Severity.WARNING)


RULE = Rule(__name__, check)
