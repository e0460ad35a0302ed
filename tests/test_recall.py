"""A check that is answered from memory: the same words, and never after anything that it depends on has changed."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal.recall import Answer, Recall
from tests.conftest import copy_base, run

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
ANSWER = Answer(1, "something is wrong\n")


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small portal that nobody changed lately, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("release_portal.signature._SETTLED", -(10**12))  # as if the files were old
    return copy_base(tmp_path / "portal")


def recall(portal: Path) -> Recall:
    return Recall(portal, portal / "mkdocs.yml", "checks")


def kept(portal: Path, until: datetime | None = None) -> None:
    recall(portal).keep("request", ANSWER, NOW, until)
    assert recall(portal).answer("request", NOW) == ANSWER


def test_the_same_request_is_answered_and_another_is_not(portal: Path) -> None:
    kept(portal)

    assert recall(portal).answer("other", NOW) is None


def _edit(portal: Path) -> None:
    file = portal / "releases/1.0.0/01-plan/scope.md"
    file.write_text(file.read_text() + " ")


def _edit_keeping_size_and_time(portal: Path) -> None:
    file = portal / "releases/1.0.0/01-plan/scope.md"
    seen = file.stat()
    file.write_text(file.read_text()[:-1] + "x")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _replace(portal: Path) -> None:
    file = portal / "roster/people.yaml"
    (portal / "copy").write_text(file.read_text())
    (portal / "copy").replace(file)


CHANGES: list[Callable[[Path], object]] = [
    _edit,
    _edit_keeping_size_and_time,
    _replace,
    lambda portal: (portal / "releases/1.0.0/new.yaml").write_text(""),
    lambda portal: (portal / "releases/1.0.0/references.yaml").unlink(),
    lambda portal: (portal / "releases/1.0.0").rename(portal / "releases/1.0.1"),
    lambda portal: (portal / "releases/empty").mkdir(),
    lambda portal: (portal / "mkdocs.yml").write_text((portal / "mkdocs.yml").read_text() + "\n"),
    lambda portal: (portal / "release-process.md").touch(),
    lambda portal: (portal / "releases/1.0.0/references.yaml").chmod(0o600),
    lambda portal: (portal / ".git").mkdir() or (portal / ".git/HEAD").write_text("ref: refs/heads/main\n"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_nothing_is_answered(change: Callable[[Path], object], portal: Path) -> None:
    kept(portal)
    change(portal)

    assert recall(portal).answer("request", NOW) is None


def test_the_time_ends_an_answer(portal: Path) -> None:
    kept(portal, until=datetime(2026, 3, 4, tzinfo=UTC))

    assert recall(portal).answer("request", datetime(2026, 3, 3, 23, 59, tzinfo=UTC)) == ANSWER
    assert recall(portal).answer("request", datetime(2026, 3, 4, tzinfo=UTC)) is None
    assert recall(portal).answer("request", datetime(2026, 3, 3, 11, tzinfo=UTC)) is None, "a clock set back"


def test_files_that_changed_just_now_are_not_trusted(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("release_portal.signature._SETTLED", 2_000_000_000)
    recall(portal).keep("request", ANSWER, NOW, None)

    assert recall(portal).answer("request", NOW) is None


def test_a_linked_work_tree_is_not_remembered(portal: Path) -> None:
    (portal / ".git").write_text("gitdir: elsewhere\n")
    recall(portal).keep("request", ANSWER, NOW, None)

    assert recall(portal).answer("request", NOW) is None


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"inputs": 1}', '{"answers": []}'])
def test_a_damaged_memory_is_no_memory(damage: str, portal: Path, tmp_path: Path) -> None:
    kept(portal)
    file = next((tmp_path / "cache").rglob("checks.json"))
    file.write_text(damage)

    assert recall(portal).answer("request", NOW) is None
    kept(portal)


def test_what_is_answered_is_what_the_check_says(tmp_path: Path) -> None:
    portal = copy_base(tmp_path / "portal")
    (portal / "releases/1.0.0/references.yaml").unlink()
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    time.sleep(2.1)  # the files have to have settled
    first = run("check", cwd=portal, env=environment)
    file = next((tmp_path / "cache").rglob("checks.json"))
    content = json.loads(file.read_text())
    second = run("check", cwd=portal, env=environment)
    ((request, (code, output)),) = content["answers"].items()
    file.write_text(json.dumps(content | {"answers": {request: [code, "from memory\n"]}}))
    third = run("check", cwd=portal, env=environment)

    assert (first.code, first.out, output) == (second.code, second.out, first.out)
    assert third.out == "from memory\n"
    assert run("check", "--as-of", "2026-11-24", cwd=portal, env=environment).out != "from memory\n"
