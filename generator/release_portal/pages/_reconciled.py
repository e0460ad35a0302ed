"""What comes of comparing tag, record, commits and reviews of a version: the state of its row."""

from collections.abc import Sequence

import semver

from release_portal.facts import Product
from release_portal.finding import Finding, Severity
from release_portal.git import ReleaseTag
from release_portal.pages._coverage import Coverage
from release_portal.pages._signatures import Mark
from release_portal.release import Release


def reconciled(
    version: str,
    release: Release | None,
    product: Product | None,
    tag: ReleaseTag | None,
    covered: Coverage | None,
    minded: Sequence[Finding],
    first: str,
) -> Mark:
    """Give the state; green only where everything was there to compare, and no rule minds it.

    `covered` is None where there is no record, or no tag; `minded` are the findings about the version;
    `first` is the oldest version that has a record.
    """
    if product is None:
        return Mark("not-checked", "Not checked here", "no product repository was read")
    if minded:
        wrong = any(one.severity is Severity.ERROR for one in minded)
        return Mark("missing" if wrong else "due", "Open")
    return _recorded(tag, covered) if release else _unrecorded(version, tag, first)


def _recorded(tag: ReleaseTag | None, covered: Coverage | None) -> Mark:
    if tag is None:
        return Mark("not-due", "No tag yet", "not past deployment")
    if covered is None or covered.logged is None or covered.reviewed is None:
        return Mark("progress", "In progress", "change log or reviews are not there to compare with")
    if covered.range.base is None:
        return Mark("claimed", "Tag and record agree", "the first tag: no commits to compare")
    return Mark("done", "Reconciled")


def _unrecorded(version: str, tag: ReleaseTag | None, first: str) -> Mark:
    if tag is None:
        return Mark("missing", "Deployed without tag and record")
    if not tag.is_final:
        return Mark("not-applicable", "Pre-release", "needs no record of its own")
    if semver.Version.parse(version) < semver.Version.parse(first):
        return Mark("not-applicable", "Before the records", f"the oldest record is of {first}")
    return Mark("not-due", "After the day", "tagged after the instant of this page")
