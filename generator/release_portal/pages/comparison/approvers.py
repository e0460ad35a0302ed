"""Who approved, by the role in which they signed."""

from collections import defaultdict
from collections.abc import Iterator

from release_portal.pages._places import home
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.portal import Portal
from release_portal.proof import Proof
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group; none as long as nobody has approved anything. A sign-off that went stale approves nothing."""
    signed: dict[str, set[str]] = defaultdict(set)
    for one in release.signoffs:
        if one.value and one.value.decision == "approve" and one.attestation.proof is not Proof.STALE:
            signed[one.value.role].add(portal.roster.name(one.value.by))
    titles = portal.process_of(release).roles
    facts = (
        Fact(
            key=role,
            label=titles.get(role, words(role)),
            value=", ".join(sorted(names)),
            href=f"{home(release)}signoffs/",
        )
        for role, names in sorted(signed.items())
    )
    if signed:
        yield Group("approvers", "", tuple(facts))


SECTION = Section(
    name="approvers",
    title="Approvers",
    order=80,
    groups=groups,
    value="Approved by",
    new="Role came in",
    gone="No approval",
    changed="Other person",
)
