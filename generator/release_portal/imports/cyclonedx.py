"""CycloneDX JSON: the bill of materials of the release, beside its dependency scan.

Where the file lists vulnerabilities too, the scan's totals are offered from it. They are never made up from an
inventory that says nothing of vulnerabilities.
"""

from collections import Counter
from pathlib import PurePath

from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import Group, groups, instant, json_group, text
from release_portal.imports._importer import Copy, Facts, Importer, Input, Request, Value, of_each
from release_portal.imports._sboms import RECORDS, beside_dependency_scan, inventory

_RANKS = ("critical", "high", "medium", "low")
_WEIGHED = {"info": "low", "none": "low"}  # every other word but a rank is unknown, which counts as medium
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
    ranks = [_rank(one) for one in groups(bom, "vulnerabilities") if not _is_settled(one)]
    if groups(bom, "vulnerabilities"):
        counted = Counter(ranks)
        describes += f"; open vulnerabilities: {', '.join(f'{counted[rank]} {rank}' for rank in _RANKS)}"
    copy = Copy(
        source=file,
        describes=describes,
        name=f"{PurePath(file.name).stem.removesuffix('.cdx')}.cdx.json",
        made_at=instant(text(bom, "metadata", "timestamp"), "its time"),
    )
    return copy, ranks if groups(bom, "vulnerabilities") else None


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
    said = {text(one, "severity") for one in groups(vulnerability, "ratings")} or {""}
    ranks = {one if one in _RANKS else _WEIGHED.get(one, "medium") for one in said}
    return next(rank for rank in _RANKS if rank in ranks)


def _is_settled(vulnerability: Group) -> bool:
    return text(vulnerability, "analysis", "state") in _SETTLED


IMPORTER = Importer(
    name="cyclonedx",
    help="the bill of materials beside the dependency scan, from CycloneDX JSON.",
    records=RECORDS,
    read=read,
)
