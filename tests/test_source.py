"""The reader of records: text stays text, every value knows its place, hostile bytes stop early."""

import os
import random
import time
from pathlib import Path

import pytest
import yaml

from release_portal.finding import Location
from release_portal.source import MAX_BYTES, MAX_DEPTH, Unreadable, parse, read
from release_portal.source._places import Node, places
from release_portal.source._values import Unusual, Value, values
from release_portal.source._words import LONGEST

SAMPLE = Path(__file__).parents[1] / "releases"


def refused(content: bytes | str, path: str = "r.yaml") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        parse(path, content.encode() if isinstance(content, str) else content)
    return caught.value


@pytest.mark.parametrize(
    "typed",
    [
        "1.10", "NO", "yes", "null", "~", "010", "0x1F", "22:30:00", "2026-02-30", "0123456", "1.234e+567",
        ".nan", "-.inf", "2026-11-24", "1_000", "true", "=",
    ],
)  # fmt: skip
def test_a_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert parse("r.yaml", f"key: {typed}\n".encode()).data == {"key": typed}


def test_only_what_is_not_there_is_none() -> None:
    assert parse("r.yaml", b'a:\nb: ""\nc: []\n').data == {"a": None, "b": "", "c": []}


def test_every_value_and_key_knows_its_place() -> None:
    source = parse("r.yaml", b"one: 1\nlist:\n  - first\n  - deep: {er: value}\n")

    assert source.locate("list", 1, "deep", "er") == Location("r.yaml", 4, 16)
    assert source.locate_key("list", 1, "deep", "er") == Location("r.yaml", 4, 12)
    assert source.locate("list", 1, "missing", "er") == Location("r.yaml", 4, 5)


def test_places_in_front_matter_count_from_the_top_of_the_file() -> None:
    source = parse("r.md", b"---\ntitle: x\nlist:\n  - a\n---\n\n## Why\nBecause.\n\n## How\n")

    assert source.locate("list", 0) == Location("r.md", 4, 5)
    assert source.body_line == 6
    assert source.sections() == {"Why": "Because.", "How": ""}
    assert source.locate_section("How") == Location("r.md", 10, 1)


def test_errors_in_front_matter_point_at_the_line_of_the_file() -> None:
    assert refused("---\ntitle: x\nbad: a: b\n---\n", "r.md").location == Location("r.md", 3, 7)


def test_a_heading_in_a_code_fence_is_no_section() -> None:
    source = parse("r.md", b"## Steps\n```\n## not one\n```\n~~~\n```\n## nor this\n~~~\n")

    assert list(source.sections()) == ["Steps"]


def test_windows_line_ends_change_no_digest_and_no_place() -> None:
    unix, dos = parse("r.yaml", b"a: 1\nb: 2\n"), parse("r.yaml", b"a: 1\r\nb: 2\r\n")

    assert (dos.digest, dos.data, dos.locate("b")) == (unix.digest, unix.data, unix.locate("b"))


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("a: &x 1\n", "unsafe-yaml", (1, 4)),
        ("&x a: 1\n", "unsafe-yaml", (1, 1)),
        ("a: [1]\nb: *a\n", "unsafe-yaml", (2, 4)),
        ("<<: {a: 1}\n", "unsafe-yaml", (1, 1)),
        ("a: !!python/object/apply:os.system [id]\n", "unsafe-yaml", (1, 4)),
        ("a: !custom x\n", "unsafe-yaml", (1, 4)),
        ("a: !!str x\n", "unsafe-yaml", (1, 4)),
        ("a:\n  b: 1\n  b: 2\n", "duplicate-key", (3, 3)),
        ("- {x: 1, x: 1}\n", "duplicate-key", (1, 10)),
        ("a: 1\n---\nb: 2\n", "malformed-yaml", (2, 1)),
        ("? [a, b]\n: 1\n", "malformed-yaml", (1, 3)),
        ("? {a: b}\n: 1\n", "malformed-yaml", (1, 3)),
        ("a: 'open\n", "malformed-yaml", (2, 1)),
        ("a: \u200bx\n", "hidden-characters", (1, 4)),
        ("é: x\nü\u202e: y\n", "hidden-characters", (2, 2)),
        ("a: \x1b[31mred\n", "hidden-characters", (1, 4)),
        ("\ufeffa: 1\n", "hidden-characters", (1, 1)),
        ("a: \u2028b\n", "hidden-characters", (1, 4)),
    ],
)
def test_what_no_record_may_hold(text: str, rule: str, place: tuple[int, int]) -> None:
    error = refused(text)

    assert (error.rule, error.location) == (rule, Location("r.yaml", *place))
    assert error.message


@pytest.mark.parametrize("content", [b"a: \xff\xfe", b"\xff\xfea\x00", b"a: \xed\xa0\x80", b"caf\xe9: 1"])
def test_only_utf8_is_read(content: bytes) -> None:
    assert refused(content).rule == "hidden-characters"


