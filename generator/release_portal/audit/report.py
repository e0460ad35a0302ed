"""The evidence report of a release: one document that needs no other file.

It is HTML: the portal's sheet of deliverables, sign-offs, files and findings, with its style inside.
"""

from dataclasses import replace

from release_portal.assess import Assessment
from release_portal.audit.bag import Payload
from release_portal.audit.browse import framed, linked, style
from release_portal.pages import evidence
from release_portal.release import Release

FOLDER = "report"


def report(assessment: Assessment, release: Release) -> Payload:
    """The report as a file of the package."""
    (page,) = evidence.build(assessment, release)
    title = f"Evidence report of {release.version} {release.title}"
    alone = linked(page.html, replace(page, files=()), ())
    html = framed(assessment, title, alone, inline=style())
    return Payload(f"{FOLDER}/{release.version}.html", html.encode())
