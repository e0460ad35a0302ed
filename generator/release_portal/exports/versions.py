"""`/releases/versions.json`: every release, newest first, in the form that Material's version selector reads.

The release picker, the aliases and the banners on older releases read it when a page is looked at, so that pages of
old releases need not change when there is a new one.
"""

import json
from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File
from release_portal.pages._production import in_production, latest
from release_portal.release import Release

PATH = "releases/versions.json"


def files(assessment: Assessment) -> Iterator[File]:
    """Give the list."""
    portal = assessment.portal
    running, newest = in_production(portal), latest(portal)
    named = {"latest": newest, "production": running.release if running else None}
    listing = [
        {
            "version": release.version,
            "title": f"{release.version} {release.title}" if release.facts else release.version,
            "aliases": [alias for alias, meant in named.items() if meant is release],
            "properties": {
                "phase": release.phase,
                "type": release.facts.type if release.facts else "",
                "date": release.facts.target_date.isoformat() if release.facts else "",
            },
        }
        for release in sorted(portal.releases, key=Release.precedence, reverse=True)
    ]
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in listing)
    yield File(PATH, "[\n" + ",\n".join(lines) + "\n]\n")


EXPORT = Export("versions", files)
