"""Runbooks by their slug: what each release brought, and what holds as of one, as older ones carry forward."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from release_portal.pages._neighbours import up_to
from release_portal.pages._places import home
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.runbook import Runbook
from release_portal.release import WITHDRAWN, Release


@dataclass(frozen=True, slots=True)
class Version:
    """A runbook as one release has it."""

    release: Release
    record: Record[Runbook]
    runbook: Runbook

    @property
    def rank(self) -> tuple[str, str]:
        """Its place in a list: by service, then by title."""
        return self.runbook.service.casefold(), self.runbook.title.casefold()

    @property
    def address(self) -> str:
        """Address of its page, from the site's root."""
        return f"{home(self.release)}runbooks/{self.record.name}/"


def versions(portal: Portal) -> Mapping[str, Sequence[Version]]:
    """Every runbook by its slug, newest first; versions of withdrawn releases come last."""
    found: dict[str, list[Version]] = defaultdict(list)
    for release in portal.releases:
        for one in _of(release):
            found[one.record.name].append(one)
    for every in found.values():
        every.sort(key=lambda one: one.release.phase == WITHDRAWN)
    return found


def carried(portal: Portal, release: Release) -> Mapping[str, Version]:
    """The runbooks that hold as of a release: of each slug the newest that it or a release before it has.

    A release before it that was withdrawn gives none.
    """
    found: dict[str, Version] = {}
    for one in up_to(portal, release):
        unseen = [record for record in one.all(Runbook) if record.name not in found]
        if unseen and (one is release or one.phase != WITHDRAWN):
            found |= {record.name: Version(one, record, record.value) for record in unseen if record.value}
    return found


def _of(release: Release) -> list[Version]:
    return [Version(release, record, record.value) for record in release.all(Runbook) if record.value]
