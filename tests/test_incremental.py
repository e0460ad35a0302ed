"""What is kept from build to build: after any edits the site is what a build from nothing gives, byte for byte."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from release_portal import book, site
from release_portal.assess import assess
from release_portal.cache import Cache
from release_portal.downloads import downloads
from release_portal.load import record_types
from release_portal.settings import read
from release_portal.shelf import Shelf
from release_portal.shell import MaterialShell
from release_portal.units import Period, Units
from tests.conftest import Run, copy_sample
from tests.edits import AS_OF, OF_HISTORY, OF_RECORDS, Edit, git, some

pytestmark = pytest.mark.usefixtures("settled")
SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "12"))
GROUPS = 4


# The pages of releases


def from_nothing(root: Path) -> dict[str, bytes]:
    """Every file of every release's pages, made from the whole portal."""
    assessment = assess(root, read(root / "mkdocs.yml"), AS_OF)
    shell = MaterialShell.from_config_file(root / "mkdocs.yml", AS_OF, ())
    evidence = {}
    for release in assessment.portal.releases:
        for name, write in downloads(root, release):
            write(os.fspath(root / "copy"))
            evidence[name] = (root / "copy").read_bytes()
            (root / "copy").unlink()
    return evidence | {
        name: content
        for release in assessment.portal.releases
        for page, html in shell.release(release.version, book._release_pages(assessment, release))
        for name, content in (
            (page.file, html.encode()),
            *((f"{page.uri}{n}", t.encode()) for n, t in page.files),
        )
    }


def from_what_is_kept(root: Path, kept: Path) -> tuple[dict[str, bytes], int]:
    """The same by way of what earlier builds kept; and how many releases had to be made."""
    shelf = Shelf(root, Cache(kept / "releases"), record_types())
    assessment = assess(root, read(root / "mkdocs.yml"), AS_OF, shelf=shelf)
    shelf.keep(1)
    shell = MaterialShell.from_config_file(root / "mkdocs.yml", AS_OF, ())
    part, found, made = book.Book(assessment, shell, root), {}, 0
    with Units.of(kept / "site") as units:
        for release in assessment.portal.releases:
            unit = units.find(release.version, part.key(release.version), AS_OF)
            made += unit is None
            unit = unit or part.make(release.version, units)
            found |= dict(units.content(unit))
    return found, made


def repeat(
    prepare: Callable[[Path], object], edits: dict[Edit, int], sequences: range, room: Path
) -> Iterator[tuple[int, list[Edit], Path, Path]]:
    """Edit portals twice each, one for every seed; gives what was done, the portal and what was kept of it."""
    for seed in sequences:
        chance, root, kept = random.Random(seed), room / f"{seed}/portal", room / f"{seed}/kept"
        root.parent.mkdir(parents=True)
        prepare(root)
        from_what_is_kept(root, kept)
        for _ in range(2):
            done = some(edits, chance)
            for edit in done:
                edit(root, chance)
            yield seed, done, root, kept
        shutil.rmtree(room / str(seed))


@pytest.mark.parametrize("group", range(GROUPS))
def test_after_any_edits_the_pages_are_those_of_a_build_from_nothing(group: int, tmp_path: Path) -> None:
    reused = 0
    for seed, edits, root, kept in repeat(copy_sample, OF_RECORDS, range(group, SEQUENCES, GROUPS), tmp_path):
        found, made = from_what_is_kept(root, kept)
        expected = from_nothing(root)
        assert found.keys() == expected.keys(), (seed, edits)
        assert [name for name in found if found[name] != expected[name]] == [], (seed, edits)
        reused += len({name.split("/")[1] for name in found}) - made
    assert reused > 0


@pytest.fixture
def with_history(demo: tuple[Path, Run]) -> Callable[[Path], object]:
    """Puts a portal with its history, and with that of its product, into a folder."""
    return lambda root: shutil.copytree(demo[0], root, symlinks=True)


