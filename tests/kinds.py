"""Which pages of the sample's portal stand for all: one of each kind, as pages of a kind share their template."""

import re
from pathlib import Path, PurePosixPath

PARTS = ("portal", "2.4.0", "2.5.0")
_MANY = {"guide", "records", "registers", "rules", "runbooks"}  # folders whose pages are of one kind
_APART = {
    "registers/controls/",
    "registers/population/",
    "registers/signoffs/",
}  # but these have marks of their own
_OF_A_RELEASE = re.compile(r"releases/[0-9][^/]*/")


def kinds(site: Path, part: str) -> list[str]:
    """Addresses of pages below the site's root: the portal's own, or those of a release. Redirects are left out."""
    top = "" if part == "portal" else f"releases/{part}/"
    chosen: dict[str, str] = {}
    for path in sorted(site.glob(f"{top}**/*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        ours = top or not _OF_A_RELEASE.match(address)
        if ours and 'http-equiv="refresh"' not in path.read_text(encoding="utf-8"):
            chosen.setdefault(_kind(address), address)
    return list(chosen.values())


def _kind(address: str) -> str:
    folder = PurePosixPath(address)
    return f"{folder.parent}/*" if folder.parent.name in _MANY and address not in _APART else address
