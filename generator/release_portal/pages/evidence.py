"""The auditor's sheet of a release: what was to be delivered, what was, who signed, and how to repeat it."""

from collections.abc import Iterable
from importlib.metadata import version

from release_portal.assess import Assessment
from release_portal.metrics.incidents import under
from release_portal.pages._files import digests, files, listings
from release_portal.pages._frame import changed_in, page
from release_portal.pages._keys import keys_used
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.pages._repeat import SUMS, steps
from release_portal.pages._sheet import rows
from release_portal.pages._standing import proved
from release_portal.pages._tags import tag_facts
from release_portal.pages._trail import Trails
from release_portal.progress import State
from release_portal.records.seal import Seal
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    portal = assessment.portal
    trails = Trails.of(assessment, release)
    phases = tuple(rows(assessment, release, trails))
    items = [row for _, found in phases for row in found]
    seal, signature = release.one(Seal), portal.seals.get(release.version)
    keys, tool, sums = keys_used(portal, release), version("release-portal"), tuple(digests(release))
    yield page(
        assessment,
        release,
        path="evidence/",
        label="Evidence",
        template="evidence.html",
        wide=True,
        toc=(
            ("deliverables", "Deliverables"),
            ("files", "Evidence files"),
            ("references", "References"),
            ("keys", "Keys"),
            ("findings", "Findings"),
            ("repeat", "Repeat it"),
            ("digests", "Digests"),
        ),
        description=f"Every deliverable of {release.version} with its records, signers and digests.",
        phases=phases,
        own=trails.own if trails else None,
        changed_in=changed_in(portal, release),
        not_checked=portal.git.own,
        tags=tuple(tag_facts(portal, release)),
        keys=keys,
        steps=tuple(steps(portal, release, keys, tool)),
        incidents=tuple(one for one in under(portal, release) if one.elsewhere),
        proved=proved(portal.progress[release.version]),
        done=sum(row.done for row in items),
        differs=sum(row.differs for row in items),
        waived=sum(row.progress.state is State.NOT_APPLICABLE for row in items),
        total=len(items),
        findings=assessment.of(release.version),
        files=tuple(files(release)),
        links=tuple(one for one in listings(release) if one.evidence.url),
        digests=sums,
        sums=SUMS,
        references=part(assessment, release, "references"),
        seal=seal.value if seal else None,
        seal_signed=bool(signature and signature.verdict.holds),
        kept=part(assessment, release, "audit-package").first,
        generator=tool,
        beside=((SUMS, "".join(f"{one}\n" for one in sums)),),
    )


PAGE = ReleasePages(name="evidence", order=120, build=build)
