"""The figures at the end of a run fall when a test behind them fails or does not run."""

from collections.abc import Iterable
from typing import Literal

import pytest

from tests.tally import tally

RULES = ("wrong-digest", "moved-tag")
RUN = (
    "test_rules.py::test_rule_has_cases_and_a_page[wrong-digest]",
    "test_rules.py::test_rule_has_cases_and_a_page[moved-tag]",
    "test_rules.py::test_case[wrong-digest/bad-edited]",
    "test_rules.py::test_case[wrong-digest/good-same]",
    "test_rules.py::test_without_the_rule_a_bad_case_looks_different[wrong-digest]",
    "test_git_rules.py::test_a_forgery_is_found[moved-tag]",
    "test_git_rules.py::test_an_honest_history_is_called_nothing_bad",
)


def reports(names: Iterable[str], outcome: Literal["passed", "failed"] = "passed") -> list[pytest.TestReport]:
    return [pytest.TestReport(f"tests/{one}", ("", 0, ""), {}, outcome, None, "call") for one in names]


def test_a_whole_run_is_told_in_full() -> None:
    green = reports(RUN)
    green[0].user_properties.append(("deliverables", "26/27"))

    assert tally(RULES, green, []) == (
        "rules: 2; deliverables 26/27, references not run, actions not run; "
        "good and bad case 2/2; killed by mutation 2/2"
    )


@pytest.mark.parametrize(
    ("red", "cases", "killed"),
    [
        ("test_rules.py::test_case[wrong-digest/bad-edited]", 1, 2),
        ("test_rules.py::test_case[wrong-digest/good-same]", 1, 2),
        ("test_rules.py::test_without_the_rule_a_bad_case_looks_different[wrong-digest]", 2, 1),
        ("test_git_rules.py::test_a_forgery_is_found[moved-tag]", 1, 1),
        ("test_git_rules.py::test_an_honest_history_is_called_nothing_bad", 1, 2),
    ],
)
@pytest.mark.parametrize("ran", [True, False], ids=["failed", "not run"])
def test_what_did_not_hold_is_not_counted(red: str, cases: int, killed: int, *, ran: bool) -> None:
    line = tally(RULES, reports(one for one in RUN if one != red), reports([red], "failed") if ran else [])

    assert line.endswith(f"good and bad case {cases}/2; killed by mutation {killed}/2")


def test_part_of_a_run_is_not_told() -> None:
    assert tally(RULES, reports(RUN[1:]), []) == ""
