"""What a run of the tests showed about the rules, from the reports of the tests that ran."""

import re
from collections.abc import Iterable

import pytest

# Rules that no folder of files can show: the test that tells a bad history, and the one with an honest history.
_HISTORIES = {
    "changed-policy": (
        "test_a_pull_request_that_changes_roster_and_records_together_is_flagged",
        "test_a_change_of_the_roster_alone_is_no_finding",
    ),
    "unraised-process-version": (
        "test_a_bullet_without_a_new_version_is_told_and_asked_of_nobody",
        "test_mended_wording_is_nothing",
    ),
    "reopened-phase": (
        "test_a_phase_that_went_back_and_forward_again_is_told_with_who_and_where",
        "test_branches_beside_one_another_are_no_way_back",
    ),
    "nested-tag": ("test_a_tag_of_a_tag_is_told", "test_an_honest_history_is_called_nothing_bad"),
    "unauthorised-tagger": (
        "test_a_tag_is_for_the_release_manager_to_make",
        "test_where_no_role_may_tag_any_holder_of_a_role_does",
    ),
    "removed-sign-off": (
        "test_a_sign_off_that_somebody_else_took_away_is_told",
        "test_a_sign_off_that_its_signer_took_away_is_told_by_no_rule",
    ),
    "deleted-release": (
        "test_a_deleted_release_is_told_with_who_and_where",
        "test_a_release_that_got_another_version_is_not_deleted_if_all_of_it_moved",
    ),
}
_NODE = re.compile(r"::(\w+)(?:\[(.*)\])?\Z")
_Names = set[tuple[str, str]]


def tally(
    rules: Iterable[str], passed: Iterable[pytest.TestReport], failed: Iterable[pytest.TestReport]
) -> str:
    """One line of figures; empty where the tests of the rules did not all run."""
    known, reports = set(rules), [*(green := list(passed)), *(red := list(failed))]
    ran, broken = _names(reports), _names(red)
    if not known <= _given(ran, "test_rule_has_cases_and_a_page"):
        return ""
    held = _names(green) - broken
    whole = {name for name, _ in held} - {name for name, _ in broken}
    told = _given(held, "test_a_forgery_is_found")
    honest = told if "test_an_honest_history_is_called_nothing_bad" in whole else set()
    told = told | {rule for rule, (bad, _) in _HISTORIES.items() if bad in whole}
    honest = honest | {rule for rule, (_, good) in _HISTORIES.items() if good in whole}
    cased = (_cases(held, "bad-") | told) & (_cases(held, "good-") | honest) - _cases(broken, "")
    killed = _given(held, "test_without_the_rule_a_bad_case_looks_different") | told
    stated = {key: value for report in reports for key, value in report.user_properties}
    asked = ", ".join(
        f"{key} {stated.get(key, 'not run')}" for key in ("deliverables", "references", "actions")
    )
    of = len(known)
    return (
        f"rules: {of}; {asked}; "
        f"good and bad case {len(cased & known)}/{of}; killed by mutation {len(killed & known)}/{of}"
    )


def _names(reports: Iterable[pytest.TestReport]) -> _Names:
    """Name and parameter of each test."""
    found = (_NODE.search(report.nodeid) for report in reports)
    return {(match[1], match[2] or "") for match in found if match}


def _given(names: _Names, test: str) -> set[str]:
    return {parameter for name, parameter in names if name == test}


def _cases(names: _Names, kind: str) -> set[str]:
    """Rules that have a case of a kind among some tests."""
    cases = (one.split("/", 1) for one in _given(names, "test_case"))
    return {rule for rule, case in cases if case.startswith(kind)}
