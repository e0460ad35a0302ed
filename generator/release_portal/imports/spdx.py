"""SPDX 2.2 and 2.3 JSON: the bill of materials of the release, beside its dependency scan."""

from pathlib import PurePath

from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import groups, instant, json_group, text
from release_portal.imports._importer import Copy, Facts, Importer, Input, Request, of_each
from release_portal.imports._sboms import RECORDS, beside_dependency_scan, inventory

_VERSIONS = ("SPDX-2.2", "SPDX-2.3")
_TOOL = "Tool: "


def read(request: Request) -> tuple[Facts, ...]:
    """Evidence of the dependency scan, from one or more files."""
    return beside_dependency_scan(of_each(request.files, _bill), {})


def _bill(file: Input) -> Copy:
    document = json_group(file.data)
    if document.get("spdxVersion") not in _VERSIONS:
        raise Unusable("is no SPDX 2.2 or 2.3 document in JSON")
    packages = groups(document, "packages")
    if not packages:
        raise Unusable("lists no package")
    info = document.get("creationInfo")
    creators = info.get("creators") if isinstance(info, dict) else None
    said = [text(creators, at) for at in range(len(creators))] if isinstance(creators, list) else []
    tools = ", ".join(one.removeprefix(_TOOL) for one in said if one.startswith(_TOOL))
    kind = document["spdxVersion"].replace("-", " ")
    return Copy(
        source=file,
        describes=inventory(kind, len(packages), text(document, "name"), tools),
        name=f"{PurePath(file.name).stem.removesuffix('.spdx')}.spdx.json",
        made_at=instant(text(info, "created"), "its time"),
    )


IMPORTER = Importer(
    name="spdx",
    help="the bill of materials beside the dependency scan, from SPDX JSON.",
    records=RECORDS,
    read=read,
)
