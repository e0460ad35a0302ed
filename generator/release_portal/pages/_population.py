"""Every version that a tag, a record or a deployment names, side by side: the population of releases."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import semver

from release_portal.assess import Assessment
from release_portal.facts import Product
from release_portal.finding import Finding
from release_portal.git import ReleaseTag
from release_portal.pages._coverage import Coverage, coverage
from release_portal.pages._reconciled import reconciled
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
        tags = self.release.facts.tags if self.release and self.release.facts else ()
        name = self.product.repository.name if self.product else ""
        return next((tag.commit for tag in tags if tag.repository == name), "")


@dataclass(frozen=True)
class Population:
    """Reads the rows off an assessment, each part of it looked up once."""

    assessment: Assessment

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

    @cached_property
    def _findings(self) -> Mapping[str, Sequence[Finding]]:
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.assessment.findings:
            found[finding.release].append(finding)
        return found

    @cached_property
    def _since(self) -> str:
        return since(self.assessment.portal)

    def _row(self, version: str, product: Product | None, tag: ReleaseTag | None) -> Row:
        release = self.releases.get(version)
        tagging = Tagging(release, product, None, tag, release.location) if release and product else None
        minded = list(self._minded(version, product, tag))
        reasons = Counter(one.rule for one in minded)
        covered = coverage(tagging) if tagging else None
        return Row(
            version=version,
            product=product,
            tag=tag,
            verdict=tag_mark(product, tag.tag) if product and tag else None,
            release=release,
            deployments=self.deployments.get(version, ()),
            coverage=covered,
            state=reconciled(version, release, product, tag, covered, minded, self._since),
            reasons=tuple((rule, reasons[rule]) for rule in RULES if rule in reasons),
        )

    def _minded(self, version: str, product: Product | None, tag: ReleaseTag | None) -> Iterator[Finding]:
        """Findings about a version: those of its release, and that it has none."""
        if version in self.releases:
            yield from (one for one in self._findings.get(version, ()) if one.rule in RULES)
        elif tag and product:
            begin = f"tag '{tag.tag.name}' of {product.repository.name} "
            for one in self._findings.get("", ()):
                if one.rule == "tag-without-record" and one.message.startswith(begin):
                    yield one


def _precedence(version: str) -> tuple[bool, semver.Version, str]:
    known = semver.Version.is_valid(version)
    return (known, semver.Version.parse(version) if known else semver.Version(0), version)
