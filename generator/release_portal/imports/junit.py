"""JUnit XML: each file is a suite of the test summary, its cases counted one by one."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from release_portal.evidence import junit
from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import instant, walk_xml, written
from release_portal.imports._heads import refuse_contradiction
from release_portal.imports._importer import Copy, Entry, Facts, Importer, Input, Request, of_each

_COUNTS = ("total", "passed", "failed", "skipped")


def read(request: Request) -> tuple[Facts, ...]:
    """A suite of each file, named after it. Which area it tests, no report says."""
    return (
        Facts(record="test-summary", listing="suites", entries=of_each(request.files, _suite)),
    )  # fmt: skip


def _suite(file: Input) -> Entry:
    counts = junit.read(file.data)
    if not counts.total:
        raise Unusable("holds no test case")
    refuse_contradiction(file.data)
    name = PurePath(file.name).stem
    started = _started(file.data)
    ran_at = min(started) if started else None
    describes = f"JUnit XML report of {counts.total} test case{'s' * (counts.total != 1)}"
    return Entry(
        identity={"name": name},
        facts={key: str(getattr(counts, key)) for key in _COUNTS}
        | ({"ran_at": written(ran_at)} if ran_at else {}),
        offers={"method": "automated"},
        evidence=(Copy(source=file, describes=describes, name=f"{name}.xml", made_at=ran_at),),
    )


def _started(data: bytes) -> list[datetime]:
    """The times at which the suites say they began."""
    found: list[datetime] = []

    def enter(above: tuple[str, ...], attributes: Mapping[str, str]) -> None:
        if above[-1] in {"testsuite", "testsuites"}:
            at = instant(attributes.get("timestamp", ""), "the time of a suite")
            found.extend([at] if at else [])

    walk_xml(data, enter)
    return found


IMPORTER = Importer(
    name="junit",
    help="suites of the test summary, from JUnit XML.",
    records=("test-summary",),
    read=read,
)
