"""`/notices.xml`: the notices that may be public, as an Atom feed (RFC 4287)."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.exports._atom import Entry, feed
from release_portal.exports._export import Export, File
from release_portal.prose import html
from release_portal.records.notice import Notice
from release_portal.records.send_log import SendLog

PATH, MOST = "notices.xml", 100


def files(assessment: Assessment) -> Iterator[File]:
    """Give the feed: the newest hundred that were sent."""
    portal = assessment.portal
    entries = sorted(_entries(assessment), key=lambda entry: entry.updated, reverse=True)[:MOST]
    yield File(PATH, feed(portal.settings, PATH, f"Notices of {portal.settings.site_name}", entries))


def _entries(assessment: Assessment) -> Iterator[Entry]:
    for release, record in assessment.portal.all(Notice):
        log, notice = release.one(SendLog), record.value
        sendings = log.value.sendings if log and log.value else ()
        sent = min((one.sent_at for one in sendings if one.notice == record.name), default=None)
        if notice and notice.public and sent and sent <= assessment.portal.as_of:
            yield Entry(
                name=f"releases/{release.version}/notices/{record.name}",
                title=notice.subject,
                updated=sent,
                path=f"releases/{release.version}/notifications/",
                content=str(html(record.source.sections().get("Message", ""))),
            )


EXPORT = Export("notices", files)
