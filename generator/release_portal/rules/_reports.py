"""What the evidence of a suite or a scan says, where it is a CI report."""

from collections.abc import Iterable

from release_portal.evidence._evidence import Broken, Counts, OpenResult, OpenResults
from release_portal.records._evidence import Evidence
from release_portal.release import EvidenceFile, Release


def counts_in(release: Release, evidence: Iterable[Evidence]) -> Counts | None:
    """Sum of the test reports among some evidence; None where there is none, or one cannot be read."""
    reports = [file.report for file in _files(release, evidence)]
    found = [one for one in reports if isinstance(one, Counts)]
    if not found or any(isinstance(one, Broken) for one in reports):
        return None
    return sum(found, Counts())


def results_in(release: Release, evidence: Iterable[Evidence]) -> tuple[OpenResult, ...] | None:
    """Open results of all scan reports among some evidence; None as with `counts_in`."""
    reports = [file.report for file in _files(release, evidence)]
    found = [one for one in reports if isinstance(one, OpenResults)]
    if not found or any(isinstance(one, Broken) for one in reports):
        return None
    return tuple(result for one in found for result in one.results)


def scans_in(release: Release, evidence: Iterable[Evidence]) -> tuple[OpenResults, ...]:
    """The scan reports among some evidence that can be read."""
    reports = (file.report for file in _files(release, evidence))
    return tuple(one for one in reports if isinstance(one, OpenResults))


def lacks_report(release: Release, evidence: Iterable[Evidence], kind: type[Counts | OpenResults]) -> bool:
    """Whether no file among some evidence is a report of a kind, nor one that is missing or cannot be read."""
    if any(one.path and one.path not in release.evidence for one in evidence):
        return False
    return not any(isinstance(file.report, kind | Broken) for file in _files(release, evidence))


def _files(release: Release, evidence: Iterable[Evidence]) -> list[EvidenceFile]:
    return [release.evidence[one.path] for one in evidence if one.path in release.evidence]
