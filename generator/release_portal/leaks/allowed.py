"""What the public may read, told from the records anew: what proves the site must not believe what made it.

These are texts, not fields: an internal text that the public reads anyhow, such as a ticket that public notes name, is
no leak. Which internal texts that is for is told with the proof.
"""

from collections.abc import Iterator
from pathlib import Path

from release_portal import public
from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.records.documentation import Documentation
from release_portal.records.notice import Notice
from release_portal.records.release_notes import ReleaseNotes
from release_portal.records.send_log import SendLog
from release_portal.release import WITHDRAWN, Release


def ran(portal: Portal, release: Release) -> bool:
    """Whether production runs a release, or ran it."""
    return any(
        run.environment == "production" and run.outcome == "succeeded" and run.finished_at <= portal.as_of
        for record in release.all(Deployments)
        for run in (record.value.deployments if record.value else ())
    )


def allowed(portal: Portal) -> Iterator[str]:
    """Give every text that the public may read: of records, of mkdocs.yml, of our own templates.

    Pages by hand are not among them: what they say is proved like everything else.
    """
    site = portal.settings.public
    yield from (site.site_name, site.site_url, site.site_description, *site.may_say)
    for release in portal.releases:
        if ran(portal, release):
            yield release.version
            if release.phase != WITHDRAWN:
                yield from _of(portal, release)
    own = Path(public.__file__).parent
    for folder, pattern in ((own, "*.html"), (own, "*.js"), (own / "pages", "*.py")):
        for path in sorted(folder.rglob(pattern)):
            yield path.read_text(encoding="utf-8", errors="replace")


def _signed(portal: Portal, release: Release, subject: str) -> bool:
    """Whether somebody approved a record as it stands, where the process asks for sign-offs on it."""
    items = portal.process_of(release).deliverables
    if not any(subject in item.subjects and item.binding.signed_by for item in items):
        return True
    said = (one.value for one in release.signoffs if one.subject == subject and one.value)
    stands = release.digest_of(subject)
    return any(one.decision == "approve" and one.digest == stands for one in said)


def _of(portal: Portal, release: Release) -> Iterator[str]:
    for record in release.all(ReleaseNotes) if _signed(portal, release, "release-notes") else ():
        notes = record.value
        if notes and notes.published_at and notes.published_at <= portal.as_of:
            yield from (notes.headline, record.source.body, *(one.statement for one in notes.disclosures))
    for listed in release.all(Documentation):
        for one in listed.value.documents if listed.value else ():
            if one.public:
                yield from (one.title, one.url, one.version)
    sent = {
        one.notice
        for log in release.all(SendLog)
        for one in (log.value.sendings if log.value else ())
        if one.sent_at <= portal.as_of
    }
    for told in release.all(Notice):
        notice = told.value
        if notice and notice.public and notice.audience in {"customers", "public"} and told.name in sent:
            yield from (notice.subject, told.source.sections().get("Message", ""))
