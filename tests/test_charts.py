"""Figures: named for everyone, true to their tables, the same bytes each time, and never a way in for text."""

import csv
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from release_portal import charts, settings
from release_portal.assess import Assessment, assess
from release_portal.audit.instant import instant_of
from release_portal.charts import (
    actions,
    failure_rate,
    frequency,
    kpis,
    lead_time,
    phases,
    recovery,
    timeline,
)
from release_portal.charts._columns import Columns
from release_portal.charts._drawing import Drawing
from release_portal.charts._figure import Chart, Figure, PortalChart
from release_portal.charts._lanes import marks
from release_portal.charts._scale import Scale, instants, ticks
from release_portal.charts._words import length
from release_portal.finding import Location
from release_portal.metrics import actions as action_values
from release_portal.metrics import failure_rate as rate_values
from release_portal.metrics import frequency as frequency_values
from release_portal.metrics import lead_time as lead_values
from release_portal.metrics._measure import SHOWN
from release_portal.metrics._sources import Lane
from release_portal.metrics.events import Event, events
from release_portal.pages import metrics as page_module
from release_portal.pages import overview
from release_portal.records.health import Kpi, Sample
from release_portal.registry import collect
from tests.conftest import ROOT, Run

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
KNOWN = [one for one in collect(charts, "FIGURE", Chart) if isinstance(one, PortalChart)]
HOSTILE = '</svg><script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7 * 7 }}'
STYLES = (ROOT / "overrides/assets/stylesheets/charts.css").read_text(encoding="utf-8")
STYLES += (ROOT / "overrides/assets/stylesheets/reading.css").read_text(encoding="utf-8")


def judge(root: Path) -> Assessment:
    return assess(root, settings.read(root / "mkdocs.yml"), AS_OF)


SAMPLE = judge(ROOT)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def drawn(assessment: Assessment) -> list[Figure]:
    """Every figure that a portal has: its own, and the timeline of each release."""
    found = [one.figure(assessment.portal) for one in KNOWN]
    found += [timeline.build(assessment, release) for release in assessment.portal.releases]
    return [one for one in found if one]


def parsed(figure: Figure) -> ET.Element:
    return ET.fromstring(str(figure.svg))


def looks(figure: Figure, *names: str) -> list[ET.Element]:
    """Elements of a figure that have one of some classes, without the keys of its legend."""
    return [one for one in parsed(figure) if set((one.get("class") or "").split()) & set(names)]


FIGURES = drawn(SAMPLE)


@pytest.mark.parametrize("figure", FIGURES, ids=[one.title for one in FIGURES])
def test_a_figure_has_an_accessible_name_and_description(figure: Figure) -> None:
    root = parsed(figure)

    assert root.get("role") == "img"
    named = [root.find(f"*[@id='{id_}']") for id_ in (root.get("aria-labelledby") or "").split()]
    assert [one.text for one in named if one is not None] == [figure.title, figure.description]
    assert figure.description.endswith(".")


@pytest.mark.parametrize("figure", FIGURES, ids=[one.title for one in FIGURES])
def test_a_figure_has_neither_style_nor_script_nor_colour_of_its_own(figure: Figure) -> None:
    for element in parsed(figure).iter():
        assert element.tag in {"svg", "title", "desc", "line", "rect", "circle", "path", "text"}
        assert not {"style", "fill", "stroke"} & set(element.attrib)
        assert not [name for name in element.attrib if name.startswith("on")]
        for name in (element.get("class") or "").split():
            assert re.search(rf"\.{re.escape(name)}\b", STYLES), name


@pytest.mark.parametrize("figure", FIGURES, ids=[one.title for one in FIGURES])
def test_a_table_has_a_cell_for_each_column(figure: Figure) -> None:
    assert figure.rows
    assert {len(row) for row in figure.rows} == {len(figure.header)}


def test_the_same_records_give_the_same_bytes_in_another_process() -> None:
    script = (
        "from tests.test_charts import FIGURES\nimport hashlib\n"
        "print(hashlib.sha256(''.join(one.svg for one in FIGURES).encode()).hexdigest())"
    )
    command = [sys.executable, "-c", script]
    runs = [
        subprocess.run(
            command,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kolkata"))
    ]

    assert runs[0] == runs[1]


def test_ids_of_figures_differ() -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(one.svg for one in FIGURES[: len(KNOWN) + 1]))

    assert len(ids) == len(set(ids)) == 2 * (len(KNOWN) + 1)


