"""From an assessment to a report in one of the formats."""

from release_portal import output
from release_portal.assess import Assessment
from release_portal.commands._invocation import Invocation
from release_portal.failure import Misconfigured
from release_portal.output._format import Format, Report
from release_portal.registry import collect
from release_portal.wording import nearest


def formats(name: str) -> Format:
    """The format of a name.

    Raises:
        Misconfigured: there is none of that name.

    """
    known = {one.name: one for one in collect(output, "FORMAT", Format)}
    if name not in known:
        raise Misconfigured(f"there is no format '{name}'", nearest(name, list(known)))
    return known[name]


def report_of(invocation: Invocation, assessment: Assessment, versions: tuple[str, ...] = ()) -> Report:
    """A report on some releases, or on the whole portal. What belongs to no release is always told."""
    portal = assessment.portal
    releases = [one for one in portal.releases if not versions or one.version in versions]
    findings = tuple(one for one in assessment.findings if not versions or one.release in {"", *versions})
    records = [
        record for one in releases for record in (*one.records, *(signed.record for signed in one.signoffs))
    ]
    texts = {record.path: record.source.text for record in records if record.source.text}
    return Report(
        invocation.root,
        findings,
        tuple(one.version for one in releases),
        len(records),
        invocation.colour,
        texts,
        portal=portal,
    )
