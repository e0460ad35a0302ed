"""The release notes: the public ones as an article of their own, the internal ones on a page apart."""

from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give both pages, the public one first."""
    public = part(assessment, release, "release-notes")
    headline = public.first.headline if public.first else ""
    yield page(
        assessment,
        release,
        path="notes/",
        label="Notes",
        template="notes.html",
        toc=(("disclosures", "Disclosures"),) if public.first and public.first.disclosures else (),
        description=headline or f"Public release notes of {release.version}.",
        part=public,
        internal=False,
    )
    yield page(
        assessment,
        release,
        path="notes/internal/",
        label="Internal notes",
        template="notes.html",
        above=(("Notes", "notes/"),),
        description=f"Internal release notes of {release.version}.",
        part=part(assessment, release, "release-notes-internal"),
        internal=True,
    )


PAGE = ReleasePages(name="notes", order=10, build=build)