def knowing_nothing(root: Path) -> dict[str, bytes]:
    """The pages from nothing, with nothing kept of what git said either."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        return from_nothing(root)


def test_after_any_edits_of_history_they_are_too(
    with_history: Callable[[Path], object], tmp_path: Path
) -> None:
    """Tags of the product are moved and records committed: what git said before is extended, and checked."""
    sequences = range(-(-SEQUENCES // 4))
    for seed, edits, root, kept in repeat(with_history, OF_HISTORY, sequences, tmp_path):
        found, _ = from_what_is_kept(root, kept)
        expected = knowing_nothing(root)
        assert found.keys() == expected.keys(), (seed, edits)
        assert [name for name in found if found[name] != expected[name]] == [], (seed, edits)


def test_a_tag_that_was_moved_reaches_the_pages(
    with_history: Callable[[Path], object], tmp_path: Path
) -> None:
    root, kept = tmp_path / "portal", tmp_path / "kept"
    with_history(root)
    before, _ = from_what_is_kept(root, kept)
    git(root / "repositories/platform", "tag", "-f", "-a", "-m", "Moved", "v2.4.1", "v2.4.0^{commit}")
    found, _ = from_what_is_kept(root, kept)

    assert found == knowing_nothing(root)
    assert found["releases/2.4.1/index.html"] != before["releases/2.4.1/index.html"]


# The whole site


def whole(folder: Path) -> dict[str, bytes]:
    """Every file of a site but those that Pagefind names by itself."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not re.match(r"search/\d+/", name)}


def test_one_edited_record_leaves_every_other_page_the_same_file(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "portal")
    site.build(root / "mkdocs.yml", search=False)
    before = {path: path.stat().st_ino for path in (root / "site").rglob("*") if path.is_file()}
    path = root / "releases/2.6.0/01-planning/scope.md"
    path.write_text(path.read_text() + "\nAnother line.\n")
    summary = site.build(root / "mkdocs.yml", search=False)
    after = {path: path.stat().st_ino for path in (root / "site").rglob("*") if path.is_file()}

    changed = {
        path.relative_to(root / "site").as_posix()
        for path, number in after.items()
        if before.get(path) != number
    }
    assert summary.written.made == len(
        [name for name in whole(root / "site") if re.match(r"releases/2\.6\.0/.*html$", name)]
    )
    assert any(name.startswith("releases/2.6.0/") for name in changed)
    older = [name for name in changed if re.match(r"releases/2\.[45]\.\d/", name)]
    assert not older
    assert not any(name.startswith(("assets/", "guide/", "records/")) for name in changed)


# Damage


