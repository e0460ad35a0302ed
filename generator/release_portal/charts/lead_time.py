"""Lead time for changes: two bars for each release, from the commit and from the review."""

from datetime import timedelta

from release_portal.charts._bars import axis, lying
from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._words import NOT_KNOWN, broad, counted, in_days, length, shortened
from release_portal.metrics._measure import middle
from release_portal.metrics.lead_time import DEFINITION, LeadTime, LeadTimes, measure

_TOP, _ROW = 38, 44


def draw(values: LeadTimes) -> Figure | None:
    """Draw the lead times of each release."""
    if not values.releases:
        return None
    description = _says(values)
    height = _TOP + _ROW * len(values.releases) + 30
    drawing = Drawing("lead-time", (HALF, height), DEFINITION.title, description)
    drawing.bar(1, 6, 22, 12, "rp-c-bar")
    drawing.text(30, 17, "from commit")
    drawing.bar(151, 6, 22, 12, "rp-c-bar--hollow")
    drawing.text(180, 17, "from approval of the review")
    names = [shortened(one.version, 12) for one in values.releases]
    left = max(broad(name, 14, mono=True) for name in names) + 14
    spans = [span for one in values.releases for span in (one.from_commit, one.from_review) if span]
    most = max((in_days(span) for span in spans), default=1)
    scale = axis(drawing, most, left, (_TOP, height - 26), "days")
    for index, (name, one) in enumerate(zip(names, values.releases, strict=True)):
        y = _TOP + _ROW * index + 14
        drawing.text(0, y + 12, name, "rp-t--mono")
        for at, span, look in (
            (y, one.from_commit, "rp-c-bar"),
            (y + 18, one.from_review, "rp-c-bar--hollow"),
        ):
            lying(drawing, scale, at, None if span is None else in_days(span), length(span), look)
    return Figure(
        name="lead-time",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("Release", "Type", "Commits", "From commit", "Reviews", "From approval of the review"),
        rows=tuple(_row(one) for one in values.releases),
        headline=_headline(values),
        notes=_notes(values),
    )


def _headline(values: LeadTimes) -> str:
    """The measure of DORA, from the commit."""
    span = middle(one.from_commit for one in values.releases if one.from_commit is not None)
    return NOT_KNOWN if span is None else f"{length(span)} from commit"


def _says(values: LeadTimes) -> str:
    """Each median with what it is taken of: commits and reviews are not the same things, nor of the same releases."""
    told = (
        ("From commit to production", [one.from_commit for one in values.releases]),
        ("From approval of the review to production", [one.from_review for one in values.releases]),
    )
    return " ".join(_median(what, [one for one in spans if one is not None]) for what, spans in told)


def _median(what: str, spans: list[timedelta]) -> str:
    if not spans:
        return f"{what}: not known."
    return f"{what}: {length(middle(spans))}, the middle of {counted(len(spans), 'release')}."


def _row(one: LeadTime) -> tuple[str, ...]:
    kind = "Hotfix" if one.hotfix else "Standard"
    return (
        one.version,
        kind,
        str(one.commits) if one.commits else NOT_KNOWN,
        length(one.from_commit),
        str(one.reviews) if one.reviews else NOT_KNOWN,
        length(one.from_review),
    )


def _notes(values: LeadTimes) -> tuple[str, ...]:
    if not values.checked:
        return ("From the commit: not checked here. No product repository was read.",)
    missing = [one.version for one in values.releases if not one.commits]
    told = ", ".join(missing)
    return (
        (f"From the commit: not known where no range of commits belongs to a tag: {told}.",) if told else ()
    )


FIGURE = PortalChart(
    __name__,
    20,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Delivery",
    empty="Nothing has gone to production yet.",
)
