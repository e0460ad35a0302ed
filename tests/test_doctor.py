"""What the program runs on is told, and shells complete its commands."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from release_portal.environment import Part, parts
from tests.conftest import ROOT, run

BIN = Path(sys.executable).parent


def test_all_that_is_needed_is_here_and_its_last_days_are_told() -> None:
    done = run("doctor", cwd=ROOT)

    assert done.code == 0, done.out
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert "support ends 2027-05-05" in lines["mkdocs-material"]
    late = Part("mkdocs-material", "9.7", ends=date(2027, 5, 5))
    assert "build --engine plain" in late.note(date(2027, 5, 1))
    assert "build --engine plain" in late.fault(date(2027, 5, 6))
    assert lines["git"].split()[1][0].isdigit()
    assert lines["portal"].endswith("mkdocs.yml")


def test_without_git_it_says_what_is_lost(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, env={"PATH": str(tmp_path)})

    assert done.code == 1
    assert "not installed: without it there is no proof by git" in done.out
    assert "no mkdocs.yml here" in done.out


def test_a_part_is_at_fault_from_the_day_after_its_last() -> None:
    part = Part("theme", "9.7", ends=date(2027, 5, 5))

    assert part.fault(date(2027, 5, 5)) == ""
    assert part.fault(date(2027, 5, 6)) == "its makers no longer mend it"
    assert part.note(date(2027, 5, 1)) == "support ends 2027-05-05, in 4 days"
    assert part.note(date(2026, 5, 1)) == "support ends 2027-05-05"
    assert Part("extra", "", "the PDF", needed=False).fault(date.max) == ""


def test_the_end_of_this_python_and_of_the_theme_is_known() -> None:
    known = {part.name: part.ends for part in parts()}

    assert all(known[name] for name in ("python", "mkdocs-material"))
    assert all(one is None or one > date(2026, 1, 1) for one in known.values())


@pytest.mark.parametrize(
    ("words", "expected"), [("che", "check"), ("check --fo", "--format"), ("completion f", "fish")]
)
def test_bash_completes_commands_options_and_values(words: str, expected: str) -> None:
    script = run("completion", "bash", cwd=ROOT).out
    typed = ["release-portal", *words.split()]
    ask = (
        f"{script}\nCOMP_WORDS=({' '.join(typed)}); COMP_CWORD={len(typed) - 1}\n"
        '_release_portal_completion release-portal; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", ask], env=environment, capture_output=True, text=True, check=True)

    assert expected in done.stdout.split()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_a_script_of_their_own(shell: str) -> None:
    script = run("completion", shell, cwd=ROOT).out

    assert f"_RELEASE_PORTAL_COMPLETE={shell}_complete" in script
