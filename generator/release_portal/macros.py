"""What pages in docs/ may call: live pieces of the portal, as `{{ production() }}`.

Each renders a template of pages/macros/. Its HTML holds text of records, so it never passes through
Markdown: the page gets a mark, and the plugin puts the HTML there when the page is finished.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from release_portal.assess import Assessment
from release_portal.finding import Severity
from release_portal.pages._approval import approval
from release_portal.pages._neighbours import before
from release_portal.pages._production import deployed, in_production, next_after
from release_portal.pages._render import render
from release_portal.pages._todo import open_count, todos
from release_portal.records.actions import Action, Actions
from release_portal.records.release_notes import ReleaseNotes
from release_portal.release import Release
from release_portal.settings import PLUGIN

Values = dict[str, Any]
Macros = Any  # the plugin of mkdocs-macros, which publishes no types
_NEWEST = 10  # releases that a page shows: it must not grow with the portal


def define_env(env: Macros) -> None:
    """Offer the macros to mkdocs-macros, which calls this by name."""
    for name in _MACROS:
        env.macro(_macro(env, name), name)


def _macro(env: Macros, name: str) -> Callable[..., str]:
    def macro(**arguments: Any) -> str:
        plugin = env.conf.plugins[PLUGIN]
        return str(plugin.insert(pieces(plugin.assessment, env.page.url)[name](**arguments)))

    return macro


def pieces(assessment: Assessment, here: str) -> dict[str, Callable[..., Markup]]:
    """What the macros give on the page at `here`, by name: pieces of HTML."""
    return {name: partial(_piece, assessment, here, name) for name in _MACROS}


def _piece(assessment: Assessment, here: str, name: str, **arguments: Any) -> Markup:
    portal = assessment.portal
    return render(
        f"macros/{name}.html",
        here,
        portal=portal,
        process=portal.process,
        roster=portal.roster,
        **_MACROS[name](assessment, **arguments),
    )


def _production(assessment: Assessment) -> Values:
    """The release in production, how far it is since, and where to look when it fails."""
    portal, running = assessment.portal, in_production(assessment.portal)
    if running is None:
        return {"running": None}
    return {
        "running": running,
        "phases": portal.progress[running.release.version].phases,
        "deployed": deployed(portal, running.release),
        "approval": approval(assessment, running.release),
        "open": open_count(portal, running.release),
        "older": before(portal, running.release),
    }


def _next_release(assessment: Assessment) -> Values:
    """The release that comes next, its next gate, and who keeps it shut."""
    portal, release = assessment.portal, next_after(assessment.portal)
    if release is None:
        return {"release": None}
    progress = portal.progress[release.version]
    at = progress.current.phase.number if progress.current else 0
    return {
        "release": release,
        "progress": progress,
        "ahead": next((one.phase for one in progress.phases if one.phase.number > at), None),
        "todos": todos(portal, release),
        "open": open_count(portal, release),
        "errors": sum(one.severity is Severity.ERROR for one in assessment.of(release.version)),
    }


def _release_table(assessment: Assessment, limit: int = _NEWEST) -> Values:
    """The newest releases, with phase, day and findings."""
    return {"releases": assessment.portal.releases[:limit], "assessment": assessment}


def _phase_heat_map(assessment: Assessment, limit: int = _NEWEST) -> Values:
    """The newest releases by the phases of the process."""
    return {"releases": assessment.portal.releases[:limit], "count": len(assessment.portal.releases)}


def _open_actions(assessment: Assessment, limit: int = 10) -> Values:
    """Actions that are not done, the most urgent first; what is overdue is marked when the page is read."""
    found = sorted(_actions(assessment), key=lambda pair: (pair[1].due, pair[1].id))
    return {"actions": found[:limit], "count": len(found)}


def _actions(assessment: Assessment) -> Iterator[tuple[Release, Action]]:
    for release, record in assessment.portal.all(Actions):
        for action in record.value.actions if record.value else ():
            if action.state == "open":
                yield release, action


def _latest_notes(assessment: Assessment, limit: int = 3) -> Values:
    """The newest release notes that are out."""
    notes = [(release, record.value) for release, record in assessment.portal.all(ReleaseNotes)]
    return {"notes": [pair for pair in notes if pair[1] and pair[1].published_at][:limit]}


def _process_phases(assessment: Assessment) -> Values:  # noqa: ARG001  # one shape for all
    """The phases of the process with what they deliver."""
    return {}


_MACROS: dict[str, Callable[..., Values]] = {
    "production": _production,
    "next_release": _next_release,
    "release_table": _release_table,
    "phase_heat_map": _phase_heat_map,
    "open_actions": _open_actions,
    "latest_notes": _latest_notes,
    "process_phases": _process_phases,
}