def test_columns_are_as_high_as_their_counts() -> None:
    months = tuple(
        frequency_values.Month(date(2026, number, 1), tuple(f"1.{number}.{one}" for one in range(count)))
        for number, count in enumerate((3, 0, 1, 6), start=1)
    )
    figure = frequency.draw(frequency_values.Frequency(months, ("1.9.9",)))

    assert figure is not None
    heights = [float(one.get("height", 0)) for one in looks(figure, "rp-c-bar")]
    counts = [int(row[1]) for row in figure.rows]
    assert counts == [3, 0, 1, 6]
    assert [height / heights[1] for height in heights] == pytest.approx([3, 1, 6], rel=0.01)
    assert "1.9.9" in figure.notes[0]


def test_bars_are_as_long_as_the_times_of_the_table() -> None:
    figure = lead_time.FIGURE.figure(SAMPLE.portal)

    assert figure is not None
    bars = [float(one.get("width", 0)) for one in looks(figure, "rp-c-bar--hollow")][
        1:
    ]  # the first is the key
    # 17 d 22:01, 1:53:30 and the mean of 19 d 17:51 and 18 d 17:56, in minutes
    minutes = [17 * 1440 + 1321, 113.5, (19 * 1440 + 1071 + 18 * 1440 + 1076) / 2]
    assert bars[0] / bars[2] == pytest.approx(minutes[0] / minutes[2], rel=0.005)
    assert [row[5] for row in figure.rows] == ["17.9 days", "1 h 54 min", "19.2 days"]
    assert [row[3] for row in figure.rows] == ["Not known"] * 3
    assert len(looks(figure, "rp-c-bar")) == 1  # the key: what is not known has no bar
    assert figure.headline == "Not known"
    assert figure.description == (
        "From commit to production: not known. "
        "From approval of the review to production: 17.9 days, the middle of 3 releases."
    )


def test_each_median_says_of_how_many_releases_it_is() -> None:
    """Releases without commits on record are in the one median and not in the other."""
    days = [timedelta(days=number) for number in (1, 2, 9)]
    times = [
        lead_values.LeadTime(
            f"1.{at}.0", hotfix=False, commits=0, from_commit=None, reviews=1, from_review=span
        )
        for at, span in enumerate(days)
    ]
    known = replace(times[2], commits=4, from_commit=timedelta(days=7))
    figure = lead_time.draw(lead_values.LeadTimes((*times[:2], known), checked=True))

    assert figure is not None
    assert figure.headline == "7.0 days from commit"
    assert figure.description == (
        "From commit to production: 7.0 days, the middle of 1 release. "
        "From approval of the review to production: 2.0 days, the middle of 3 releases."
    )


def test_what_is_not_known_is_never_drawn_as_zero() -> None:
    none = lead_values.LeadTime(
        "1.0.0", hotfix=False, commits=0, from_commit=None, reviews=0, from_review=None
    )
    figure = lead_time.draw(lead_values.LeadTimes((none,), checked=True))

    assert figure is not None
    assert figure.rows == (("1.0.0", "Standard", "Not known", "Not known", "Not known", "Not known"),)
    assert len(looks(figure, "rp-c-bar", "rp-c-bar--hollow")) == 2  # the keys
    assert [one.text for one in parsed(figure).iter("text")].count("Not known") == 2


def test_each_rollout_has_a_mark_whose_shape_tells_its_outcome() -> None:
    figure = failure_rate.FIGURE.figure(SAMPLE.portal)

    assert figure is not None
    assert [row[1] for row in figure.rows] == ["Failed", "Not failed", "Not known"]
    for look, shape in (("rp-c-failed", "rp-c-cross"), ("rp-c-held", "rp-c-tick")):
        assert len(looks(figure, look)) == len(looks(figure, shape)) == 2  # one in the legend, one below it
    assert len(looks(figure, "rp-c-open")) == 2
    assert figure.headline == "50 %"


def test_a_rate_of_nothing_is_not_known() -> None:
    one = rate_values.Outcome("1.0.0", None, ("monitoring window not over",))
    figure = failure_rate.draw(rate_values.FailureRate((one,)))

    assert figure is not None
    assert figure.headline == "Not known"


