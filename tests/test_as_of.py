"""`check --as-of`: a past that was not looked at is said not to have been looked at."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, run

NOTICE = "by the files as they are now: this portal's history was not asked"


def notices(portal: Path, *arguments: str) -> list[str]:
    done = run("check", *arguments, "--format", "json", cwd=portal)
    findings = json.loads(done.out)["findings"]
    return [one["message"] for one in findings if NOTICE in one["message"]]


def test_as_of_the_past_without_history_is_told_in_a_notice(sample: Path) -> None:
    assert notices(sample, "--as-of", "2026-11-20") == [f"judged as of 2026-11-20 {NOTICE}"]


@pytest.mark.parametrize("format_", ["text", "github", "gitlab", "sarif", "junit", "markdown"])
def test_every_format_tells_it(format_: str, sample: Path) -> None:
    assert (
        "history was not asked" in run("check", "--as-of", "2026-11-20", "--format", format_, cwd=sample).out
    )


def test_as_of_now_and_as_of_a_day_to_come_nothing_is_said(sample: Path) -> None:
    assert notices(sample) == []
    assert notices(sample, "--as-of", "2999-01-01") == []


def test_where_the_history_is_asked_nothing_is_said(demo: tuple[Path, Run]) -> None:
    assert notices(demo[0], "--as-of", "2026-11-20") == []


def test_status_says_it_too_beside_what_it_prints(sample: Path) -> None:
    early, now = run("status", "--as-of", "2026-11-20", cwd=sample), run("status", cwd=sample)

    assert early.err.strip() == f"Judged as of 2026-11-20 {NOTICE}."
    assert NOTICE not in early.out + now.out + now.err
