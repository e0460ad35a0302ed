"""What every page of a release has in common: address, way back, the values its template starts from."""

from typing import Any

from release_portal.assess import Assessment
from release_portal.pages import _places
from release_portal.pages._page import Heading, Page
from release_portal.pages._render import render
from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.release import Release


def page(
    assessment: Assessment,
    release: Release,
    *,
    path: str,
    label: str,
    template: str,
    toc: tuple[tuple[str, str], ...] = (),
    above: tuple[tuple[str, str], ...] = (),
    description: str = "",
    wide: bool = False,
    beside: tuple[tuple[str, str], ...] = (),
    **values: Any,
) -> Page:
    """A page of a release, at `path` below its overview.

    `toc` are (id, title) of the h2 headings; a `wide` page, made for tables, gets their room instead. `above` are
    (title, path) of pages between overview and this one, `beside` (name, text) of files written beside it. The
    template gets `assessment portal process roster release facts progress known_tickets crumbs
    print_marks label`, and the other values.
    """
    home = _places.home(release)
    uri = f"{home}{path}"
    name = f"{release.version} {release.title}" if release.facts else release.version
    crumbs = [("Releases", "releases/"), (release.version, home if path else "")]
    crumbs += [(title, f"{home}{below}") for title, below in above]
    portal = assessment.portal
    html = render(
        template,
        uri,
        assessment=assessment,
        portal=portal,
        process=portal.process_of(release),
        roster=portal.roster,
        release=release,
        facts=release.facts,
        progress=portal.progress[release.version],
        known_tickets=_tickets(release),
        crumbs=[*crumbs, (label, "")] if path else crumbs,
        print_marks=_print_marks(assessment, release, name),
        label=label,
        **values,
    )
    title = f"{label} of {name}" if path else name
    headings = () if wide else tuple(Heading(2, id_, text) for id_, text in toc)
    return Page(
        uri=uri, title=title, html=html, toc=headings, label=label, description=description, files=beside
    )


def _tickets(release: Release) -> frozenset[str]:
    """Tickets of the change log: those that a page can link to."""
    logs = (record.value for record in release.all(Changes))
    return frozenset(change.ticket for log in logs if log for change in log.changes)


def _print_marks(assessment: Assessment, release: Release, name: str) -> tuple[str, ...]:
    """The line at the head of a printed page: release, process, commits of the product and of the portal."""
    facts = release.facts
    version = facts.process if facts else assessment.portal.process.version
    commits = tuple(f"{tag.name} {tag.commit[:12]}" for tag in facts.tags) if facts else ()
    changed = changed_in(assessment.portal, release)
    return (name, f"Process {version}", *commits, *([f"Records {changed[:12]}"] if changed else ()))


def changed_in(portal: Portal, release: Release) -> str:
    """The last commit that changed a release's records; empty where git was not asked, or has none."""
    own = portal.git.history
    touches = own.touching(release.folder) if own else ()
    return touches[0].commit.id if touches else ""
