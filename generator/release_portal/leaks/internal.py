"""The internal texts of a portal, by kind: what must not stand in a site for the public."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from release_portal.assess import Assessment
from release_portal.exports._identifiers import identifiers
from release_portal.facts import Product
from release_portal.git import Commit
from release_portal.leaks.allowed import allowed, ran
from release_portal.leaks.words import plain, sentences
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records._walk import values_of

_DIGITS = 12  # of a commit or a digest: pages show as many, and no two things share them
_SHORT = 5  # an id of fewer letters stands in any program by chance
_NEVER = {"e-mails", "git e-mails", "ids of people"}  # no record makes these public, only mkdocs.yml by name
_IDS = {"person", "record type", "rule", "release"}  # are looked for under other names, or are no secret
_BY_KIND = {
    "person id": "ids of people",
    "ticket": "tickets",
    "commit": "commits",
    "e-mail address": "e-mails",
}
_BY_KIND |= {"link": "addresses", "SHA-256": "digests"}
Found = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """What to look for: kinds by text, as it is compared. `files` are SHA-256 of records and evidence.

    `excused` are texts that the public reads anyhow, never an e-mail address or an id of a person, unless that is a mere
    word; `short` those that are too short to look for; both by kind.
    """

    texts: dict[str, str] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    excused: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)


def internal(assessment: Assessment, root: Path) -> Wanted:
    """Give all that is internal, without what the public may read."""
    portal = assessment.portal
    public = plain("\n".join(allowed(portal)))
    let = {plain(text).strip() for text in portal.settings.public.may_say}
    texts: dict[str, str] = {}
    excused: dict[str, str] = {}
    short: dict[str, str] = {}
    for kind, text in _all(assessment, root):
        wanted = plain(text).strip()
        is_secret = kind in _NEVER and not wanted.isalpha() and wanted not in let
        is_excused = not is_secret and _stands(wanted, public)
        place = short if len(wanted) < _SHORT else excused if is_excused else texts
        if wanted:
            place.setdefault(wanted, kind)
    every = (*portal.releases,)
    files = {file.sha256 for one in every for file in one.evidence.values()}
    files |= {record.digest for one in every for record in one.records}
    return Wanted(texts, frozenset(files), excused, short)


def _stands(text: str, where: str) -> bool:
    """Whether a text stands somewhere by itself, not as a part of a longer word."""
    at = where.find(text)
    while at >= 0:
        if bounded(where, at, at + len(text)):
            return True
        at = where.find(text, at + 1)
    return False


def bounded(where: str, begin: int, end: int) -> bool:
    """Whether what stands from here to there is no part of a longer word or number."""
    before = where[begin - 1 : begin]
    after = where[end : end + 1]
    return not (before.isalnum() and where[begin].isalnum()) and not (
        after.isalnum() and where[end - 1].isalnum()
    )


def _all(assessment: Assessment, root: Path) -> Found:
    portal = assessment.portal
    yield from _people(portal)
    for release in portal.releases:
        if not ran(portal, release):
            yield "versions not out", release.version
        for record in (*release.records, *(one.record for one in release.signoffs)):
            yield from _record(record, release.relative(record))
        for file in release.evidence.values():
            yield "digests", file.sha256[:_DIGITS]
            yield "paths", file.path
    for one in identifiers(assessment):
        if one.kind not in _IDS:
            text = one.text[:_DIGITS] if len(one.text) >= 40 else one.text
            yield "commits" if "commit" in one.kind else "digests" if len(text) == _DIGITS else "ids", text
    for finding in assessment.findings:
        yield from (("findings", text) for text in (*sentences(finding.message), *sentences(finding.hint)))
    yield from _git(portal)
    yield "paths", str(root.resolve())
    for repository in portal.settings.repositories:
        yield "addresses", repository.url
        yield "paths", repository.path


def _people(portal: Portal) -> Found:
    for person in portal.roster.people.values():
        yield "names of people", person.name
        yield "ids of people", person.id
        yield from (("e-mails", email) for email in person.emails)
    yield from (("e-mails", address) for address in portal.roster.forges)


def _record(record: Record[Any], path: str) -> Found:
    if "/" in path:
        yield "paths", path
    yield "digests", record.digest[:_DIGITS]
    for kind, name in _BY_KIND.items():
        for _, value in values_of(record, kind):
            yield name, value[:_DIGITS] if kind in {"commit", "SHA-256"} else value
    for text in (record.source.body, *_leaves(record.source.data)):
        yield from (("texts of records", one) for one in sentences(text))


def _leaves(value: Any) -> Iterator[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _leaves(one)
    if isinstance(value, str):
        yield value


def _git(portal: Portal) -> Found:
    own = portal.git.history
    if own:
        for commit in own.files.commits:
            yield from _commit(commit)
    for product in portal.git.checked:
        yield from _of_product(product)


def _of_product(product: Product) -> Found:
    log = product.history.log
    for commit in log.commits(log.ids):
        yield from _commit(commit)
    for tag in product.history.tags:
        yield "commits", tag.id[:_DIGITS]
        yield from (("texts of commits", one) for one in sentences(tag.message))
        if tag.tagger:
            yield from (("git names", tag.tagger.name), ("git e-mails", tag.tagger.email))


def _commit(commit: Commit) -> Found:
    yield "commits", commit.id[:_DIGITS]
    yield from (("texts of commits", one) for one in sentences(commit.message))
    for who in (commit.author, commit.committer):
        yield from (("git names", who.name), ("git e-mails", who.email))
