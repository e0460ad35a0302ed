"""What every page of the portal as a whole has in common: its way back, and what its template starts from."""

from typing import Any

from release_portal.assess import Assessment
from release_portal.pages._page import Heading, Page
from release_portal.pages._render import render
from release_portal.process import Process


def portal_page(
    assessment: Assessment,
    *,
    uri: str,
    title: str,
    template: str,
    toc: tuple[Heading, ...] = (),
    above: tuple[tuple[str, str], ...] = (),
    label: str = "",
    description: str = "",
    files: tuple[tuple[str, str], ...] = (),
    scripts: tuple[str, ...] = (),
    process: Process | None = None,
    **values: Any,
) -> Page:
    """Make a page at an address from the site's root.

    `above` are (title, address) of the pages between the home page and this one, `files` what is written
    beside it, `scripts` what it needs beyond portal.js, `process` the version that it is about where that is not
    the one in force. The template gets
    `assessment portal process roster title crumbs print_marks`.
    """
    portal = assessment.portal
    told = process or portal.process
    html = render(
        template,
        uri,
        assessment=assessment,
        portal=portal,
        process=told,
        roster=portal.roster,
        title=title,
        crumbs=[("Home", "./"), *above, (label or title, "")],
        print_marks=(portal.settings.site_name, f"Process {told.version}"),
        **values,
    )
    return Page(
        uri=uri,
        title=title,
        html=html,
        toc=toc,
        label=label,
        description=description,
        files=files,
        scripts=scripts,
    )
