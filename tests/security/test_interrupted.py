"""R1 and R2: whatever ends a command half-way, what was good stays whole, and the next run completes it."""

import os
import random
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from release_portal import site as site_module
from release_portal.assess import all_rules
from release_portal.audit import package as package_module
from release_portal.audit import seal as seal_module
from release_portal.audit.report import installed
from release_portal.failure import Failure
from release_portal.imports._importing import importers
from release_portal.publish import publication
from tests.conftest import ROOT, copy_base, copy_sample
from tests.security.faults import Act, Command, Ended, full, struck
from tests.security.scorecard import SEED

Told = Callable[[str, object], None]
Files = dict[str, bytes]
POINTS = int(os.environ.get("FAULT_POINTS", "12"))
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
CODES = {signal.SIGKILL: -signal.SIGKILL, signal.SIGTERM: 143, signal.SIGINT: 130}
AS_OF = {"SOURCE_DATE_EPOCH": "1795521000", "NO_MKDOCS_2_WARNING": "1"}
_INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


@dataclass
class Deed:
    """A command, what it is about, and how to bring back what was there before. `whole`: all files change at once."""

    command: Command
    target: Path
    again: Callable[[], object]
    whole: bool

    def found(self) -> Files:
        """What is there now, but for drafts, and for instants that tell when it was written."""
        paths = [self.target] if self.target.is_file() else sorted(self.target.rglob("*"))
        return {
            path.relative_to(self.target).as_posix(): _INSTANT.sub(b"", path.read_bytes())
            for path in paths
            if path.is_file() and not path.name.endswith(".draft")
        }

    def differing(self, old: Files, new: Files) -> list[str]:
        """Paths of what is neither."""
        found = self.found()
        return sorted(
            path for path in {*found, *old, *new} if found.get(path) not in (old.get(path), new.get(path))
        )

    def corrupt(self, old: Files, new: Files) -> bool:
        """Whether something is neither as before nor as it was to be."""
        found = self.found()
        if self.whole:
            return found not in (old, new)
        return not set(old) <= set(found) <= {*old, *new} or any(
            content not in (old.get(path), new.get(path)) for path, content in found.items()
        )


def build(folder: Path) -> Deed:
    """A build after an edit, over the site of before."""
    root = copy_base(folder / "portal")
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("# Releases\n")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    config = (ROOT / "mkdocs.yml").read_text()
    (root / "mkdocs.yml").write_text(re.sub(r"(?ms)^nav:.*?(?=^\S|\Z)", "", config))
    scope = root / "releases/1.0.0/01-plan/scope.md"
    texts = [scope.read_text(), f"{scope.read_text()}\nOne more line.\n"]
    command = Command(("build", "--no-search", "--jobs", "1"), root, environment=AS_OF)
    assert command().code == 0
    shutil.copytree(root / "site", folder / "old")

    def again() -> None:
        scope.write_text(texts[1])
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.copytree(folder / "old", root / "site")
        os.utime(scope)

    return Deed(command, root / "site", again, whole=True)


def package(folder: Path) -> Deed:
    """A package over the one of before."""
    target = folder / "out.zip"
    arguments = (
        "package",
        "1.0.0",
        "-o",
        str(target),
        "--force",
        "--as-of",
        "2026-03-03",
        "--report",
        "html",
    )
    return Deed(
        Command(arguments, copy_base(folder / "portal")),
        target,
        lambda: target.write_bytes(b"the package of before"),
        whole=True,
    )


def record(folder: Path) -> Deed:
    """An import into a release: a copy of a report, and a record."""
    root = copy_sample(folder / "portal")
    for one in (root / "releases").iterdir():
        if one.name != "2.6.0":
            shutil.rmtree(one)
    report = folder / "junit-security.xml"
    report.write_text(
        '<testsuites><testsuite name="s"><testcase classname="a" name="b"/></testsuite></testsuites>'
    )
    target = root / "releases"
    shutil.copytree(target, folder / "old")

    def again() -> None:
        shutil.rmtree(target)
        shutil.copytree(folder / "old", target)

    command = Command(("import", "junit", "2.6.0", str(report), "--set", "area=security"), root)
    return Deed(command, target, again, whole=False)


def seal(folder: Path) -> Deed:
    """A seal on a release that is closed."""
    root = copy_base(folder / "portal")
    target = root / "releases/1.0.0"
    facts = target / "release.yaml"
    closed = "phase: closed\nclosed_at: 2026-03-02T20:00:00Z"
    facts.write_text(facts.read_text().replace("phase: ship", closed))
    command = Command(("seal", "1.0.0", "--as", "ana.silva"), root)
    return Deed(command, target, lambda: (target / "seal.yaml").unlink(missing_ok=True), whole=False)


DEEDS = {"build": build, "package": package, "import": record, "seal": seal}


