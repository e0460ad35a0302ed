"""A portal -> what the public may see of it: each field is taken one by one.

A release counts once production ran it. Its notes count once they are published, a notice once it was sent to customers
or the public and says `public: true`, a document if it says so. Each only as it was signed, where the process asks for
sign-offs, and as it was committed, where git is asked. Nothing is counted, and no instant is shown but as a day, so that
what goes on inside leaves the site as it is, byte by byte.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

from release_portal.pages._production import deployed, in_production
from release_portal.portal import Portal
from release_portal.public._withheld import withheld
from release_portal.public.values import (
    PublicDisclosure,
    PublicDocument,
    PublicNotes,
    PublicNotice,
    PublicPortal,
    PublicRelease,
)
from release_portal.records.documentation import Documentation
from release_portal.records.notice import Notice
from release_portal.records.release_notes import ReleaseNotes
from release_portal.records.send_log import SendLog
from release_portal.release import WITHDRAWN, Release

_LONGEST = 60  # letters of an address
AUDIENCES = frozenset({"customers", "public"})


def public(portal: Portal) -> PublicPortal:
    """Give what the public may see."""
    site = portal.settings.public
    names: set[str] = set()
    ordered = sorted(portal.releases, key=Release.precedence)  # so that a new notice renames no old one
    found = [one for release in ordered if (one := _release(portal, release, names))]
    running = in_production(portal)
    current = next((one for one in found if running and one.version == running.release.version), None)
    return PublicPortal(
        name=site.site_name,
        url=site.site_url,
        description=site.site_description,
        releases=tuple(reversed(found)),
        production=current,
        since=_day(running.since) if running and current else None,
    )


def left_out(portal: Portal) -> Iterator[str]:
    """Say what a reader would look for and does not find, and why: for whoever builds, not for the site."""
    for release in portal.releases:
        if release.phase == WITHDRAWN or not deployed(portal, release):
            continue
        notes = release.one(ReleaseNotes)
        if notes is None or notes.value is None:
            yield f"{release.version}: no release notes that are good; its page has none"
        elif _notes(portal, release) is None:
            why = withheld(portal, release, notes) or "they are not published yet"
            yield f"{release.version}: its page has no release notes: {why}"
        for record in (*release.named("notice"), *release.named("documentation")):
            if why := "it has errors" if record.value is None else withheld(portal, release, record):
                yield f"{release.version}: {release.relative(record)} was left out: {why}"


def changed_after_sending(portal: Portal) -> Iterator[str]:
    """Say which notices were changed after they were sent, where git is asked: the site shows them as they are now."""
    own = portal.git.history
    for release in portal.releases if own else ():
        for record in release.all(Notice):
            sent, history = _sent(release, record.name), own.of(record.path) if own else None
            last = history.changes[-1].commit if history and history.changes else None
            if (
                record.value
                and record.value.public
                and sent
                and last
                and last.committer.at
                and last.committer.at > sent
            ):
                place = release.relative(record)
                yield f"{release.version}: {place} was changed after it was sent, in {last.id[:12]}; it is shown as it is now"


def _release(portal: Portal, release: Release, names: set[str]) -> PublicRelease | None:
    """A release as the public sees it; None before production ran it."""
    ran = deployed(portal, release)
    if ran is None:
        return None
    version, day = release.version, _day(ran.first)
    if release.phase == WITHDRAWN:
        return PublicRelease(version=version, deployed_on=day, withdrawn=True)
    return PublicRelease(
        version=version,
        deployed_on=day,
        notes=_notes(portal, release),
        documents=tuple(_documents(portal, release)),
        notices=tuple(_notices(portal, release, names)),
    )


def _notes(portal: Portal, release: Release) -> PublicNotes | None:
    record = release.one(ReleaseNotes)
    notes = record.value if record else None
    if not record or not notes or not notes.published_at or not portal.clock.reached(notes.published_at):
        return None
    if withheld(portal, release, record):
        return None
    told = tuple(PublicDisclosure(kind=one.kind, statement=one.statement) for one in notes.disclosures)
    return PublicNotes(
        headline=notes.headline,
        published_on=_day(notes.published_at),
        text=record.source.body,
        disclosures=told,
    )


def _documents(portal: Portal, release: Release) -> Iterator[PublicDocument]:
    for record in release.all(Documentation):
        for one in record.value.documents if record.value else ():
            if one.public and not withheld(portal, release, record):
                yield PublicDocument(kind=one.kind, title=one.title, url=one.url, version=one.version)


def _notices(portal: Portal, release: Release, names: set[str]) -> Iterator[PublicNotice]:
    """What was sent and may be shown, in order of its days."""
    found = []
    for record in release.all(Notice):
        notice, sent = record.value, _sent(release, record.name)
        if withheld(portal, release, record):
            continue
        if notice and notice.public and notice.audience in AUDIENCES and sent and portal.clock.reached(sent):
            found.append((_day(sent), notice.subject, record.source.sections().get("Message", "")))
    for day, subject, text in sorted(found):
        name = _name(f"{day.isoformat()}-{_slug(subject)}", names)
        yield PublicNotice(name=name, subject=subject, sent_on=day, text=text, version=release.version)


def _sent(release: Release, name: str) -> datetime | None:
    """When a notice was first sent, by the send log."""
    log = release.one(SendLog)
    sendings = log.value.sendings if log and log.value else ()
    return min((one.sent_at for one in sendings if one.notice == name), default=None)


def _name(wanted: str, taken: set[str]) -> str:
    """A name that no other notice has."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST] or "notice"


def _day(instant: datetime) -> date:
    return instant.astimezone(UTC).date()
