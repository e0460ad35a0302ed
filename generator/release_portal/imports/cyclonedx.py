"""CycloneDX JSON: the bill of materials of the release, beside its dependency scan.

Where the file lists vulnerabilities too, the scan's totals are offered from it. They are never made up from an
inventory that says nothing of vulnerabilities.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from release_portal.evidence._evidence import Unusable, rank_of
from release_portal.imports._document import Group, groups, instant, json_group, text
from release_portal.imports._importer import Copy, Facts, Importer, Input, Request, Value, of_each
from release_portal.imports._sboms import RECORDS, beside_dependency_scan, inventory
from release_portal.wording import shown

_RANKS = ("critical", "high", "medium", "low")
_WEIGHED = {"info": "low", "none": "low", "unknown": "medium"}
_SETTLED = {"resolved", "resolved_with_pedigree", "false_positive", "not_affected"}
_VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")


def read(request: Request) -> tuple[Facts, ...]:
    """Evidence of the dependency scan, from one or more files."""
    read_files = of_each(request.files, _bill)
    ranks = [rank for _, listed in read_files for rank in listed or ()]
    offers: dict[str, Value] = {}
    if any(listed for _, listed in read_files):
        offers["totals"] = {rank: str(ranks.count(rank)) for rank in _RANKS}
    return beside_dependency_scan(tuple(copy for copy, _ in read_files), offers)


def _bill(file: Input) -> tuple[Copy, list[str] | None]:
    """The copy of a file, and the ranks of its open vulnerabilities; None where it does not speak of them."""
    bom = json_group(file.data)
    if bom.get("bomFormat") != "CycloneDX" or bom.get("specVersion") not in _VERSIONS:
        raise Unusable(f"is no CycloneDX {_VERSIONS[0]} to {_VERSIONS[-1]} document")
    count = _count(bom)
    if not count:
        raise Unusable("lists no component")
    of = f"{text(bom, 'metadata', 'component', 'name')} {text(bom, 'metadata', 'component', 'version')}"
    describes = inventory(f"CycloneDX {bom['specVersion']}", count, of.strip(), _tool(bom))
    vulnerabilities = _listed(bom, "vulnerabilities")
    ranks = [_rank(one) for one in vulnerabilities if not _is_settled(one)]
    if vulnerabilities:
        counted = Counter(ranks)
        describes += f"; open vulnerabilities: {', '.join(f'{counted[rank]} {rank}' for rank in _RANKS)}"
    copy = Copy(
        source=file,
        describes=describes,
        name=f"{PurePath(file.name).stem.removesuffix('.cdx')}.cdx.json",
        made_at=instant(text(bom, "metadata", "timestamp"), "its time"),
    )
    return copy, ranks if vulnerabilities else None


def _listed(group: Group, key: str) -> list[Group]:
    """The groups of a list; one of another shape would be one that nobody counts."""
    found = groups(group, key)
    if group.get(key) not in (None, found):
        raise Unusable(f"has {key} that are no list of groups")
    return found


def _count(group: Group) -> int:
    """Components, those within components too."""
    return sum(1 + _count(one) for one in groups(group, "components"))


def _tool(bom: Group) -> str:
    """The tool that wrote it: a list in older versions, components and services in newer ones."""
    metadata = bom.get("metadata")
    tools = metadata.get("tools") if isinstance(metadata, dict) else None
    listed = groups(metadata, "tools") or [*groups(tools, "components"), *groups(tools, "services")]
    return ", ".join(f"{text(one, 'name')} {text(one, 'version')}".strip() for one in listed[:3])


def _rank(vulnerability: Group) -> str:
    """The worst that any rating says, by its word or by its score; one without a rating counts as medium."""
    ranks = {rank for one in _listed(vulnerability, "ratings") for rank in _rated(one)} or {"medium"}
    return next(rank for rank in _RANKS if rank in ranks)


def _rated(rating: Group) -> Iterator[str]:
    score, word = rating.get("score"), rating.get("severity")
    if score is not None:
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 100:
            raise Unusable(f"rates a vulnerability {shown(str(score))}, which is no score")
        if (
            str(rating.get("method", "CVSS")).upper().startswith("CVSS") and score <= 10
        ):  # others have other scales
            yield rank_of(score)
    if word is not None and word not in (*_RANKS, *_WEIGHED):
        raise Unusable(f"rates a vulnerability {shown(str(word))}, which CycloneDX does not know")
    if word is not None or score is None:
        yield _WEIGHED.get(str(word), str(word)) if word else "medium"


def _is_settled(vulnerability: Group) -> bool:
    return text(vulnerability, "analysis", "state") in _SETTLED


IMPORTER = Importer(
    name="cyclonedx",
    help="the bill of materials beside the dependency scan, from CycloneDX JSON.",
    records=RECORDS,
    read=read,
)
