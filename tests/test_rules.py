"""Every rule against its case folders: files in, findings out.

A case is `tests/cases/<rule>/<case>/`. It starts from a copy of tests/base/, or of the sample where
`base.txt` says `sample`. What the case holds is laid over it; `edits.yaml` lists replacements
(`file`, `old`, `new`), `removed.txt` paths to take away. Where `base.txt` says `sample, signed again`, what
stands there then is signed and packed anew, so that no stale sign-off hides what the case is about.
`expected.txt` holds the findings that the base itself does not have. Names of cases begin with `bad-` or `good-`. UPDATE_GOLDEN=1 rewrites what is
expected.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from release_portal import settings
from release_portal.assess import Assessment, all_rules, judge
from release_portal.load import load
from release_portal.portal import Portal
from tests.conftest import RECORDS, ROOT, copy_base, copy_sample
from tests.renewal import renew
from tests.test_git_rules import BY_GIT

CASES = Path(__file__).parent / "cases"
AS_OF = {"base": datetime(2026, 3, 3, tzinfo=UTC), "sample": datetime(2026, 11, 24, 12, tzinfo=UTC)}
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())
RULES = {rule.name: rule for rule in all_rules()}
_OURS = ("expected.txt", "removed.txt", "edits.yaml", "base.txt")


def base_of(case: Path) -> str:
    named = case / "base.txt"
    return named.read_text().partition(",")[0].strip() if named.exists() else "base"


def signed_again(case: Path) -> bool:
    named = case / "base.txt"
    return named.exists() and "signed again" in named.read_text()


def lay(case: Path, portal: Path) -> None:
    removed, edits = case / "removed.txt", case / "edits.yaml"
    for line in removed.read_text().split() if removed.exists() else ():
        shutil.rmtree(portal / line) if (portal / line).is_dir() else (portal / line).unlink()
    shutil.copytree(case, portal, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns(*_OURS))
    for edit in yaml.safe_load(edits.read_text()) if edits.exists() else ():
        file = portal / edit["file"]
        text = file.read_text()
        assert edit["old"] in text, f"{edit['file']} does not hold {edit['old']!r}"
        file.write_text(text.replace(edit["old"], edit["new"]))


def read_portal(portal: Path, base: str) -> Portal:
    return load(portal, settings.read(portal / "mkdocs.yml"), AS_OF[base])


def told(assessment: Assessment) -> list[str]:
    return [
        f"{one.location}: {one.severity}: {one.message} [{one.rule}]\n  {one.hint}\n"
        for one in assessment.findings
    ]


@pytest.fixture(scope="session")
def bases() -> dict[str, list[str]]:
    """What the two bases tell by themselves: nothing, and the sample's open work."""
    roots = {"base": ROOT / "tests/base", "sample": ROOT}
    return {name: told(judge(read_portal(root, name), tuple(RULES.values()))) for name, root in roots.items()}


def copy_of(case: Path, target: Path) -> Path:
    """The case's base with the case laid over it."""
    copy_base(target) if base_of(case) == "base" else copy_sample(target, RECORDS)
    lay(case, target)
    if signed_again(case):
        renew(target)
    return target


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path, bases: dict[str, list[str]]) -> None:
    portal = read_portal(copy_of(case, tmp_path / "portal"), base_of(case))

    known = bases[base_of(case)]
    actual = "".join(one for one in told(judge(portal, tuple(RULES.values()))) if one not in known)

    expected = case / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(actual)
    assert expected.read_text() == actual
    assert (f"[{case.parent.name}]" in actual) == case.name.startswith("bad-")


@pytest.mark.parametrize("name", RULES)
def test_rule_has_cases_and_a_page(name: str) -> None:
    cases = {path.name.partition("-")[0] for path in (CASES / name).glob("*")}
    page = RULES[name].documentation

    assert {"good", "bad"} <= cases or name in BY_GIT
    assert "## Why it matters" in page
    assert "## How to fix" in page
    assert len(RULES[name].summary) <= 120
    assert RULES[name].summary.endswith(".")


@pytest.mark.parametrize("name", [name for name in RULES if name not in BY_GIT])
def test_without_the_rule_a_bad_case_looks_different(name: str, tmp_path: Path) -> None:
    """Switching a rule off must change what its cases show, or the cases prove nothing."""
    bad = sorted((CASES / name).glob("bad-*"))
    case = min(bad, key=lambda one: (signed_again(one), base_of(one) != "base"))  # the smallest is as good
    portal = read_portal(copy_of(case, tmp_path / "portal"), base_of(case))

    others = judge(portal, tuple(rule for rule in RULES.values() if rule.name != name))

    assert others.findings != judge(portal, tuple(RULES.values())).findings


def test_neither_base_has_an_error(bases: dict[str, list[str]]) -> None:
    assert bases["base"] == []
    assert not [one for one in bases["sample"] if ": error: " in one]
