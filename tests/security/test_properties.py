"""Properties that hold for any input, looked for by hypothesis; the same inputs on each run."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from release_portal import digest, process
from release_portal.load import record_types
from release_portal.output.github import _data, _property
from release_portal.pages._csv import csv_text
from release_portal.policy import phase_types
from release_portal.prose import html
from release_portal.source import Unreadable, parse
from release_portal.wording import printable, uncommanded
from tests.conftest import ROOT
from tests.security import oracles

always = settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
words = some.text(some.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")))
hostile = some.lists(some.sampled_from("<>\"'&[]()!*_`#|:-=+@{}%\\/ \n\t\x1b\u202ea1;,") | words).map("".join)
PROCESS = (ROOT / "release-process.md").read_text(encoding="utf-8")
KNOWN = phase_types(record_types())


@always
@given(
    some.recursive(
        words,
        lambda inner: (
            some.lists(inner, min_size=1)
            | some.dictionaries(words.filter(lambda key: key != "<<"), inner, min_size=1)
        ),
        max_leaves=12,
    )
)
def test_any_text_comes_back_as_it_was(value: object) -> None:
    assert parse("r.yaml", json.dumps({"a": value}, ensure_ascii=False).encode()).data == {"a": value}


@always
@given(words, some.sampled_from("\x00\x1b\x7f\x9b\u200b\u200e\u202e\u2066\ufeff\u2028"), words)
def test_a_hidden_character_is_refused_wherever_it_stands(before: str, hidden: str, after: str) -> None:
    for path in ("r.yaml", "r.md"):
        with pytest.raises(Unreadable) as caught:
            parse(path, f"{before}{hidden}{after}".encode())
        assert caught.value.rule == "hidden-characters"


@always
@given(some.binary(max_size=400) | hostile.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_source_or_refused(content: bytes) -> None:
    for path in ("r.yaml", "r.md"):
        try:
            source = parse(path, content)
        except Unreadable:
            continue
        source.sections()


@always
@given(hostile)
def test_any_markdown_is_clean(text: str) -> None:
    made = html(text)
    assert oracles.active_nodes(made) == oracles.forged_marks(made) == 0
    assert "class=" not in made.replace("&quot;", "") or "class=" in text


@always
@given(some.lists(hostile, min_size=1, max_size=5))
def test_any_cell_is_no_formula(row: list[str]) -> None:
    made = csv_text(["a"] * len(row), [row])
    assert oracles.formulas(made) == 0
    assert [cell.removeprefix("'") for cell in list(csv.reader(io.StringIO(made, newline="")))[1]] == [
        cell.removeprefix("'") for cell in row
    ]


@always
@given(hostile)
def test_any_words_stay_in_their_line_of_a_log(text: str) -> None:
    line = f"::error file={_property(text)},line=1,col=1,title=x::{_data(text)}"
    assert oracles.control_characters(line) == 0
    assert "\n" not in line
    assert oracles.commands(line, own=1) == 0
    assert oracles.control_characters(printable(text)) == 0
    document = json.dumps([text])
    assert json.loads(uncommanded(document)) == [text]
    assert oracles.commands(uncommanded(document)) == 0


@always
@given(some.binary())
def test_a_digest_moves_with_each_byte_and_not_with_line_ends(content: bytes) -> None:
    unix = content.replace(b"\r\n", b"\n").replace(b"\r", b"")
    assert digest.of_text(unix) == digest.of_text(unix.replace(b"\n", b"\r\n"))
    assert digest.of_text(unix) != digest.of_text(unix + b"x")


@always
@given(some.integers(0, len(PROCESS)), some.integers(0, 40), hostile)
def test_any_edit_of_the_process_is_read_or_told(at: int, gone: int, put: str) -> None:
    try:
        source = parse(
            "release-process.md", (PROCESS[:at] + put + PROCESS[at + gone :]).encode("utf-8", "surrogatepass")
        )
    except Unreadable:
        return
    found, findings = process.parse(source, KNOWN)
    assert found is not None or findings
