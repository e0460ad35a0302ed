"""Compiled templates: kept beside the program, true to the template's text, and never needed."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from release_portal.pages._compiled import compiled


def rendered(folder: Path) -> str:
    environment = Environment(
        loader=FileSystemLoader(folder), bytecode_cache=compiled(folder), autoescape=True
    )
    return environment.get_template("page.html").render(word="<b>")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.html").write_text("one {{ word }}")
    return tmp_path


def test_what_is_kept_follows_the_text_of_the_template(folder: Path) -> None:
    assert rendered(folder) == "one &lt;b&gt;"
    (kept,) = (folder / "__pycache__").iterdir()
    before = kept.read_bytes()
    assert rendered(folder) == "one &lt;b&gt;"
    assert kept.read_bytes() == before

    (folder / "page.html").write_text("two {{ word }}")

    assert rendered(folder) == "two &lt;b&gt;"
    assert kept.read_bytes() != before


def test_what_is_damaged_is_compiled_again(folder: Path) -> None:
    rendered(folder)
    (kept,) = (folder / "__pycache__").iterdir()
    kept.write_bytes(b"damaged")

    assert rendered(folder) == "one &lt;b&gt;"


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert rendered(folder) == "one &lt;b&gt;"
    assert not (folder / "__pycache__").exists()
