"""`/releases/versions.json`: the releases, newest first, in the form that Material's version selector reads."""

import json
from collections.abc import Iterator

from release_portal.exports._export import File
from release_portal.exports.versions import PATH
from release_portal.public.exports._public_export import PublicExport
from release_portal.public.values import PublicPortal, PublicRelease


def files(portal: PublicPortal) -> Iterator[File]:
    """Give the list."""
    listing = [
        {"version": one.version, "title": one.version, "aliases": _aliases(portal, one)}
        for one in portal.releases
    ]
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in listing)
    yield File(PATH, "[\n" + ",\n".join(lines) + "\n]\n")


def _aliases(portal: PublicPortal, release: PublicRelease) -> list[str]:
    running = portal.production is not None and portal.production.version == release.version
    return ["production"] if running else []


EXPORT = PublicExport("versions", files)