@pytest.fixture(scope="module")
def imported() -> None:
    """What the commands import: once, here, instead of in each fork."""
    all_rules()
    importers()
    installed()
    assert all(module.__name__ for module in (package_module, seal_module, site_module))


@pytest.fixture(params=DEEDS)
def deed(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported: None
) -> Deed:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return DEEDS[request.param](tmp_path)


def bounds(deed: Deed) -> tuple[Files, Files, int]:
    """What was there before, what is to be, and at how many points the command can be struck."""
    deed.again()
    assert deed.command().code == 0  # from now on, what is kept from run to run is the same in each
    deed.again()
    old = deed.found()
    done = deed.command()
    assert done.code == 0, done.said
    new = deed.found()
    assert new != old
    return old, new, done.points


def clean(done: Ended) -> None:
    """No word of ours about ourselves."""
    assert "Traceback" not in done.said, done.said
    assert "internal error" not in done.said, done.said


def completes(deed: Deed, new: Files) -> None:
    """The next run, undisturbed, gives what was to be and leaves no draft."""
    done = deed.command()
    assert done.code in {0, 2 if "sealed already" in done.said else 0}, done.said
    assert deed.found() == new
    around = deed.target.parent if deed.whole else deed.target
    assert list(around.rglob("*.draft")) == []
    assert not (deed.target.parent / ".site.build/new").exists()


def test_what_is_ended_half_way_leaves_all_whole(deed: Deed, record_property: Told) -> None:
    old, new, points = bounds(deed)
    chance, ended, times = (
        random.Random(SEED),
        0,
        POINTS if deed.target.is_dir() and deed.whole else POINTS // 2,
    )
    for number in range(times):
        by, point = SIGNALS[number % 3], chance.randint(1, points)
        deed.again()
        done = deed.command(struck(point, by))
        clean(done)
        assert done.code in {0, CODES[by]}, done.said
        ended += done.code != 0
        assert not deed.corrupt(old, new), (by, point, points, deed.differing(old, new))
    completes(deed, new)
    assert ended > times // 2
    record_property("commands ended half-way, none corrupt", ended)


def test_a_disk_that_is_full_costs_nothing_that_was_there(deed: Deed, record_property: Told) -> None:
    old, new, points = bounds(deed)
    chance, refused = random.Random(SEED + 1), 0
    faults: list[tuple[Act | None, int]] = [
        (full(chance.randint(1, points), for_good=bool(number % 2)), 0) for number in range(POINTS // 4)
    ]
    faults += [(None, size) for size in (1, 20_000)[: POINTS // 6]]
    for act, largest in faults:
        deed.again()
        done = deed.command(act, largest=largest)
        clean(done)
        assert done.code in {0, 2}, done.said
        refused += done.code != 0
        assert not deed.corrupt(old, new), (act, largest, done, deed.differing(old, new))
        assert done.code == 0 or re.search(
            "No space left|too large|cannot|could not|failed|Error", done.said
        ), done.said
    completes(deed, new)
    record_property("write failures, none corrupt", len(faults))
    record_property("write failures that ended the command, with a message", refused)


def test_the_oracle_lights_up_on_a_site_that_is_written_in_place(
    tmp_path: Path, record_property: Told
) -> None:
    folders = [tmp_path / name for name in ("first", "second")]
    for number, folder in enumerate(folders):
        for page in range(20):
            (folder / f"{page}").mkdir(parents=True)
            (folder / f"{page}/index.html").write_text(f"{number}")
    (tmp_path / "portal").mkdir()
    target = tmp_path / "site"

    def again() -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folders[0], target)

    command = Command(
        (), tmp_path / "portal", lambda: shutil.copytree(folders[1], target, dirs_exist_ok=True)
    )
    naive = Deed(command, target, again, whole=True)
    old, new, points = bounds(naive)
    chance, corrupt = random.Random(SEED), 0
    for _ in range(POINTS):
        again()
        command(struck(chance.randint(2, points), signal.SIGKILL))
        corrupt += naive.corrupt(old, new)
    assert corrupt > POINTS // 2
    record_property("control: in-place copies ended half-way that were corrupt", corrupt)


def test_a_package_that_stands_is_the_package(tmp_path: Path) -> None:
    """What the oracle takes for whole is a whole archive."""
    made = package(tmp_path)
    assert made.command().code == 0
    with zipfile.ZipFile(made.target) as archive:
        assert archive.testzip() is None


def test_a_really_full_disk_is_told_and_the_old_site_stands(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is for root to do")
    try:
        with publication(disk / "site") as draft:
            for name in ("404.html", "sitemap.xml", "index.html"):
                (draft / name).write_text("old")
        with pytest.raises((OSError, Failure), match="No space left"), publication(disk / "site") as draft:
            (draft / "large.html").write_bytes(bytes(1 << 20))
        assert (disk / "site/index.html").read_text() == "old"
        assert not (disk / ".site.build/new").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
