"""What a release's pages are made from: the release, the one before it, and little of all others.

Pages of a release are given a portal that holds nothing else. So what they are made from can be told by a key, and
pages with the same key need not be made again: nothing that is not in the key can have a part in them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from release_portal.assess import Assessment
from release_portal.clock import Clock
from release_portal.facts import OwnHistory, Product
from release_portal.pages._neighbours import before
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.release import Release

# What pages may know of releases further off: what production ran when, what went wrong, what is carried forward.
_FURTHER = frozenset({"release", "deployments", "incident", "runbook", "exceptions"})


class Surroundings:
    """What pages of each release of a portal may know of others."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._stubs = tuple(
            replace(one, records=_further(one), signoffs=(), evidence={})
            for one in assessment.portal.releases
        )

    def around(self, release: Release) -> Assessment:
        """An assessment of nothing but a release and what its pages may know of others, with a clock of its own."""
        portal = self._assessment.portal
        older = before(portal, release)
        whole = {one.version: one for one in (release, older) if one}
        seen = replace(
            portal,
            releases=tuple(whole.get(one.version, one) for one in self._stubs),
            clock=Clock(portal.clock.instant),
            progress={version: portal.progress[version] for version in whole},
            moves={version: portal.moves[version] for version in whole if version in portal.moves},
            retypings={},
            seals={version: portal.seals[version] for version in whole if version in portal.seals},
            unread=(),
        )
        return Assessment(seen, self._assessment.of(release.version))


def _further(release: Release) -> tuple[Record[Any], ...]:
    return tuple(one for one in release.records if one.type.name in _FURTHER)


class Keys:
    """A key for each release: a digest over everything that its pages are made from but the time.

    `frame` stands for what all pages depend on beside the portal: the tool, the theme, the navigation.
    """

    def __init__(self, assessment: Assessment, frame: str) -> None:
        self._assessment = assessment
        self._frame = frame
        self._own: dict[str, str] = {}

    def of(self, release: Release) -> str:
        """The key of a release."""
        portal = self._assessment.portal
        older = before(portal, release)
        findings = (repr(one) for one in self._assessment.of(release.version))
        return _digest((self._shared, self.own(release), self.own(older) if older else "", *findings))

    def own(self, release: Release) -> str:
        """A digest over what a release holds by itself, and what is judged of it."""
        known = self._own.get(release.version)
        if known is None:
            known = self._own[release.version] = _digest(_held(self._assessment.portal, release))
        return known

    @cached_property
    def _shared(self) -> str:
        portal = self._assessment.portal
        git = portal.git
        words = [self._frame, repr(portal.settings), repr(portal.roster), repr(portal.process)]
        words += [repr(portal.processes), repr(git.versions), repr(git.keys), repr(git.listings)]
        words += [repr(git.own) if git.history is None else _own(git.history)]
        words += [one.repository.name if isinstance(one, Product) else repr(one) for one in git.products]
        for release in portal.releases:
            words += [release.version, release.phase]
            words += [f"{one.path} {one.digest}" for one in release.records if one.type.name in _FURTHER]
        return _digest(words)


def _held(portal: Portal, release: Release) -> Iterator[str]:
    for record in release.records:
        yield f"{record.path} {record.digest} {record.value is None}"
    for signed in release.signoffs:
        yield f"{signed.record.path} {signed.record.digest} {signed.attestation!r}"
    for path, file in release.evidence.items():
        yield f"{path} {file.sha256} {file.size}"
    for phase in portal.progress[release.version].phases:
        yield phase.stage
        yield from (f"{one.deliverable.number} {one.state} {one.gaps!r}" for one in phase.deliverables)
    own = portal.git.history
    if own:
        yield from (repr(touch) for touch in own.touching(release.folder))
        yield repr(own.closings.get(release.folder))
        yield from (
            f"{path} {changes!r}"
            for path, changes in own.rejections.items()
            if path.startswith(f"{release.folder}/")
        )
    yield repr(portal.moves.get(release.version))
    yield repr(portal.seals.get(release.version))
    for product in portal.git.checked:
        yield from _of_product(product, release)


def _of_product(product: Product, release: Release) -> Iterator[str]:
    """The tags of a release and the commits between them and the tags before."""
    history = product.history
    named = {one.name for one in release.facts.tags} if release.facts else set()
    actual = history.released.of(release.version)
    if actual:
        named.add(actual.tag.name)
    for tag in history.tags:
        if tag.name in named:
            yield f"{product.repository.name} {tag!r} {product.signatures.get(tag.name)!r}"
    span = history.range_of(release.version)
    if span:
        yield f"{span.base!r} {' '.join(span.ids)}"


def _own(history: OwnHistory) -> str:
    return repr(history.uncommitted)


def _digest(words: Iterable[str]) -> str:
    found = hashlib.blake2b(digest_size=16)
    for word in words:
        found.update(word.encode("utf-8", "surrogateescape"))
        found.update(b"\0")
    return found.hexdigest()