def test_a_duplicate_is_found_at_any_depth() -> None:
    for depth in range(1, MAX_DEPTH - 1):
        text = "{a: " * depth + "{k: 1, k: 2}" + "}" * depth
        assert refused(text).rule == "duplicate-key"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 50_000,
        b"{a: " * 50_000,
        b"- " * 50_000,
        b"? " * 50_000,
        b"a: " + b"[" * 100_000 + b"]" * 100_000,
        ("\n".join(" " * depth + "a:" for depth in range(400))).encode(),
        b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n" * 100,
        b"!" * 100_000,
        b"'" * 200_001,
    ],
    ids=lambda content: content[:12].decode(),
)
def test_a_hostile_file_costs_little(content: bytes) -> None:
    started = time.process_time()

    error = refused(content)

    assert error.rule in {"unsafe-yaml", "malformed-yaml"}
    assert time.process_time() - started < 5, "two thousand times what it takes: this is about explosions"


def test_files_are_read_up_to_a_size_only(tmp_path: Path) -> None:
    (tmp_path / "fits.yaml").write_bytes(b"a: " + b"x " * ((MAX_BYTES - 3) // 2) + b"x")
    (tmp_path / "large.yaml").write_bytes(b"a: " + b"x " * ((MAX_BYTES - 2) // 2))

    assert read(tmp_path, "fits.yaml").data
    with pytest.raises(Unreadable, match="larger than 256 KB"):
        read(tmp_path, "large.yaml")


def test_links_folders_and_pipes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("a: 1")
    (tmp_path / "link.yaml").symlink_to("secret.yaml")
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")

    for name in ("link.yaml", "folder.yaml", "pipe.yaml", "absent.yaml"):
        with pytest.raises(Unreadable) as caught:
            read(tmp_path, name)
        assert caught.value.rule == "irregular-file"


def test_no_bytes_give_anything_but_a_source_or_a_refusal() -> None:
    seeds = [
        b"a: 1\nb: [x, {y: z}]\n",
        b"---\na: 1\n---\n## H\ntext\n",
        b"- - - x\n- ? y\n",
        b'a: "\\u00e9"\n',
    ]
    noise = random.Random(20261124)
    places = []
    for _ in range(3_000):
        content = bytearray(noise.choice(seeds))
        for _ in range(noise.randrange(1, 6)):
            content.insert(noise.randrange(len(content) + 1), noise.randrange(256))
        try:
            parse(noise.choice(["r.yaml", "r.md"]), bytes(content))
        except Unreadable as error:
            places.append(error.location)
    assert all(place.line >= 1 and place.column >= 1 for place in places)


def tally(node: Node, value: Value) -> int:
    """How many places there are; each belongs to a value, and each value has its place."""
    if isinstance(value, dict):
        assert node.mapping
        assert list(node.children) == list(value)
    elif isinstance(value, list):
        assert list(node.children) == list(range(len(value)))
    else:
        assert not node.children
    return 1 + sum(tally(below, value[step]) for step, below in node.children.items())


def typed(value: Value) -> Value:
    """Values as PyYAML's own untyped loader gives them: what is not there is an empty text."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    return [typed(one) for one in value] if isinstance(value, list) else value or ""


def test_values_and_places_are_read_alike_and_as_another_loader_reads_them() -> None:
    """Values come from one reading, places and refusals from another: what one takes, the other takes."""
    records = [path.read_text() for path in sorted(SAMPLE.rglob("*.yaml"))]
    noise, read_alike, refused_alike = random.Random(20261130), 0, 0
    signs = [
        "&a ",
        "*a",
        "!!str ",
        "<<: {}",
        "---\n",
        "? ",
        "- ",
        "[",
        "}",
        "\n",
        ": ",
        '"',
        "'",
        "#",
        "\\u200b",
        "k: ",
    ]
    for text in records + [noise.choice(records) for _ in range(2_000)]:
        changed = text
        for _ in range(noise.randrange(3) if read_alike >= len(records) else 0):
            at = noise.randrange(len(changed))
            changed = changed[:at] + noise.choice(signs) + changed[at + noise.randrange(3) :]
        try:
            data = values(changed)
        except Unusual:
            with pytest.raises(Unreadable):
                places("r.yaml", changed, 0)
            refused_alike += 1
            continue
        assert tally(places("r.yaml", changed, 0), data)
        assert typed(data) == typed(yaml.load(changed, Loader=yaml.CBaseLoader))  # it builds text only
        read_alike += 1
    assert read_alike > 500
    assert refused_alike > 500


@pytest.mark.parametrize("path", ["r.yaml", "r.md"])
@pytest.mark.parametrize("joined", ["", "\\\n    "])
def test_a_word_that_no_line_can_hold_is_refused(path: str, joined: str) -> None:
    def written(word: str) -> bytes:
        text = f'a: "{word}"\n'
        return (f"---\n{text}---\n" if path.endswith(".md") else text).encode()

    half = "é" * (LONGEST // 2)
    assert parse(path, written(f"{half} {joined}{half}")).data == {"a": f"{half} {half}"}
    assert refused(written(f"{half}{joined}{half}xxxx"), path).rule == "unsafe-yaml"
    assert parse(path, written("日本" * LONGEST)).data == {"a": "日本" * LONGEST}
