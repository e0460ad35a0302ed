"""What changed since the previous release, for each release; beside it the facts that compare.js reads."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from release_portal.assess import Assessment
from release_portal.pages import comparison
from release_portal.pages._frame import page
from release_portal.pages._neighbours import before
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages.comparison._difference import Difference, difference
from release_portal.pages.comparison._section import Group, Section
from release_portal.portal import Portal
from release_portal.registry import collect
from release_portal.release import Release

PATH, FACTS = "changes-since/", "facts.json"


def build(assessment: Assessment, release: Release) -> Iterator[Page]:
    """Give the page; the first release has one too, which says that nothing came before it."""
    older = before(assessment.portal, release)
    label = f"Since {older.version}" if older else "Since the start"
    name = f"{release.version} {release.title}" if release.facts else release.version
    made = page(
        assessment,
        release,
        path=PATH,
        label=label,
        template="comparison/since.html",
        wide=True,
        description=f"What {release.version} changed since {older.version}." if older else "",
        older=older,
        found=differences(assessment.portal, older, release) if older else (),
    )
    title = f"What changed since {older.version}: {name}" if older else f"First release: {name}"
    yield replace(made, title=title, files=((FACTS, facts(assessment.portal, release)),))


def sections() -> tuple[Section, ...]:
    """The sections of a comparison, in their order."""
    return tuple(sorted(collect(comparison, "SECTION", Section), key=lambda one: one.order))


def differences(portal: Portal, older: Release, newer: Release) -> tuple[Difference, ...]:
    """Compare two releases of which one directly follows the other, section by section."""
    return tuple(
        difference(one, tuple(one.groups(portal, older)), tuple(one.groups(portal, newer)))
        for one in sections()
    )


def facts(portal: Portal, release: Release) -> str:
    """Everything of a release that can be compared, as JSON: groups of facts by the name of their section."""
    found = {one.name: [_group(group) for group in one.groups(portal, release)] for one in sections()}
    content = {"schema": 1, "version": release.version, "sections": found}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _group(group: Group) -> dict[str, str | Sequence[dict[str, str]]]:
    listed = [
        {
            "key": one.key,
            "mark": one.mark,
            "label": one.label,
            "value": one.value,
            "href": one.href,
        }
        for one in group.facts
    ]
    return {"key": group.key, "title": group.title, "facts": listed}


PAGE = ReleasePages(name="changes-since", order=25, build=build)
