"""`/releases/latest/` and `/releases/production/`: addresses that stay, for links and bookmarks.

They are pages that lead on, not links of the file system, so that every web server can serve them. Each page of a
release has one, so that a bookmark can be to the runbooks of what is in production.
"""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Template

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File, address
from release_portal.pages._places import PAGES, home
from release_portal.pages._production import in_production, latest
from release_portal.pages._render import relative
from release_portal.release import Release

NAMES = {"latest": "the newest release", "production": "the release in production"}
_NONE = {"latest": "No release has reached production yet", "production": "No release is in production"}
_TEMPLATE = Template(Path(__file__).with_name("alias.html").read_text(encoding="utf-8"), autoescape=True)


def files(assessment: Assessment) -> Iterator[File]:
    """Give the pages; where no release is meant, they say so and lead to the list of releases."""
    portal = assessment.portal
    running = in_production(portal)
    meant = {"latest": latest(portal), "production": running.release if running else None}
    for alias, release in meant.items():
        for label, path in (("", ""), *PAGES):
            yield _file(assessment, alias, release, label, path)


def _file(assessment: Assessment, alias: str, release: Release | None, label: str, path: str) -> File:
    here = f"releases/{alias}/{path}"
    target = f"{home(release)}{path}" if release else "releases/"
    title = f"{label or 'Overview'} of {NAMES[alias]}" if release else _NONE[alias]
    html = _TEMPLATE.render(
        title=title,
        site=assessment.portal.settings.site_name,
        version=release.version if release else "",
        target=relative(here, target),
        canonical=address(assessment.portal.settings, target, here),
        assets=relative(here, "assets/stylesheets/"),
    )
    return File(f"{here}index.html", html + "\n")


EXPORT = Export("aliases", files)
