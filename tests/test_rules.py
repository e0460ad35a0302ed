"""Every rule against its case folders: files in, findings out.

A case is `tests/cases/<rule>/<case>/`: what it holds is laid over a copy of tests/base/; `removed.txt`
lists paths to take away; `expected.txt` holds the findings. Names of cases begin with `bad-` or `good-`.
UPDATE_GOLDEN=1 rewrites what is expected.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import all_rules, assess, judge
from release_portal.load import load

CASES = Path(__file__).parent / "cases"
AS_OF = datetime(2026, 3, 3, tzinfo=UTC)
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())
RULES = {rule.name: rule for rule in all_rules()}


def lay(case: Path, portal: Path) -> None:
    removed = case / "removed.txt"
    for line in removed.read_text().split() if removed.exists() else ():
        shutil.rmtree(portal / line) if (portal / line).is_dir() else (portal / line).unlink()
    ignore = shutil.ignore_patterns("expected.txt", "removed.txt")
    shutil.copytree(case, portal, dirs_exist_ok=True, symlinks=True, ignore=ignore)


def found(portal: Path) -> str:
    assessment = assess(portal, settings.read(portal / "mkdocs.yml"), AS_OF)
    return "".join(
        f"{one.location}: {one.severity}: {one.message} [{one.rule}]\n  {one.hint}\n"
        for one in assessment.findings
    )


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, base: Path) -> None:
    lay(case, base)

    actual = found(base)

    expected = case / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(actual)
    assert expected.read_text() == actual
    if case.name.startswith("bad-"):
        assert f"[{case.parent.name}]" in actual
    else:
        assert f"[{case.parent.name}]" not in actual


@pytest.mark.parametrize("name", RULES)
def test_rule_has_cases_and_a_page(name: str) -> None:
    cases = {path.name.partition("-")[0] for path in (CASES / name).glob("*")}
    page = RULES[name].documentation

    assert {"good", "bad"} <= cases
    assert "## Why it matters" in page
    assert "## How to fix" in page
    assert len(RULES[name].summary) <= 120
    assert RULES[name].summary.endswith(".")


@pytest.mark.parametrize("name", RULES)
def test_without_the_rule_its_bad_cases_turn_green(name: str, base: Path) -> None:
    """Switching a rule off must change what its cases show, or the cases prove nothing."""
    case = next(path for path in sorted((CASES / name).glob("bad-*")))
    lay(case, base)
    portal = load(base, settings.read(base / "mkdocs.yml"), AS_OF)

    others = judge(portal, tuple(rule for rule in RULES.values() if rule.name != name))

    assert others.findings != judge(portal, tuple(RULES.values())).findings


def test_the_base_is_clean(base: Path) -> None:
    assert found(base) == ""
