"""`/feed.xml`: what went to production, with its public notes, as an Atom feed (RFC 4287)."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.exports._atom import Entry, feed
from release_portal.exports._export import Export, File
from release_portal.pages._production import last_run
from release_portal.prose import html
from release_portal.records.release_notes import ReleaseNotes

PATH, MOST = "feed.xml", 100


def files(assessment: Assessment) -> Iterator[File]:
    """Give the feed: the newest hundred."""
    portal = assessment.portal
    yield File(
        PATH, feed(portal.settings, PATH, f"Releases of {portal.settings.site_name}", _entries(assessment))
    )


def _entries(assessment: Assessment) -> Iterator[Entry]:
    for release in assessment.portal.releases[:MOST]:
        run, notes = last_run(assessment.portal, release), release.one(ReleaseNotes)
        if run is None or run.outcome != "succeeded":
            continue
        published = notes.value.published_at if notes and notes.value else None
        yield Entry(
            name=f"releases/{release.version}",
            title=f"{release.version} {release.title}",
            updated=max(run.finished_at, published) if published else run.finished_at,
            path=f"releases/{release.version}/notes/",
            summary=notes.value.headline if notes and notes.value else "",
            content=str(html(notes.source.body)) if notes else "",
        )


EXPORT = Export("feed", files)
