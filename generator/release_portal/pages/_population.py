"""Every version that a tag, a record or a deployment names, side by side: the population of releases."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import semver

from release_portal.assess import Assessment
from release_portal.facts import Product
from release_portal.finding import Finding, Severity
from release_portal.git import ReleaseTag
from release_portal.pages._coverage import Coverage, coverage
from release_portal.pages._signatures import Mark
from release_portal.pages._tags import tag_mark
from release_portal.records.deployments import Deployment, Deployments
from release_portal.release import Release
from release_portal.rules._tagging import Tagging, since

# The rules that compare tags, records, commits and deployments with one another.
RULES = (
    "tag-without-record",
    "record-without-tag",
    "unlogged-commit",
    "uncommitted-change",
    "unreviewed-commit",
    "untagged-deployment",
    "moved-tag",
    "misnamed-tag",
    "lightweight-tag",
    "unproved-tag",
    "tag-out-of-order",
    "deployment-before-decision",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A version in one repository. `reasons` are the rules that mind it, with how often."""

    version: str
    product: Product | None
    tag: ReleaseTag | None
    verdict: Mark | None
    release: Release | None
    deployments: tuple[Deployment, ...]
    coverage: Coverage | None
    state: Mark
    reasons: tuple[tuple[str, int], ...]

    @property
    def recorded(self) -> str:
        """The commit that the record names for this repository."""
        name, facts = (
            self.product.repository.name if self.product else "",
            self.release and self.release.facts,
        )
        return next((tag.commit for tag in facts.tags if tag.repository == name), "") if facts else ""


@dataclass(frozen=True)
class Population:
    """Reads the rows off an assessment, each part of it looked up once."""

    assessment: Assessment
    _by_release: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for finding in self.assessment.findings:
            self._by_release[finding.release].append(finding)

    def rows(self) -> Iterator[Row]:
        """Every version in every repository, newest first; without a repository, every version once."""
        products: tuple[Product | None, ...] = self.assessment.portal.git.checked or (None,)
        for product in products:
            tags = {one.version: one for one in product.history.released.tags} if product else {}
            versions = {*tags, *self.releases, *self.deployments}
            for version in sorted(versions, key=_precedence, reverse=True):
                yield self._row(version, product, tags.get(version))

    @cached_property
    def releases(self) -> Mapping[str, Release]:
        """Releases by version."""
        return {one.version: one for one in self.assessment.portal.releases}

    @cached_property
    def deployments(self) -> Mapping[str, tuple[Deployment, ...]]:
        """Deployments to production by the version that they brought, in order of time."""
        found: dict[str, list[Deployment]] = defaultdict(list)
        for _, record in self.assessment.portal.all(Deployments):
            for one in record.value.deployments if record.value else ():
                if one.environment == "production":
                    found[one.version].append(one)
        return {
            version: tuple(sorted(runs, key=lambda one: one.started_at)) for version, runs in found.items()
        }

    def _row(self, version: str, product: Product | None, tag: ReleaseTag | None) -> Row:
        release = self.releases.get(version)
        tagging = Tagging(release, product, None, tag, release.location) if release and product else None
        minded = list(self._minded(version, product, tag))
        reasons = Counter(one.rule for one in minded)
        covered = coverage(tagging, self._by_release[version]) if tagging else None
        if minded and product:
            wrong = any(one.severity is Severity.ERROR for one in minded)
            state = Mark("missing" if wrong else "due", "Open")
        else:
            state = self._state(version, product, tag, covered)
        return Row(
            version=version,
            product=product,
            tag=tag,
            verdict=tag_mark(product, tag.tag) if product and tag else None,
            release=release,
            deployments=self.deployments.get(version, ()),
            coverage=covered,
            state=state,
            reasons=tuple((rule, reasons[rule]) for rule in RULES if rule in reasons),
        )

    def _minded(self, version: str, product: Product | None, tag: ReleaseTag | None) -> Iterator[Finding]:
        """Findings about a version: those of its release, and that it has none."""
        if version in self.releases:
            yield from (one for one in self._by_release[version] if one.rule in RULES)
        elif tag and product:
            begin = f"tag '{tag.tag.name}' of {product.repository.name} "
            for one in self._by_release[""]:
                if one.rule == "tag-without-record" and one.message.startswith(begin):
                    yield one

    def _state(
        self, version: str, product: Product | None, tag: ReleaseTag | None, covered: Coverage | None
    ) -> Mark:
        """State of what no rule minds; green only where tag, record, commits and reviews were compared."""
        if product is None:
            return Mark("not-checked", "Not checked here", "no product repository was read")
        if version in self.releases:
            if tag is None:
                return Mark("not-due", "No tag yet", "not past deployment")
            if covered is None or covered.logged is None or covered.reviewed is None:
                return Mark("progress", "In progress", "change log or reviews are not there to compare with")
            if covered.range.base is None:
                return Mark("claimed", "Tag and record agree", "the first tag: no commits to compare")
            return Mark("done", "Reconciled")
        if tag is None:
            return Mark("missing", "Deployed without tag and record")
        if not tag.is_final:
            return Mark("not-applicable", "Pre-release", "needs no record of its own")
        first = since(self.assessment.portal)
        if semver.Version.parse(version) < semver.Version.parse(first):
            return Mark("not-applicable", "Before the records", f"the oldest record is of {first}")
        return Mark("not-due", "After the day", "tagged after the instant of this page")


def _precedence(version: str) -> tuple[bool, semver.Version, str]:
    known = semver.Version.is_valid(version)
    return (known, semver.Version.parse(version) if known else semver.Version(0), version)
