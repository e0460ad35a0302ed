"""What all tests share: copies of the small portal and of the sample, and the command line."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from release_portal.assess import all_rules
from release_portal.site import build
from tests.edits import AS_OF
from tests.running import Run, run
from tests.security.scorecard import scorecard
from tests.tally import tally

ROOT = Path(__file__).parents[1]
RECORDS = ("mkdocs.yml", "release-process.md", "roster", "releases")  # what is judged
SAMPLE = (*RECORDS, "docs", "overrides")  # what is built
_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30  # bytes that a run takes at most, with some to spare
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_MACOS = "/Applications/Chromium.app/Contents/MacOS/Chromium"
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _in_memory() -> bool:
    """Whether there is a folder in memory that is large enough and runs programs, as a folder on disk does."""
    if not os.access(_MEMORY, os.W_OK):
        return False
    found = os.statvfs(_MEMORY)
    return found.f_bavail * found.f_frsize > _ROOM and not found.f_flag & os.ST_NOEXEC


# Where programs may not keep what they compiled, each of a thousand runs of the command line compiles it all again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if _in_memory():  # tests make and delete some 100,000 files: a third of the time, on a disk
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def copy_base(target: Path) -> Path:
    """Copy the small portal in tests/base/."""
    return Path(shutil.copytree(ROOT / "tests/base", target))


def copy_sample(target: Path, names: tuple[str, ...] = SAMPLE) -> Path:
    """Copy the sample at the repository's root, or a part of it."""
    target.mkdir()
    for name in names:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, target / name)
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window; one for a process, since Playwright starts but once in one."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), _MACOS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """The demo with its real history, made once: look, do not touch; and what making it said."""
    folder = tmp_path_factory.mktemp("demo")
    made = run("init", "--demo", "portal", cwd=folder)
    return folder / "portal", made


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's portal, built once: look, do not touch."""
    folder = tmp_path_factory.mktemp("portal")
    build(copy_sample(folder / "sample") / "mkdocs.yml", folder / "site")
    return folder / "site"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the small portal."""
    return copy_base(tmp_path / "portal")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample."""
    return copy_sample(tmp_path / "sample")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files count as settled at once, so that signatures are trusted from the first build on."""
    monkeypatch.setattr("release_portal.signature._SETTLED", -(10**12))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(AS_OF.timestamp())))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of a whole run what it showed about the rules."""
    red = [*terminalreporter.getreports("failed"), *terminalreporter.getreports("error")]
    line = tally([rule.name for rule in all_rules()], terminalreporter.getreports("passed"), red)
    if line:
        terminalreporter.write_line(line)
    card = scorecard(terminalreporter.getreports("passed"), red)
    if card:
        terminalreporter.write_line(card)
