"""`/feed.xml`: what went to production, with its notes, as an Atom feed (RFC 4287)."""

from collections.abc import Iterator

from release_portal.exports._atom import Entry, feed
from release_portal.exports._export import File
from release_portal.public.exports._public_export import PublicExport, midnight, site
from release_portal.public.render import markdown
from release_portal.public.values import PublicPortal

PATH, MOST = "feed.xml", 100


def files(portal: PublicPortal) -> Iterator[File]:
    """Give the feed: the newest hundred that have notes."""
    with_notes = [one for one in portal.releases if one.notes][:MOST]
    entries = (
        Entry(
            name=one.uri.rstrip("/"),
            title=one.version,
            updated=midnight(max(one.notes.published_on, one.deployed_on)),
            path=one.uri,
            summary=one.notes.headline,
            content=str(markdown(one.notes.text)),
        )
        for one in with_notes
        if one.notes
    )
    yield File(PATH, feed(site(portal), PATH, portal.name, entries))


EXPORT = PublicExport("feed", files)
