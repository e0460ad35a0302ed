"""`/notices.xml`: the notices, as an Atom feed (RFC 4287)."""

from collections.abc import Iterator

from release_portal.exports._atom import Entry, feed
from release_portal.exports._export import File
from release_portal.public.exports._public_export import PublicExport, midnight, site
from release_portal.public.render import markdown
from release_portal.public.values import PublicPortal

PATH, MOST = "notices.xml", 100


def files(portal: PublicPortal) -> Iterator[File]:
    """Give the feed: the newest hundred."""
    entries = (
        Entry(
            name=one.uri.rstrip("/"),
            title=one.subject,
            updated=midnight(one.sent_on),
            path=one.uri,
            content=str(markdown(one.text)),
        )
        for one in portal.notices[:MOST]
    )
    yield File(PATH, feed(site(portal), PATH, f"Notices of {portal.name}", entries))


EXPORT = PublicExport("notices", files)
