"""Metrics: what the records of all releases tell of delivery, process, improvement and monitoring, as figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from release_portal import charts
from release_portal.assess import Assessment
from release_portal.charts._figure import Chart, Figure, PortalChart
from release_portal.pages._csv import csv_text
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.registry import collect


@dataclass(frozen=True, slots=True)
class Measured:
    """A chart with what it shows; `figure` is None where there is nothing to draw. `csv` is its file's name."""

    chart: PortalChart
    figure: Figure | None

    @property
    def csv(self) -> str:
        """Name of the file with the figure's table."""
        return f"{self.chart.name}.csv"


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page, with the table of each figure as CSV beside it."""
    known = sorted(collect(charts, "FIGURE", Chart), key=lambda one: (one.order, one.name))
    measured = [Measured(one, one.figure(assessment.portal)) for one in known if isinstance(one, PortalChart)]
    drawn = [(one, one.figure) for one in measured if one.figure]
    yield portal_page(
        assessment,
        uri="metrics/",
        title="Metrics",
        template="metrics.html",
        description="Delivery, process, improvement and monitoring, computed from the records.",
        files=tuple((one.csv, csv_text(figure.header, figure.rows)) for one, figure in drawn),
        groups=[(name, list(some)) for name, some in groupby(measured, lambda one: one.chart.group)],
    )


PAGE = PortalPages(name="metrics", order=45, build=build)
