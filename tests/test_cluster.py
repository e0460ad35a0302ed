"""Pages made by a Dask cluster on this machine are those of a local build, byte for byte, whatever becomes of workers."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from release_portal import settings, site
from release_portal.cluster import Cluster, Differs
from release_portal.exchange import Exchange
from release_portal.making import Manner
from release_portal.units import Period
from tests.conftest import copy_sample, run
from tests.test_incremental import whole

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
COMMAND = Path(sys.executable).parent


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(AS_OF.timestamp())))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@contextmanager
def processes(*commands: list[str], log: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that run meanwhile, and are gone afterwards."""
    with log.open("ab") as said:
        started = [subprocess.Popen(one, stdout=said, stderr=said) for one in commands]
        try:
            yield started
        finally:
            for one in started:
                one.kill()
                one.wait()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers, each a process of its own, on the loopback; its address."""
    address = folder / "scheduler.json"
    scheduler = [str(COMMAND / "dask"), "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = [
        str(COMMAND / "dask"),
        "worker",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
    ]
    folder.mkdir()
    with processes([*scheduler, "--scheduler-file", str(address)], log=folder / "scheduler.log"):
        until = time.monotonic() + 60
        while not address.exists() and time.monotonic() < until:
            time.sleep(0.1)
        file = ["--scheduler-file", str(address), "--local-directory", str(folder)]
        with processes(*([[*worker, *file]] * workers), log=folder / "workers.log") as started:
            yield json.loads(address.read_text())["address"], started


def test_two_workers_one_of_them_killed_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, share = copy_sample(tmp_path / "portal"), tmp_path / "share"
    site.build(root / "mkdocs.yml", tmp_path / "here", search=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another cache"))
    with cluster(tmp_path / "dask", workers=2) as (address, workers):
        over = threading.Event()

        def kill() -> None:
            while not any(share.glob("*.part")) and not over.wait(0.01):
                pass
            workers[0].kill()  # its tasks are not all done: the first part is only just there

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        summary = site.build(
            root / "mkdocs.yml",
            tmp_path / "there",
            search=False,
            manner=Manner(cluster=Cluster(address, str(share))),
        )
        over.set()
        killer.join()
        assert workers[0].wait(10) == -signal.SIGKILL
        assert workers[1].poll() is None
    assert summary.written.made > 50
    assert summary.written.kept == 0
    assert len(list(share.glob("*.part"))) == 4
    assert whole(tmp_path / "there") == whole(tmp_path / "here")


def test_a_worker_that_sees_other_records_makes_nothing(tmp_path: Path) -> None:
    root, other = copy_sample(tmp_path / "portal"), copy_sample(tmp_path / "other")
    path = other / "releases/2.6.0/01-planning/scope.md"
    path.write_text(path.read_text() + "\nAnother line.\n")
    task = Cluster("tcp://127.0.0.1:1", str(tmp_path / "share")).task(
        other / "mkdocs.yml", settings.read(root / "mkdocs.yml"), AS_OF
    )
    with pytest.raises(Differs, match=r"2\.6\.0"):
        task.make("2.6.0", "the key of the machine that asks")
    assert not (tmp_path / "share").exists()


def test_where_no_scheduler_answers_nothing_is_published(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "portal")
    arguments = (
        "build",
        "--no-search",
        "--scheduler",
        "tcp://127.0.0.1:1",
        "--cache",
        str(tmp_path / "share"),
    )

    done = run(*arguments, cwd=root)

    assert done.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in done.err
    assert not (root / "site").exists()


@pytest.mark.parametrize("given", [("--scheduler", "tcp://127.0.0.1:1"), ("--cache", "share")])
def test_scheduler_and_cache_go_together(given: tuple[str, str], sample: Path) -> None:
    done = run("build", *given, cwd=sample)

    assert done.code == 2
    assert "go together" in done.err


# The place where workers leave what they make


def test_what_is_sent_is_fetched(tmp_path: Path) -> None:
    files = {"releases/1.0.0/index.html": b"page", "releases/1.0.0/a.csv": b""}
    for url in (str(tmp_path / "share"), f"{(tmp_path / 'other').as_uri()}/", "memory://share"):
        exchange = Exchange(url)
        exchange.send("1.0.0", "key", Period(AS_OF), files.items())
        assert exchange.fetch("1.0.0", "key", AS_OF) == (Period(AS_OF), files)
        assert exchange.fetch("1.0.0", "other", AS_OF) is None
        assert exchange.fetch("1.0.0", "key", AS_OF - timedelta(hours=1)) is None


def test_damaged_parts_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    exchange = Exchange(str(tmp_path))
    exchange.send("1.0.0", "key", Period(AS_OF), [("releases/1.0.0/index.html", b"page")])
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    for damaged in (b"", content[:40], content[:-1], content[:-1] + b"x", content[65:], b"\n" + content):
        path.write_bytes(damaged)
        assert exchange.fetch("1.0.0", "key", AS_OF) is None
    (tmp_path / "2.0.0-key.part").write_bytes(content)
    assert exchange.fetch("2.0.0", "key", AS_OF) is None


def test_a_part_does_not_lead_outside(tmp_path: Path) -> None:
    exchange = Exchange(str(tmp_path))
    exchange.send("1.0.0", "key", Period(AS_OF), [("../../etc/passwd", b"page")])
    with pytest.raises(ValueError, match="outside"):
        exchange.fetch("1.0.0", "key", AS_OF)
