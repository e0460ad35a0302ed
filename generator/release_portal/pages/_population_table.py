"""The table of the population: every version as a row that readers can filter, sort and download."""

from collections.abc import Iterable, Iterator

from release_portal.assess import Assessment
from release_portal.pages._population import Population
from release_portal.pages._population import Row as Version
from release_portal.pages._render import words
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, Tone, row_id
from release_portal.pages.registers._table import Filled

_TONES: dict[str, Tone] = {"missing": "error", "due": "warning"}


def rows(assessment: Assessment) -> Iterator[Row]:
    """Every version in every repository, newest first."""
    return map(_row, Population(assessment).rows())


def filled(versions: Iterable[Version]) -> Filled:
    """The register with versions that were read already."""
    return Filled(REGISTER, tuple(map(_row, versions)))


def _row(one: Version) -> Row:
    repository = one.product.repository.name if one.product else ""
    return Row(
        id=row_id(*([repository] if repository else []), one.version),
        tone=_TONES.get(one.state.state, ""),
        cells={
            "version": cell.version(one.version),
            "repository": cell.text(repository),
            **_tag(one),
            "recorded_commit": cell.sha(one.recorded),
            "record": cell.text(one.release.location.path if one.release else ""),
            "phase": cell.text(words(one.release.phase) if one.release else "No record"),
            **_brought(one),
            "state": cell.status(one.state.state, one.state.word),
            "reasons": cell.text(
                "; ".join(f"{rule} {count}" for rule, count in one.reasons) or one.state.detail
            ),
        },
        of=one,
    )


def _tag(one: Version) -> dict[str, cell.Cell]:
    """The tag, who made it and when, and what its signature is worth."""
    if one.tag is None:
        return {"tag_kind": cell.text("No tag") if one.product else cell.NOTHING}
    tag, verdict = one.tag.tag, one.verdict
    tagger = tag.tagger
    return {
        "tag": cell.mono(tag.name),
        "tag_kind": cell.text("annotated" if tag.annotated else "lightweight"),
        "tagged_at": cell.time(tagger.at if tagger else None),
        "tagger": cell.text(tagger.name if tagger else ""),
        "tagger_email": cell.text(tagger.email if tagger else ""),
        "signature": cell.text(verdict.word if verdict else ""),
        "signing_key": cell.text(verdict.key if verdict else ""),
        "tag_commit": cell.sha(tag.target),
    }


def _brought(one: Version) -> dict[str, cell.Cell]:
    """How often it was deployed, and how many of its commits log and reviews cover."""
    covered, first = one.coverage, one.deployments[0].started_at if one.deployments else None
    counts = (
        {"commits": len(covered.commits), "logged": covered.logged, "reviewed": covered.reviewed}
        if covered
        else {}
    )
    return {
        "deployments": cell.number(len(one.deployments)),
        "first_deployed_at": cell.time(first),
        **{key: cell.number(count) for key, count in counts.items() if count is not None},
    }


REGISTER = Register(
    name="population",
    title="Versions",
    noun="version",
    lead="",
    empty="",
    order=0,
    reads=(),
    rows=rows,
    tally="state",
    groups=("state", "phase", "repository"),
    template="population_row.html",
    columns=(
        Column(key="version", title="Version", newest=True),
        Column(key="repository", title="Repository", hidden=True, facet=True),
        Column(key="tag", title="Tag", newest=True),
        Column(key="tag_kind", title="Kind of tag", hidden=True, facet=True),
        Column(key="tagged_at", title="Tagged at", hidden=True),
        Column(key="tagger", title="Tagger"),
        Column(key="tagger_email", title="Tagger's address", hidden=True),
        Column(key="signature", title="Signature", hidden=True, facet=True),
        Column(key="signing_key", title="Signing key", hidden=True),
        Column(key="tag_commit", title="Commit"),
        Column(key="recorded_commit", title="Recorded commit", hidden=True),
        Column(key="record", title="Record"),
        Column(key="phase", title="Phase of the record", hidden=True, facet=True),
        Column(key="deployments", title="Runs to production", newest=True),
        Column(key="first_deployed_at", title="First deployed at", hidden=True),
        Column(key="commits", title="Commits", hidden=True),
        Column(key="logged", title="Commits logged", newest=True),
        Column(key="reviewed", title="Reviewed", newest=True),
        Column(key="state", title="State", facet=True),
        Column(key="reasons", title="Reasons", hidden=True),
    ),
)
