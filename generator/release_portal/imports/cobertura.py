"""Cobertura XML: line coverage of the test summary, counted line by line; the rate at its head must agree."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePath

from release_portal.evidence._evidence import Unusable
from release_portal.failure import Misconfigured
from release_portal.imports._document import finite, walk_xml
from release_portal.imports._importer import Copy, Entry, Facts, Importer, Input, Request, of_each

_TOLERANCE = 0.005  # tools round the rate to two digits and more
_LINE = ("class", "lines", "line")


def read(request: Request) -> tuple[Facts, ...]:
    """Coverage from one file, listed under the suite that `--set name=` names, else under the first."""
    if len(request.files) > 1:
        hint = "combine them first; coverage.py does it with `coverage combine`"
        raise Misconfigured("a release has one line coverage, so it is imported from one file", hint)
    (coverage,) = of_each(request.files, _coverage)
    files = (coverage[1],)
    named = {key: said for key, said in request.settled.items() if key == "name"}
    entry = Entry(identity=named, evidence=files)
    return (
        Facts(
            record="test-summary",
            listing="suites",
            entries=(entry,),
            values={"coverage": coverage[0]},
            attaches=True,
        ),
    )


def _coverage(file: Input) -> tuple[str, Copy]:
    lines = _Lines()
    walk_xml(file.data, lines.enter)
    if not lines.total:
        raise Unusable("holds no line of code")
    rate = lines.covered / lines.total
    if abs(finite(lines.head.get("line-rate"), "its line rate") - rate) > _TOLERANCE:
        raise Unusable(f"states a line rate of {lines.head['line-rate']}, while its lines give {rate:.4f}")
    percent = f"{rate * 100:.1f}"
    describes = f"Cobertura report: {lines.covered} of {lines.total} lines covered"
    name = f"{PurePath(file.name).stem}.xml"
    return percent, Copy(source=file, describes=describes, name=name, made_at=_made_at(lines.head))


def _made_at(head: Mapping[str, str]) -> datetime | None:
    """When the report was made: seconds since 1970, or thousandths of them as most tools write."""
    if not head.get("timestamp"):
        return None
    stamp = finite(head["timestamp"], "its time")
    try:
        return datetime.fromtimestamp(stamp / 1000 if stamp > 1e11 else stamp, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Unusable(f"gives {head['timestamp']} as its time, which is none") from error


class _Lines:
    """Lines of all classes so far, and the attributes of the outermost element."""

    def __init__(self) -> None:
        self.head: Mapping[str, str] = {}
        self.total = self.covered = 0

    def enter(self, above: tuple[str, ...], attributes: Mapping[str, str]) -> None:
        if len(above) == 1:
            if above[0] != "coverage" or "line-rate" not in attributes:
                raise Unusable("is no Cobertura report: its root is no <coverage> with a line rate")
            self.head = attributes
        elif above[-3:] == _LINE:
            self.total += 1
            self.covered += finite(attributes.get("hits"), "the hits of a line") > 0


IMPORTER = Importer(
    name="cobertura",
    help="line coverage of the test summary, from Cobertura XML.",
    records=("test-summary",),
    read=read,
)