def test_the_recovery_bar_has_its_words() -> None:
    figure = recovery.FIGURE.figure(SAMPLE.portal)

    assert figure is not None
    assert figure.rows == (("INC-88", "2.4.0", "2026-08-05 15:40", "2026-08-05 22:22", "6 h 42 min"),)
    assert "6 h 42 min" in [one.text for one in parsed(figure).iter("text")]


def test_phases_have_a_mark_for_each_release_of_the_table() -> None:
    figure = phases.FIGURE.figure(SAMPLE.portal)

    assert figure is not None
    told = [one for row in figure.rows for one in row[2].split("; ")]
    hotfixes = [one for one in told if one.endswith("(hotfix)")]
    assert len(looks(figure, "rp-c-mark--hollow")) == len(hotfixes) + 1  # and the legend's
    assert len(looks(figure, "rp-c-mark")) == len(told) - len(hotfixes) + 1


def test_overdue_actions_stand_at_the_foot_of_the_open_ones() -> None:
    points = (action_values.Point(date(2026, 1, 31), 5, 2), action_values.Point(date(2026, 2, 28), 2, 2))
    figure = actions.draw(action_values.ActionHistory(points, 1, 1))

    assert figure is not None
    hollow, full = looks(figure, "rp-c-bar--hollow"), looks(figure, "rp-c-overdue")
    rest, first, second = (float(one.get("height", 0)) for one in (hollow[0], *full[:2]))
    assert rest / first == pytest.approx(3 / 2, rel=0.01)
    assert first == second
    assert len(hollow) == 2  # the other is the key: where all are overdue, no hollow part is drawn
    assert figure.rows == (("2026-01-31", "5", "2"), ("2026-02-28", "2", "2"))
    assert len(figure.notes) == 2


def test_a_sample_that_misses_the_target_is_drawn_otherwise() -> None:
    measured = kpis.measure(SAMPLE.portal)
    assert measured is not None
    begin = measured.window.from_
    samples = tuple(
        Sample(at=begin + timedelta(hours=hour), value=Decimal(value)) for hour, value in ((9, "1"), (0, "3"))
    )
    kpi = Kpi(
        name="Errors",
        unit="%",
        direction="at-most",
        threshold=Decimal(2),
        measured=Decimal(3),
        samples=samples,
    )
    figure = kpis.draw(replace(measured, kpis=(kpi,)))

    assert figure is not None
    assert figure.headline == "0 of 1 met"
    assert [row[2] for row in figure.rows] == [
        "3",
        "3",
        "1",
    ]  # the whole window, then samples in order of time
    (missed,), (kept,) = looks(figure, "rp-c-mark--missed"), looks(figure, "rp-c-mark")
    assert float(missed.get("cx", 0)) < float(kept.get("cx", 0))
    assert float(missed.get("cy", 0)) < float(kept.get("cy", 0))  # more is higher


def test_the_timeline_has_a_real_time_axis_and_every_event() -> None:
    release = SAMPLE.portal.release("2.4.0")
    assert release is not None
    figure = timeline.build(SAMPLE, release)
    found = events(SAMPLE.portal, release)

    assert figure is not None
    assert [row[0] for row in figure.rows] == [one.when for one in found]
    tips = [one.text or "" for one in parsed(figure).iter("title")]
    shown = [line for tip in tips for line in tip.split("\n") if "  " in line]
    assert sorted(shown) == sorted(f"{one.when}  {one.detail}" for one in found)
    single = {tip.text: float(one.get("cx", 0)) for one in parsed(figure).iter("circle") for tip in one}
    at = {
        name: next(x for tip, x in single.items() if tip and name in tip)
        for name in ("CAB", "Go/no-go", "Release closed")
    }
    instant = {one.detail.split(",")[0].split(":")[0]: one.at for one in found}
    share = (at["Go/no-go"] - at["CAB"]) / (at["Release closed"] - at["CAB"])
    begin, go, end = instant["CAB meeting"], instant["Go/no-go decision"], instant["Release closed"]
    assert share == pytest.approx((go - begin) / (end - begin), abs=0.002)