def damages(path: Path, other: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """What can happen to a file of the cache."""
    content = path.read_bytes()
    yield "empty", lambda: path.write_bytes(b"")
    yield "cut short", lambda: path.write_bytes(content[: len(content) // 2])
    yield "one bit", lambda: path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    yield "zeros", lambda: path.write_bytes(bytes(len(content)))
    yield "another's", lambda: path.write_bytes(other.read_bytes())
    yield "gone", path.unlink
    yield "a folder", lambda: (path.unlink(), path.mkdir())


DAMAGES = 7


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, bytes]]:
    """A portal of one release, what a build of it keeps, and its pages."""
    folder = tmp_path_factory.mktemp("built")
    root = copy_sample(folder / "portal")
    for version in ("2.4.1", "2.5.0", "2.6.0"):
        shutil.rmtree(root / "releases" / version)
    expected, _ = from_what_is_kept(root, folder / "kept")
    return root, folder / "kept", expected


def whole_or_noticed(kept: Path, key: str, expected: dict[str, bytes]) -> bool:
    """Whether a damaged part is given whole, or not at all and with a note."""
    with Units.of(kept / "site") as units:
        unit = units.find("2.4.0", key, AS_OF)
        good = dict(units.content(unit)) == expected if unit else bool(units.notes)
        units.put("2.4.0", key, Period(AS_OF), expected.items())
        again = units.find("2.4.0", key, AS_OF)
        return good and again is not None and dict(units.content(again)) == expected


@pytest.mark.parametrize("kind", range(DAMAGES))
def test_no_damaged_file_is_ever_given(
    kind: int, built: tuple[Path, Path, dict[str, bytes]], tmp_path: Path
) -> None:
    _, whole_, expected = built
    with Units.of(whole_ / "site") as units:
        kept_unit = units.kept("2.4.0")
        assert kept_unit
    files = sorted(path for path in (whole_ / "site").rglob("*") if path.is_file() and path.name != "lock")
    assert len(files) > 15
    for number, path in enumerate(files):
        kept = tmp_path / str(number)
        shutil.copytree(whole_, kept)
        damaged = kept / path.relative_to(whole_)
        name, harm = list(damages(damaged, kept / files[number - 1].relative_to(whole_)))[kind]
        harm()
        listed = name == "gone" and path.suffix == ".json" and path.parent.name == "lists"
        assert listed or whole_or_noticed(kept, kept_unit.key, expected), (name, path)


@pytest.mark.parametrize("kind", range(DAMAGES))
@pytest.mark.parametrize(
    "file", ["releases/2.4.0.release", "site/lists/2.4.0.json", "site/parts/2.4.0/releases/2.4.0/index.html"]
)
def test_a_build_with_damage_gives_the_same_pages(
    file: str, kind: int, built: tuple[Path, Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root, whole_, expected = built
    kept = tmp_path / "kept"
    shutil.copytree(whole_, kept)
    other = kept / "site/parts/2.4.0/releases/2.4.0/notes/index.html"
    list(damages(kept / file, other))[kind][1]()

    assert from_what_is_kept(root, kept)[0] == expected


def test_the_pages_of_another_release_are_not_taken(tmp_path: Path) -> None:
    with Units.of(tmp_path) as units:
        for name in ("1.0.0", "2.0.0"):
            units.put(name, "key", Period(AS_OF), [(f"releases/{name}/index.html", name.encode())])
    shutil.copyfile(tmp_path / "lists/1.0.0.json", tmp_path / "lists/2.0.0.json")
    with Units.of(tmp_path) as units:
        assert units.find("1.0.0", "key", AS_OF)
        assert units.find("2.0.0", "key", AS_OF) is None
        assert units.notes


def test_damage_is_told_in_a_note(tmp_path: Path) -> None:
    with Units.of(tmp_path) as units:
        units.put("1.0.0", "key", Period(AS_OF), [("releases/1.0.0/index.html", b"page")])
    (tmp_path / "parts/1.0.0/releases/1.0.0/index.html").write_bytes(b"else")
    with Units.of(tmp_path) as units:
        assert units.find("1.0.0", "key", AS_OF) is None
        assert units.notes == ("kept page releases/1.0.0/index.html is damaged and was made again",)


def test_what_is_kept_holds_for_its_time_and_key_only(tmp_path: Path) -> None:
    with Units.of(tmp_path) as units:
        units.put("1.0.0", "key", Period(AS_OF, AS_OF + timedelta(days=1)), [("a", b"1")])
        assert units.find("1.0.0", "key", AS_OF + timedelta(hours=23))
        assert units.find("1.0.0", "key", AS_OF + timedelta(days=1)) is None
        assert units.find("1.0.0", "key", AS_OF - timedelta(hours=1)) is None
        assert units.find("1.0.0", "other", AS_OF) is None


def test_a_list_that_leads_outside_is_refused(tmp_path: Path) -> None:
    with Units.of(tmp_path) as units:
        units._lists.save_json(
            "1.0.0.json",
            {
                "name": "1.0.0",
                "key": "key",
                "since": AS_OF.isoformat(),
                "until": None,
                "files": {"../x": ["", 0, 0, 0]},
            },
        )
        assert units.kept("1.0.0") is None
        assert units.notes


def test_kept_releases_are_values_and_nothing_that_runs(tmp_path: Path) -> None:
    root, mark = copy_sample(tmp_path / "portal"), tmp_path / "PWNED"
    cache = Cache(tmp_path / "kept")
    shelf = Shelf(root, cache, record_types())
    assess(root, read(root / "mkdocs.yml"), AS_OF, shelf=shelf)
    shelf.keep(1)
    head, _, _ = (cache.load("2.4.0.release") or b"").partition(b"\n")
    attack = b"cos\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR."
    cache.save("2.4.0.release", head + b"\n" + attack)
    again = Shelf(root, cache, record_types())
    assessment = assess(root, read(root / "mkdocs.yml"), AS_OF, shelf=again)

    assert not mark.exists()
    assert assessment.findings == assess(root, read(root / "mkdocs.yml"), AS_OF).findings
    assert any("2.4.0" in note for note in cache.notes)
