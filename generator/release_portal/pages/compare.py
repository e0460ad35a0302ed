"""Any two releases side by side: compare.js reads the facts that lie beside each release, and diffs them."""

import json
from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages.comparison._page import FACTS, PATH, sections


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page, with the sections of a comparison beside it."""
    yield portal_page(
        assessment,
        uri="releases/compare/",
        title="Compare two releases",
        label="Compare",
        above=(("Releases", "releases/"),),
        template="compare.html",
        description="What changed between any two releases.",
        files=(("sections.json", _sections()),),
        scripts=("compare",),
        count=len(assessment.portal.releases),
        facts=f"{PATH}{FACTS}",
    )


def _sections() -> str:
    listed = [
        {
            "name": one.name,
            "title": one.title,
            "note": one.note,
            "value": one.value,
            "adds": one.adds,
            "brief": one.brief,
            "words": {"new": one.new, "gone": one.gone, "changed": one.changed},
        }
        for one in sections()
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


PAGE = PortalPages(name="compare", order=11, build=build)
