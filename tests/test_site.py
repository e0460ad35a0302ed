"""The site: what a build makes of records and docs, and publishing that survives what goes wrong."""

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from release_portal import book, site
from release_portal.assess import assess
from release_portal.failure import Failure, Misconfigured
from release_portal.making import Refused
from release_portal.pages._production import in_production, next_after
from release_portal.portal import Portal
from release_portal.publish import publication
from release_portal.settings import read
from release_portal.shell import MaterialShell
from tests.conftest import run

ROOT = Path(__file__).parents[1]
CONFIG = "mkdocs.yml"
AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}
BEGIN = "import sys; from pathlib import Path; from release_portal import site; "
BUILD = (
    f"{BEGIN} from release_portal.making import Manner; "
    "site.build(Path(sys.argv[1], 'mkdocs.yml'), manner=Manner(int(sys.argv[2])))"
)


@pytest.fixture
def portal(base: Path) -> Path:
    """The small portal with the theme, configuration and docs of this repository."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, base / name)
    shutil.copyfile(ROOT / CONFIG, base / CONFIG)
    return base


def start_build(
    root: Path, *, jobs: int = 1, umask: int = 0o022, **environment: str
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, str(root), str(jobs)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**ENVIRONMENT, **environment}, umask=umask, **quiet)


def add_release(portal: Path, version: str, **changes: str) -> Path:
    """Another release, in its first phase, with some lines of its release.yaml changed."""
    folder = portal / "releases" / version
    folder.mkdir()
    text = (portal / "releases/1.0.0/release.yaml").read_text().replace("1.0.0", version)
    for key, value in {"phase": "plan", **changes}.items():
        text = re.sub(rf"^{key}:.*", f"{key}: {value}", text, flags=re.MULTILINE)
    (folder / "release.yaml").write_text(text)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def leftovers(root: Path) -> set[str]:
    return {path.name for path in (root / ".site.build").iterdir()} - {"lock", ".gitignore"}


# The site


def test_a_build_is_the_same_as_the_shell_alone(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", ENVIRONMENT["SOURCE_DATE_EPOCH"])
    summary = site.build(portal / CONFIG)

    assessment = assess(portal, read(portal / CONFIG), AS_OF)
    alone = MaterialShell.from_config_file(portal / CONFIG, AS_OF, book.portal_pages(assessment))
    one = assessment.portal.releases[0]
    pages = [*alone.portal(), *alone.release(one.version, book.release_pages(assessment, one))]
    assert summary.written.pages == len(pages) > 20
    for page, html in pages:
        assert (portal / "site" / page.file).read_text(encoding="utf-8") == html
    assert set(summary.seconds) == {"assess", "pages", "search", "docs", "publish"}


def test_versions_go_from_newest_to_oldest(portal: Path) -> None:
    for version in ("1.10.0", "1.9.0", "1.10.0-rc.1"):
        add_release(portal, version)
    site.build(portal / CONFIG)

    listing = json.loads((portal / "site/releases/versions.json").read_text())
    assert [one["version"] for one in listing] == ["1.10.0", "1.10.0-rc.1", "1.9.0", "1.0.0"]
    expected = {"phase": "ship", "type": "standard", "date": "2026-03-02"}
    assert listing[-1] == {
        "version": "1.0.0",
        "title": "1.0.0 First release",
        "aliases": ["latest", "production"],
        "properties": expected,
    }


def test_text_of_records_is_no_markdown_and_no_template_on_docs_pages(portal: Path) -> None:
    path = portal / "releases/1.0.0/release.yaml"
    title = r'"<b>x</b> {{ 7 * 191 }}\n\n``` { .x onclick=alert(1) }\ncode\n```\n\n# Heading"'
    path.write_text(path.read_text().replace("First release", title))
    site.build(portal / CONFIG)

    home = (portal / "site/index.html").read_text()
    assert "{{ 7 * 191 }}" in home
    assert "1337" not in home
    assert "&lt;b&gt;x&lt;/b&gt;" in home
    assert not re.search(r"<[^>]*onclick", home)


def test_links_to_generated_pages_are_relative_and_checked(portal: Path) -> None:
    page = portal / "docs/guide/index.md"
    page.write_text("# Guide\n\n[Release](portal:releases/1.0.0/#plan) and [home](portal:)\n")
    site.build(portal / CONFIG, strict=False)
    assert 'href="../releases/1.0.0/#plan"' in (portal / "site/guide/index.html").read_text()

    page.write_text("# Guide\n\n[Release](portal:releases/9.9.9/)\n")
    done = mkdocs("build", "--strict", cwd=portal)
    assert done.returncode == 1
    assert "guide/index.md: nothing is made from the records at 'releases/9.9.9/'" in done.stderr


def mkdocs(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_mkdocs_builds_from_elsewhere_and_in_strict_mode(portal: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = mkdocs("build", "--strict", "-f", "../portal/mkdocs.yml", cwd=elsewhere)

    assert done.returncode == 0, done.stderr
    assert (portal / "site/releases/1.0.0/index.html").is_file()


def test_the_command_line_does_not_import_mkdocs() -> None:
    code = (
        "import sys, release_portal.cli; sys.exit(len({'mkdocs', 'material', 'markdown'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_code_beside_the_configuration_is_never_run(portal: Path) -> None:
    (portal / "main.py").write_text("open('ran', 'w')\ndef define_env(env): pass\n")

    with pytest.raises(Misconfigured, match=r"main\.py"):
        site.build(portal / CONFIG)
    assert not (portal / "ran").exists()


# What docs pages call


def home_of(portal: Path) -> str:
    site.build(portal / CONFIG)
    return (portal / "site/index.html").read_text()


def deploy(portal: Path, version: str, day: str, outcome: str = "succeeded") -> None:
    text = (portal / "releases/1.0.0/03-ship/deployments.yaml").read_text()
    text = text.replace("1.0.0", version).replace("2026-03-02", day).replace("succeeded", outcome)
    (portal / "releases" / version / "03-ship").mkdir(exist_ok=True)
    (portal / "releases" / version / "03-ship/deployments.yaml").write_text(text)


def assessed(portal: Path) -> Portal:
    return assess(portal, read(portal / CONFIG), AS_OF).portal


def running(portal: Path) -> str:
    found = in_production(assessed(portal))
    return found.release.version if found else ""


def coming(portal: Path) -> str:
    found = next_after(assessed(portal))
    return found.version if found else ""


def test_production_runs_what_was_deployed_last(base: Path) -> None:
    assert (running(base), coming(base)) == ("1.0.0", "")
    for version, day in {"1.1.0": "2026-04-01", "1.2.0": "2026-05-01", "1.3.0": "2027-01-01"}.items():
        add_release(base, version)
        deploy(base, version, day)

    assert (running(base), coming(base)) == ("1.2.0", "1.3.0")
    deploy(base, "1.2.0", "2026-05-01", "rolled-back")
    assert (running(base), coming(base)) == ("1.1.0", "1.2.0")
    deploy(base, "1.0.0", "2026-06-01")
    assert running(base) == "1.0.0"


def test_the_next_release_is_the_oldest_one_that_is_still_to_come(base: Path) -> None:
    add_release(base, "1.10.0")
    add_release(base, "1.2.0")
    add_release(base, "0.9.0")
    add_release(base, "1.1.0", phase="withdrawn")

    assert coming(base) == "1.2.0"


def test_home_tells_what_runs_and_what_comes(portal: Path) -> None:
    add_release(portal, "1.1.0", title="Second release")
    home = home_of(portal)

    for version, title in {"1.0.0": "First release", "1.1.0": "Second release"}.items():
        link = f'<a href="releases/{version}/"><span class="rp-version">{version}</span> {title}</a>'
        assert f'<p class="rp-card__title">{link}</p>' in home
    assert '<a class="rp-button rp-button--primary" href="runbooks/">Runbooks</a>' in home


def test_a_release_that_is_not_filled_in_yet_comes_all_the_same(tmp_path: Path) -> None:
    """What a team sees that has just run init: nobody says that no release is planned."""
    assert run("init", "fresh", cwd=tmp_path).code == 0
    home = home_of(tmp_path / "fresh")

    card = home.partition('<h2 id="next-release">')[2].partition("</section>")[0]
    assert 'href="releases/1.0.0/"' in card
    assert "Not known yet" in card
    assert "Planning to Compliance" in card
    assert "rp-status--done" not in card
    assert "No release is planned" not in home


def test_home_of_an_empty_portal_says_so(portal: Path) -> None:
    shutil.rmtree(portal / "releases")
    home = home_of(portal)

    for words in ("Nothing is in production", "No release is planned", "No releases yet", "No open actions"):
        assert words in home


# Publishing


def break_macro(root: Path) -> None:
    (root / "docs/guide/index.md").write_text("{{ no_such_macro() }}\n")


def break_theme(root: Path) -> None:
    (root / "overrides/main.html").write_text("{% broken")


def break_configuration(root: Path) -> None:
    text = (root / CONFIG).read_text()
    (root / CONFIG).write_text(text.replace("name: material", "name: no-such-theme"))


def break_record(root: Path) -> None:
    (root / "releases/1.0.0/release.yaml").write_text("version: {")


@pytest.mark.parametrize(
    ("breaks", "error", "words"),
    [
        (break_macro, Failure, "macro"),
        (break_theme, TemplateSyntaxError, "broken"),
        (break_configuration, Failure, "configuration error"),
        (break_record, Refused, "error"),
    ],
)
def test_a_failing_build_leaves_the_old_site(
    portal: Path, breaks: Callable[[Path], None], error: type[Exception], words: str
) -> None:
    site.build(portal / CONFIG)
    before = files(portal / "site")
    breaks(portal)

    with pytest.raises(error, match=words):
        site.build(portal / CONFIG, strict=True)
    assert files(portal / "site") == before
    assert leftovers(portal) == set()


def test_a_killed_build_leaves_the_old_site_and_the_next_one_recovers(portal: Path) -> None:
    site.build(portal / CONFIG)
    before = files(portal / "site")
    (portal / "docs/guide/new.md").write_text("# New page\n")
    for wanted in (".", "404.html", "releases"):
        build = start_build(portal)
        wait_for(portal / ".site.build/new" / wanted, build)
        build.send_signal(signal.SIGKILL)
        build.wait()
        assert files(portal / "site") == before

    site.build(portal / CONFIG)
    assert leftovers(portal) == set()
    assert (portal / "site/guide/new/index.html").is_file()


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists():
        assert process.poll() is None, "the build ended before it could be killed"
        time.sleep(0.002)


def test_two_builds_at_once_end_well(portal: Path) -> None:
    builds = [start_build(portal), start_build(portal, jobs=2)]
    checks = []
    while any(build.poll() is None for build in builds):
        checks.append(run("check", "--format", "json", cwd=portal))
        (portal / "releases/1.0.0/references.yaml").touch()

    assert [build.wait() for build in builds] == [0, 0]
    assert checks
    assert len({(check.code, check.out) for check in checks}) == 1
    assert not any(check.err for check in checks)
    assert (portal / "site/releases/1.0.0/index.html").is_file()
    assert leftovers(portal) == set()


def test_the_same_records_give_the_same_bytes(portal: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(portal, tmp_path / "somewhere else"))
    caches = [str(tmp_path / name) for name in ("one", "two")]  # else one would take the other's pages
    first = start_build(portal, TZ="Asia/Kolkata", PYTHONHASHSEED="1", LC_ALL="C", XDG_CACHE_HOME=caches[0])
    second = start_build(
        other,
        jobs=2,
        umask=0o077,
        TZ="America/New_York",
        PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8",
        XDG_CACHE_HOME=caches[1],
    )
    assert (first.wait(), second.wait()) == (0, 0)

    one, two = files(portal / "site"), files(other / "site")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
    assert [path for path, content in one.items() if str(tmp_path).encode() in content] == []
    packed = (portal / "site/sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    assert gzip.decompress(packed) == one["sitemap.xml"]


def test_a_site_is_dated_by_the_commit(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (portal / CONFIG).write_text((portal / CONFIG).read_text().replace("proof: roster", "proof: commit"))
    who = ["-c", "user.name=Ana Silva", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"]
    at = {**os.environ, "GIT_COMMITTER_DATE": "2026-03-01T10:00:00+0530"}
    subprocess.run(["git", "init", "-q", str(portal)], check=True)
    subprocess.run(["git", "-C", str(portal), "add", "."], check=True)
    subprocess.run(["git", "-C", str(portal), *who, "commit", "-qm", "Begin"], check=True, env=at)
    site.build(portal / CONFIG)

    told = json.loads((portal / "site/site.json").read_text())
    assert told["as_of"] == "2026-03-01T04:30:00Z"
    head = subprocess.run(
        ["git", "-C", str(portal), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    )
    assert told["commit"] == head.stdout.strip()
    built = portal / "site"
    ways = {
        page for name in ("latest", "production", "next") for page in (built / "releases" / name).rglob("*")
    }
    pages = set(built.rglob("*.html")) - ways  # they lead on to pages
    assert len(pages) > 20
    for page in pages:
        html = page.read_text()
        assert "data-rp-as-of" in html, page
        assert "data-rp-commit" in html, page


def folder(path: Path, **contents: str) -> Path:
    path.mkdir(parents=True)
    for name, text in contents.items():
        (path / name.replace("_", ".")).write_text(text)
    return path


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    target = folder(tmp_path / "papers", thesis_txt="years of work")

    with pytest.raises(Misconfigured, match="papers"), publication(target) as draft:
        draft.joinpath("404.html").touch()
    assert (target / "thesis.txt").read_text() == "years of work"


def test_an_old_site_moved_away_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    folder(tmp_path / ".site.build/old", index_html="old")
    folder(tmp_path / ".site.build/new", index_html="half")
    (tmp_path / ".site.build/old/404.html").touch()
    (tmp_path / ".site.build/old/sitemap.xml").touch()

    with suppress(KeyboardInterrupt), publication(tmp_path / "site") as draft:
        assert list(draft.iterdir()) == []
        raise KeyboardInterrupt
    assert (tmp_path / "site/index.html").read_text() == "old"


def test_a_folder_behind_a_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to("www/current")
    with publication(tmp_path / "site") as draft:
        (draft / "index.html").write_text("new")

    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www/current/index.html").read_text() == "new"


# Serving


@pytest.fixture
def served(portal: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-P", "-m", "release_portal", "serve", "--port", str(port)]
    with (portal.parent / "told.log").open("wb") as told:
        server = subprocess.Popen(command, cwd=portal, env=ENVIRONMENT, stderr=told)
    yield f"http://127.0.0.1:{port}/"
    server.terminate()  # an interrupt is ignored where a shell started the tests in the background
    server.wait(timeout=20)


def fetch(address: str, words: str) -> str:
    """The page, once it holds some words."""
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
            html = answer.read().decode()
            if words in html:
                return html
        time.sleep(0.1)
    raise AssertionError(f"{address} never held {words!r}")


def test_a_served_portal_follows_its_records(portal: Path, served: str) -> None:
    assert "First release" in fetch(f"{served}releases/1.0.0/", "First release")

    path = portal / "releases/1.0.0/release.yaml"
    path.write_text(path.read_text().replace("First release", "Renamed release"))
    assert "Renamed release" in fetch(f"{served}releases/1.0.0/", "Renamed release")

    path.write_text("version: {")
    assert fetch(f"{served}rules/malformed-yaml/", "release.yaml")
    told = (portal.parent / "told.log").read_text()
    assert f"Serving on {served}" in told
    assert "errors, " in told
    assert "[macros]" not in told