def test_an_ordering_fault_is_bracketed_under_the_name_of_its_rule(sample: Path) -> None:
    path = sample / "releases/2.4.0/04-testing/rollback-rehearsal.md"
    edit(path, "rehearsed_at: 2026-07-08T15:00:00+05:30", "rehearsed_at: 2026-07-13T19:00:00+05:30")
    assessment = judge(sample)
    release = assessment.portal.release("2.4.0")
    assert release is not None

    figure = timeline.build(assessment, release)

    assert figure is not None
    assert len(looks(figure, "rp-c-bracket--error")) == 1
    assert len(looks(figure, "rp-c-ring")) == 1
    assert "rehearsal-after-decision" in [one.text for one in parsed(figure).iter("text")]
    assert [row[2] for row in figure.rows if row[3] == "rehearsal-after-decision"] == [
        "Rollback rehearsal, passed"
    ]
    assert "1 finding about their order" in figure.description
    clean = timeline.build(SAMPLE, release)
    assert clean is not None
    assert not looks(clean, "rp-c-bracket", "rp-c-ring")


def test_what_is_on_record_as_late_is_called_a_notice_and_every_finding_is_shown(
    demo: tuple[Path, Run],
) -> None:
    assessment = assess(demo[0], settings.read(demo[0] / "mkdocs.yml"), instant_of(demo[0]))
    release = assessment.portal.release("2.4.1")
    assert release is not None
    late = [one for one in assessment.of("2.4.1") if one.rule == "retroactive-record"]
    assert {one.severity for one in late} == {"notice"}

    figure = timeline.build(assessment, release)

    assert figure is not None
    assert "Out of order: notice" in [one.text for one in parsed(figure).iter("text")]
    assert "warning" not in str(figure.svg)
    assert len(looks(figure, "rp-c-bracket--notice")) == 1
    marked = {row[4].partition(":")[0] for row in figure.rows if "retroactive-record" in row[3]}
    said = " ".join(figure.notes)
    named = [one.location.path.split("/", 2)[2] for one in late]
    assert [path for path in named if path not in marked and path not in said] == []
    assert len(marked) >= 7


def test_near_events_are_one_mark_and_a_long_one_stands_for_itself() -> None:
    def event(minute: int, until: int = 0) -> Event:
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        end = begin + timedelta(minutes=until) if until else None
        place = Location("x")
        return Event(
            lane=Lane.BOARD,
            name="E",
            detail="e",
            at=begin + timedelta(minutes=minute),
            until=end,
            location=place,
        )

    begin = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    scale = Scale(begin, begin + 60 * 100, 0, 100)
    found = marks([event(0), event(5), event(8), event(60), event(6, 40)], scale, frozenset())

    assert [len(one.events) for one in found] == [3, 1, 1]
    assert [one.span for one in found] == [False, True, False]


def test_hostile_text_stays_text(sample: Path) -> None:
    yaml = f"'{HOSTILE}'"
    health = sample / "releases/2.4.1/08-monitoring/health.yaml"
    edit(health, "name: Payout API availability", f"name: {yaml}")
    edit(health, 'unit: "%"', f"unit: {yaml}")
    edit(sample / "releases/2.4.1/07-deployment/deployments.yaml", "region: ap-south-1", f"region: {yaml}")
    edit(sample / "releases/2.4.1/04-testing/test-summary.yaml", "- name: ", f"- name: {yaml} # ")
    edit(sample / "roster/people.yaml", "name: Helen Byrne", f"name: {yaml}")
    assessment = judge(sample)

    figures = drawn(assessment)
    (page,) = page_module.build(assessment)
    release = assessment.portal.release("2.4.1")
    assert release is not None
    (first,) = overview.build(assessment, release)

    svgs = [str(one.svg) for one in figures]
    assert sum("&lt;script&gt;" in one for one in svgs) >= 2  # it is there, in the KPIs and in the timeline
    for svg in svgs:
        ET.fromstring(svg)
    for text in (*svgs, page.html, first.html):
        assert "<script" not in text
        assert "<img" not in text
        assert text.count("<svg") == text.count("</svg>")
        assert "49" not in re.findall(r"\{\{.*?\}\}", text)


def test_text_of_a_drawing_is_escaped_where_it_stands() -> None:
    drawing = Drawing("x", (440, 10), HOSTILE, HOSTILE)
    drawing.text(0, 0, HOSTILE)
    drawing.bar(0, 0, 1, 1, "rp-c-bar", HOSTILE)

    root = ET.fromstring(str(drawing.svg()))

    assert [one.text for one in root.iter() if one.text] == [HOSTILE] * 4


