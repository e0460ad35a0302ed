"""YAML that people wrote, with entries added: every other byte stays, and comments stay where they belong."""

from pathlib import Path

import pytest

from release_portal.imports._same import is_vacant, same
from release_portal.imports._yaml import Layout, append, is_bare, new_value, replace
from release_portal.source import parse
from tests.conftest import ROOT

RECORDS = sorted([*(ROOT / "releases").rglob("*.yaml"), *(ROOT / "tests/base").rglob("*.yaml")])


@pytest.mark.parametrize("file", RECORDS, ids=[str(one.relative_to(ROOT)) for one in RECORDS])
def test_a_record_is_written_as_it_was_read(file: Path) -> None:
    text = file.read_text()
    layout = Layout(text)

    assert layout.keeps
    assert layout.dump(layout.load(text)) == text


BELOW = [
    "scans:\n  - tool: A # one\n    version: '1' # two\n\n    # of B\n  - tool: B\n    version: '2' # three\n",
    "scans:\n  - tool: A\n    note: >-\n      folded\n      text\n",
    "scans:\n  - tool: A\n    note: |\n      kept\n\n      as it is\n",
    "scans:\n  - {tool: A, version: '1'} # one\n",
    "scans:\n  - tool: A\n    evidence:\n      - path: evidence/a.xml\n        describes: x\n",
    "scans:\n- tool: A\n  list: [a, b]\n",
    "scans:\n  - tool: A\n    at: 2026-11-24T10:00:00+05:30\n    version: 1.10\n    yes: NO\n",
]


@pytest.mark.parametrize("above", BELOW)
@pytest.mark.parametrize("below", ["last: x\n", "# Ours.\nlast: x\n", "\n# Ours.\n\nlast: x # end\n", ""])
@pytest.mark.parametrize(
    "entry", [{"tool": "C"}, {"tool": "C", "evidence": [{"path": "evidence/c.xml"}], "by": ["a"]}]
)
def test_a_new_entry_stands_between_what_was_above_and_below(
    above: str, below: str, entry: dict[str, object]
) -> None:
    layout = Layout(above + below)
    assert layout.keeps
    document = layout.load(above + below)
    append(document["scans"], new_value(entry))

    text = layout.dump(document)

    assert text.startswith(above)
    assert text.rstrip("\n").endswith(below.strip("\n"))
    was, now = parse("x.yaml", (above + below).encode()).data, parse("x.yaml", text.encode()).data
    assert now["scans"] == [*was["scans"], entry]
    assert {**now, "scans": was["scans"]} == was
    between = text[len(above) : len(text) - len(below)] if below else text[len(above) :]
    assert between.count("tool: C") == 1


def test_an_empty_list_is_begun_as_a_block() -> None:
    layout = Layout("scans: []\nlast: x\n")
    document = layout.load("scans: []\nlast: x\n")
    append(document["scans"], new_value({"tool": "C"}))

    assert layout.dump(document) == "scans:\n  - tool: C\nlast: x\n"


def test_a_layout_that_cannot_be_kept_is_known() -> None:
    assert not Layout("scans:\n     -   tool:   A\n").keeps


@pytest.mark.parametrize("said", ["true", "No", "1.10", "null", "a" * 40, "%", "~", "2.5.0"])
def test_what_others_would_take_for_something_else_is_quoted(said: str) -> None:
    layout = Layout("a: b\n")
    document = layout.load("a: b\n")
    document["a"] = new_value(said)

    assert layout.dump(document) == f'a: "{said}"\n'


@pytest.mark.parametrize(
    ("stands", "says", "agree"),
    [
        ("99.90", "99.9", True),
        ("99.91", "99.9", False),
        ("2026-11-24T10:00:00+05:30", "2026-11-24T04:30:00Z", True),
        ("2026-11-24T10:00:00", "2026-11-24T10:00:00Z", False),
        (["a", "b"], ["a"], True),
        (["a"], ["a", "b"], False),
        (["a", "b"], ["a", "<fill in who is c>"], True),
        ([{"at": "1", "value": "2.0"}], [{"at": "1", "value": "2"}], True),
        ([{"at": "1"}], [{"at": "1"}, {"at": "2"}], False),
        ({"low": "1"}, {"low": "1", "high": "0"}, False),
        ("NaN", "1", False),
        ("sNaN", "1", False),
        (None, "1", False),
        ("1", ["1"], False),
    ],
)
def test_a_record_that_says_no_less_than_the_import_agrees_with_it(
    stands: object, says: object, agree: object
) -> None:
    assert same(stands, says) is agree


@pytest.mark.parametrize(
    ("value", "vacant"),
    [
        (None, True),
        ("<fill in a count>", True),
        ("about <fill in a count>", True),
        ("0", False),
        ("", False),
        ([], False),
        (["<fill in a person's id>"], True),
        (["ana", "<fill in a person's id>"], False),
        ({"low": "<fill in a count>"}, True),
        ({"low": "0", "high": "<fill in a count>"}, False),
    ],
)
def test_vacant_is_what_a_person_has_not_filled_in(value: object, vacant: object) -> None:
    assert is_vacant(value) is vacant


@pytest.mark.parametrize("below", ["last: x\n", "# Ours.\nlast: x\n", "\n# Ours.\nlast: x\n", ""])
@pytest.mark.parametrize("value", ["<fill in a scanner>", ">-\n      <fill in\n      a scanner>"])
def test_what_stands_below_a_replaced_entry_stays_below(value: str, below: str) -> None:
    text = f"scans:\n  - tool: {value}\n{below}"
    layout = Layout(text)
    document = layout.load(text)

    assert is_bare(document["scans"][0])
    assert layout.dump(document) == text
    replace(document["scans"], 0, new_value({"tool": "C", "kind": "sast"}))

    assert layout.dump(document) == f"scans:\n  - tool: C\n    kind: sast\n{below}"


@pytest.mark.parametrize(
    "row", ["tool: A # why", "# why\n    tool: A", "tool: A\n    # why\n    kind: sast", "by: [a] # why"]
)
def test_an_entry_with_a_comment_in_it_is_not_bare(row: str) -> None:
    text = f"scans:\n  - a: b\n    {row}\nlast: x\n"
    layout = Layout(text)
    document = layout.load(text)

    assert not is_bare(document["scans"][0])
    assert layout.dump(document) == text
