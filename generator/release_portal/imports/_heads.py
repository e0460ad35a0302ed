"""Heads of JUnit suites: what they state is not counted, but a report whose head states more than its cases is torn."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import walk_xml
from release_portal.wording import shown

_SUITES, _RESULTS = ("testsuites", "testsuite"), ("failure", "error")
_COUNT = re.compile(r"[0-9]{1,12}")  # bounded: Python does not convert a number of thousands of digits
# What a head states, and the elements that it must be borne out by. One case can hold several, so more is no fault.
_BORNE_OUT = {
    ("tests",): ("testcase",),
    ("total",): ("testcase",),
    ("failed",): _RESULTS,
    ("failure",): _RESULTS,
    ("failures", "errors"): _RESULTS,
    ("skipped",): ("skipped",),
}


@dataclass
class _Suite:
    """A suite that is open: what its head states, and how many elements of each name it held so far."""

    stated: Mapping[str, str]
    held: Counter[str] = field(default_factory=Counter)


def refuse_contradiction(data: bytes) -> None:
    """Refuse a report in which a suite states more than its cases show, or something that is no count.

    Raises:
        Unusable: it is such a report, or no XML.

    """
    suites: list[_Suite] = []
    every: list[_Suite] = []

    def enter(above: tuple[str, ...], attributes: Mapping[str, str]) -> None:
        name = above[-1]
        del suites[sum(one in _SUITES for one in above[:-1]) :]
        for one in suites:
            one.held[name] += 1
        if name in _SUITES:
            suites.append(_Suite(attributes))
            every.append(suites[-1])

    walk_xml(data, enter)
    for one in every:
        _compare(one)


def _compare(suite: _Suite) -> None:
    for stated, elements in _BORNE_OUT.items():
        told = sum(_count(name, suite.stated.get(name, "")) for name in stated)
        found = sum(suite.held[name] for name in elements)
        if told > found:
            raise Unusable(f"its head states {told} {' and '.join(stated)}, and its cases show {found}")


def _count(name: str, text: str) -> int:
    if not text.strip():
        return 0
    if not _COUNT.fullmatch(text.strip()):
        raise Unusable(f"its head states {shown(text)} as {name}, which is no count")
    return int(text)
