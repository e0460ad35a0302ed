"""The auditor's sheet of a release: what was to be delivered, what was, who signed, and how to repeat it."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from shlex import quote

from release_portal.assess import Assessment
from release_portal.finding import Severity
from release_portal.pages._files import digests, files, listings
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.pages._sheet import rows
from release_portal.pages._tags import tag_facts
from release_portal.pages._trail import Trails
from release_portal.portal import Portal
from release_portal.progress import State
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    portal = assessment.portal
    items = portal.progress[release.version].deliverables
    trails = Trails.of(assessment, release)
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
            ("repeat", "Repeat it"),
            ("digests", "Digests"),
        ),
        description=f"Every deliverable of {release.version} with its records, signers and digests.",
        phases=tuple(rows(assessment, release, trails)),
        own=trails.own if trails else None,
        not_checked=portal.git.own,
        tags=tuple(tag_facts(portal, release)),
        verify_tags=tuple(_verify_tags(portal, release)),
        done=sum(item.state is State.DONE for item in items),
        waived=sum(item.state is State.NOT_APPLICABLE for item in items),
        total=len(items),
        errors=sum(one.severity is Severity.ERROR for one in assessment.of(release.version)),
        files=tuple(files(release)),
        links=tuple(one for one in listings(release) if one.evidence.url),
        digests=tuple(digests(release)),
        references=part(assessment, release, "references"),
        kept=part(assessment, release, "audit-package").first,
        generator=version("release-portal"),
    )


def _verify_tags(portal: Portal, release: Release) -> Iterator[str]:
    """Commands that prove a release's tags, to be run in the portal's folder."""
    keys = 'gpg.ssh.allowedSignersFile="$PWD/roster/allowed_signers"'
    for one in tag_facts(portal, release):
        product = portal.git.product(one.repository)
        if product and one.tag:
            git, name = f"git -C {quote(product.repository.path)}", quote(one.name)
            yield f"{git} -c {keys} verify-tag {name} && {git} rev-parse {quote(one.name + '^{commit}')}"


PAGE = ReleasePages(name="evidence", order=120, build=build)
