"""What a figure is, and the two kinds of module that draw one.

A module of this folder offers `FIGURE`: a `PortalChart`, drawn once for the whole portal, or a
`ReleaseChart`, drawn once for each release. Values come from `metrics`; nothing is computed here but places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from release_portal.assess import Assessment
from release_portal.metrics._measure import Definition
from release_portal.portal import Portal
from release_portal.release import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its words and its table, which holds every value that is drawn.

    `description` says in one sentence what there is to see; `headline` is the one number, or `Not known`;
    `notes` tell what is left out, and why. All but `svg` is plain text.
    """

    name: str
    title: str
    description: str
    svg: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    headline: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """What both kinds have: the module, and so the name, and a rank; the lowest `order` stands first."""

    module: str
    order: int

    @property
    def name(self) -> str:
        """Name of the figure: its module's, with dashes."""
        return self.module.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class PortalChart(Chart):
    """A figure of the portal; `draw` gives None where there is nothing to draw, and `empty` says why."""

    definition: Definition
    measure: Callable[[Portal], Any]
    draw: Callable[[Any], Figure | None]
    group: str
    empty: str

    def figure(self, portal: Portal) -> Figure | None:
        """Measure and draw."""
        return self.draw(self.measure(portal))


@dataclass(frozen=True, kw_only=True)
class ReleaseChart(Chart):
    """A figure of a release; None where there is nothing to draw."""

    build: Callable[[Assessment, Release], Figure | None]
