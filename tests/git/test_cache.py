"""A cache is only ever a speed-up: whatever is done to its files, the answers stay the same."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from release_portal import digest
from release_portal.git import Cache
from tests.git.conftest import Maker
from tests.git.test_history import facts


def truncate(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flip(content: bytes) -> bytes:
    at = len(content) * 2 // 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def zero(content: bytes) -> bytes:
    return bytes(len(content))


def empty(content: bytes) -> bytes:
    return b""


def unseal(content: bytes) -> bytes:
    return content.partition(b"\n")[2]


def sealed(content: bytes) -> bytes:
    return digest.of_bytes(content).encode() + b"\n" + content


def age(content: bytes) -> bytes:
    _, _, text = content.partition(b"\n")
    return sealed(text.replace(b'"format":1', b'"format":0').replace(b'"format": 1', b'"format": 0'))


def blank(content: bytes) -> bytes:
    return sealed(b'{"format":1}')


def filled(repo: Maker, folder: Path) -> object:
    for number in range(4):
        repo.commit(f"{number}", **{f"releases/{number}": "x"})
        repo.tag(f"v1.{number}.0")
        repo.open().history("v{version}", Cache(folder))
        repo.open().files(("releases",), Cache(folder))
    return whole(repo, None)


def whole(repo: Maker, cache: Cache | None) -> object:
    opened = repo.open()
    files = opened.files(("releases",), cache)
    return facts(opened, cache), {path: files.of(path) for path in files.paths}


@pytest.mark.parametrize("damage", [truncate, flip, zero, empty, unseal, age, blank])
def test_each_file_damaged_in_turn_is_passed_over(
    repo: Maker, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path / "cache"
    expected = filled(repo, folder)
    originals = {file: file.read_bytes() for file in folder.iterdir()}
    assert len(originals) >= 6
    for file, content in originals.items():
        for other, original in originals.items():
            other.write_bytes(original)
        file.write_bytes(damage(content))
        cache = Cache(folder)
        assert whole(repo, cache) == expected, file.name
        assert file.suffix == ".txt" or damage(content) == content or cache.notes, file.name


def test_files_swapped_with_each_other_are_noticed(repo: Maker, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    expected = filled(repo, folder)
    files = sorted(folder.iterdir())
    originals = {file: file.read_bytes() for file in files}
    for one in files:
        for other in files:
            for file, content in originals.items():
                file.write_bytes(content)
            one.write_bytes(originals[other])
            if one.name.startswith("text-") and other.name.startswith("text-"):
                continue  # both are whole and of this repository: see the next test
            assert whole(repo, Cache(folder)) == expected, (one.name, other.name)


def test_texts_of_other_commits_are_noticed(repo: Maker, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    expected = filled(repo, folder)
    one, other = sorted(folder.glob("text-*"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert whole(repo, Cache(folder)) == expected
    log = repo.open().history("v{version}", Cache(folder)).log
    assert [commit.id for commit in log.commits(log.ids)] == list(log.ids)


def test_a_folder_that_cannot_be_written_costs_the_speed_up_only(repo: Maker, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    expected = filled(repo, tmp_path / "other")
    cache = Cache(tmp_path / "cache")
    assert whole(repo, cache) == expected
    assert cache.notes


def test_only_whole_files_are_left_behind(repo: Maker, tmp_path: Path) -> None:
    filled(repo, tmp_path / "cache")
    for file in (tmp_path / "cache").iterdir():
        assert not file.name.startswith(".new-")
        seal, _, content = file.read_bytes().partition(b"\n")
        assert seal.decode() == digest.of_bytes(content)
        assert file.suffix != ".json" or json.loads(content)["format"] == 1


def test_other_files_in_the_folder_are_left_alone(repo: Maker, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    for name in ("text-mine.txt", "README", "graph-1.bin"):
        (tmp_path / "cache" / name).write_text("mine")
    filled(repo, tmp_path / "cache")
    assert {"text-mine.txt", "README", "graph-1.bin"} <= set(os.listdir(tmp_path / "cache"))


def test_a_folder_that_a_pull_request_can_bring_along_is_told(repo: Maker, tmp_path: Path) -> None:
    repo.commit(**{".cache/git/log.json": "forged", "readme": "x"})
    opened = repo.open()
    assert opened.tracks(repo.path / ".cache/git")
    assert opened.tracks(repo.path / ".cache")
    assert not opened.tracks(repo.path / ".other")
    assert not opened.tracks(tmp_path / "outside")