def test_coordinates_have_a_tenth_at_most_and_no_negative_zero() -> None:
    drawing = Drawing("x", (440, 10), "t", "d")
    drawing.line((-0.04, 1 / 3), (2.0, 1e-9), "rp-c-grid")

    assert 'x1="0" y1="0.3" x2="2" y2="0"' in drawing.svg()


def test_the_page_has_each_figure_with_definition_table_and_csv() -> None:
    (page,) = page_module.build(SAMPLE)

    assert page.uri == "metrics/"
    files = dict(page.files)
    for chart in KNOWN:
        figure = chart.figure(SAMPLE.portal)
        assert figure is not None
        assert page.html.count(str(figure.svg)) == 1
        assert f'<h3 id="{chart.name}">{chart.definition.title}</h3>' in page.html
        assert f'href="{chart.name}.csv" download' in page.html
        header, *rows = csv.reader(io.StringIO(files[f"{chart.name}.csv"], newline=""))
        assert (tuple(header), [tuple(row) for row in rows]) == (figure.header, list(figure.rows))
    assert page.html.count("<dt>Formula</dt>") == len(KNOWN)


def test_the_page_of_a_portal_that_deployed_nothing_says_so(base: Path) -> None:
    assessment = assess(base, settings.read(base / "mkdocs.yml"), datetime(2026, 1, 1, tzinfo=UTC))
    portal = replace(assessment.portal, releases=(), progress={})

    (page,) = page_module.build(replace(assessment, portal=portal))

    assert "<svg" not in page.html
    assert page.html.count(">Not known</p>") == len(KNOWN)
    assert "Nothing has gone to production yet." in page.html


def test_the_page_does_not_grow_with_the_portal(sample: Path) -> None:
    portal = judge(sample).portal
    release = portal.release("2.4.0")
    assert release is not None
    many = tuple(replace(release, version=f"2.{number}.0") for number in range(40))
    progress = {one.version: portal.progress["2.4.0"] for one in many}

    (page,) = page_module.build(replace(SAMPLE, portal=replace(portal, releases=many, progress=progress)))

    rows = {name: text.count("\r\n") - 1 for name, text in page.files}
    assert rows["lead-time.csv"] == rows["failure-rate.csv"] == SHOWN


def test_the_timeline_stands_on_the_page_of_the_release() -> None:
    release = SAMPLE.portal.release("2.4.0")
    assert release is not None
    figure = timeline.build(SAMPLE, release)

    (page,) = overview.build(SAMPLE, release)

    assert figure is not None
    assert str(figure.svg) in page.html
    assert page.html.index('id="facts"') < page.html.index('id="timeline"') < page.html.index('id="phases"')


@pytest.mark.parametrize(
    ("high", "expected"),
    [(20, (0, 5, 10, 15, 20)), (7, (0, 2, 4, 6, 8)), (0.3, (0, 0.1, 0.2, 0.3)), (0, (0, 0.0))],
)
def test_ticks_are_round(high: float, expected: tuple[float, ...]) -> None:
    assert ticks(high)[: len(expected)] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("days", "step"), [(1, 3 * 3600), (9, 86400), (52, 7 * 86400), (3000, 448 * 86400)])
def test_a_time_axis_names_few_round_instants(days: int, step: int) -> None:
    begin = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)

    found = list(instants(begin, begin + timedelta(days=days)))

    assert 2 <= len(found) <= 13
    assert {(two - one).total_seconds() for one, two in pairwise(found)} == {step}
    assert begin <= found[0]
    assert all(one.weekday() == 0 for one in found if step >= 7 * 86400)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(15, "15 min"), (60, "1 h"), (402, "6 h 42 min"), (2880, "2.0 days"), (25921, "18.0 days")],
)
def test_lengths_are_told_as_people_say_them(minutes: int, words: str) -> None:
    assert length(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("first", "years"), [(date(2025, 12, 1), ["2026"]), (date(2025, 11, 1), ["2025", "2026"])]
)
def test_two_years_never_stand_in_one_another(first: date, years: list[str]) -> None:
    """A year of months whose second begins another year has no room for both numbers."""
    months = [(first + timedelta(days=31 * n)).replace(day=1) for n in range(13)]
    drawing = Drawing("months", (440, 220), "Months", "Thirteen of them.")
    Columns(months, 3).frame(drawing)
    assert re.findall(r">(\d{4})<", str(drawing.svg())) == years
