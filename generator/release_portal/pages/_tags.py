"""The tags of a release as pages show them: what the record names beside what git has."""

from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.facts import Product
from release_portal.git import Ident, Tag
from release_portal.pages._signatures import Mark, mark
from release_portal.pages._unchecked import unchecked
from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._tagging import Tagging


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFact:
    """A release's tag in one repository. `recorded` is the commit that the record names, if it names one.

    `tag` is None where git has no such tag or was not asked; `mark` says which, or what the signature proves.
    """

    repository: str
    name: str
    recorded: str
    tag: Tag | None
    mark: Mark

    @property
    def tagger(self) -> Ident | None:
        """Who made the tag; a lightweight one does not say."""
        return self.tag.tagger if self.tag else None

    @property
    def commit_mark(self) -> Mark:
        """Whether the tag is at the recorded commit."""
        if self.tag is None:
            return Mark("not-checked" if self.mark.state == "not-checked" else "missing", self.mark.word)
        if not self.recorded:
            return Mark("missing", "Not recorded", "release.yaml does not name the tag")
        if self.tag.target != self.recorded:
            return Mark("missing", "Moved", f"recorded is {self.recorded[:12]}")
        return Mark("done", "As recorded")


def tag_facts(portal: Portal, release: Release) -> Iterator[TagFact]:
    """Every tag that a release names, then those that git has and the release does not name."""
    named = release.facts.tags if release.facts else ()
    for one in named:
        product = portal.git.product(one.repository)
        found = [tag for tag in product.history.tags if tag.name == one.name] if product else []
        tag = found[0] if found else None
        state = tag_mark(product, tag) if product else _unchecked(portal, one.repository)
        yield TagFact(repository=one.repository, name=one.name, recorded=one.commit, tag=tag, mark=state)
    for product in portal.git.checked:
        name, actual = product.repository.name, product.history.released.of(release.version)
        if actual and name not in {one.repository for one in named}:
            tag = actual.tag
            yield TagFact(repository=name, name=tag.name, recorded="", tag=tag, mark=tag_mark(product, tag))


def tag_mark(product: Product, tag: Tag | None) -> Mark:
    """Show what is proved of a tag."""
    if tag is None:
        return Mark("missing", "No such tag", f"{product.repository.name} does not have it")
    signature = product.signatures.get(tag.name)
    if signature is None:
        return Mark("not-checked", "Not checked here", "it is no release tag")
    return mark(signature)


def tagging(portal: Portal, release: Release) -> Iterator[Tagging]:
    """Give the release in each product repository that has a usable tag of its version."""
    for product in portal.git.checked:
        actual = product.history.released.of(release.version)
        if actual:
            yield Tagging(release, product, None, actual, release.location)


def _unchecked(portal: Portal, name: str) -> Mark:
    reasons = (one.reason for one in unchecked(portal) if one.name == name)
    return Mark("not-checked", "Not checked here", next(reasons, "mkdocs.yml names no such repository"))
