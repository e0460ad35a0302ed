"""The scorecard: what the tests of a run showed of each requirement, with denominators, seed and versions."""

import os
import platform
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from xml.parsers import expat

import pytest

from tests.security.rows import NOT_TESTED, ROWS

SEED = 8
FULL = bool(os.environ.get("SECURITY_FULL"))  # the whole matrix of hostile texts, as `make fuzz` runs it
_NODE = re.compile(r"::(\w+)(?:\[.*)?\Z", re.DOTALL)
_LIBRARIES = ("pyyaml", "markdown-it-py", "nh3", "jinja2", "cerberus", "gitpython", "hypothesis")


def scorecard(passed: Iterable[pytest.TestReport], failed: Iterable[pytest.TestReport]) -> str:
    """The whole card; empty where the tests of this folder did not run."""
    green, red = list(passed), list(failed)
    if not any("tests/security/" in one.nodeid for one in green):
        return ""
    good, bad = Counter(_names(green)), Counter(_names(red))
    lines = ["", "Security scorecard (rows: docs/guide/threat-model.md)"]
    lines += [_row(row, what, tests, good, bad) for row, (what, tests) in ROWS.items()]
    lines += ["  hostile texts: " + ("all" if FULL else "a seeded part; SECURITY_FULL=1 for all")]
    lines += [f"  {what}: {count}" for what, count in sorted(_figures(green).items())]
    lines += [f"seed {SEED}; {_versions()}"]
    return "\n".join([*lines, *(f"not tested: {one}" for one in NOT_TESTED)])


def _row(row: str, what: str, tests: tuple[str, ...], good: Counter[str], bad: Counter[str]) -> str:
    held, lost = sum(good[name] for name in tests), sum(bad[name] for name in tests)
    absent = sum(not good[name] and not bad[name] for name in tests)
    result = "FAILED" if lost else "not run" if not held else "part not run" if absent else "holds"
    return f"{row:8} {what:36} {held:5}/{held + lost:<5} {result}"


def _names(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    found = (_NODE.search(report.nodeid) for report in reports)
    return (match[1] for match in found if match)


def _figures(reports: Iterable[pytest.TestReport]) -> Counter[str]:
    """Denominators that tests state: sums over the tests of this folder."""
    found: Counter[str] = Counter()
    for report in reports:
        if "tests/security/" in report.nodeid:
            for what, count in report.user_properties:
                found[str(what)] += int(str(count))
    return found


def _versions() -> str:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False).stdout.split()
    found = [
        f"Python {platform.python_version()}",
        f"git {git[2] if len(git) > 2 else 'absent'}",
        expat.EXPAT_VERSION,
    ]
    return ", ".join([*found, *(f"{name} {version(name)}" for name in _LIBRARIES)])
