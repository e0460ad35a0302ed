"""What a release changes: its change log, the scope that was agreed, and the board that agreed to it."""

from collections import Counter
from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.records.changes import Changes
from release_portal.release import Release

_PLURALS = {"feature": "features", "fix": "fixes", "migration": "migrations"}


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    changes = part(assessment, release, "changes")
    yield page(
        assessment,
        release,
        path="changes/",
        label="Changes",
        template="changes.html",
        wide=True,
        toc=(("changes", "Change log"), ("scope", "Scope"), ("cab-minutes", "CAB minutes")),
        description=f"Changes of {release.version} with risk and impact, scope and CAB minutes.",
        changes=changes,
        summary=_summary(changes.first),
        scope=part(assessment, release, "scope"),
        minutes=part(assessment, release, "cab-minutes"),
    )


def _summary(changes: Changes | None) -> str:
    """Count the changes by kind, and those of high risk or material impact."""
    if changes is None:
        return ""
    kinds = Counter(change.kind for change in changes.changes)
    parts = [f"{count} {kind if count == 1 else _PLURALS[kind]}" for kind, count in kinds.items()]
    high = sum(change.risk == "high" for change in changes.changes)
    return ", ".join(parts) + (f"; {high} of high risk" if high else "")


PAGE = ReleasePages(name="changes", order=20, build=build)
