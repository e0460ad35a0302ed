import random
import shutil
from pathlib import Path

import pytest

from release_portal.git import Cache, History, Repository
from tests.git.conftest import START, Maker, make


def fast_import(repo: Maker, *lines: str) -> None:
    repo.git("fast-import", "--quiet", "--force", stdin="\n".join([*lines, ""]).encode())
    repo.git("symbolic-ref", "HEAD", "refs/heads/main")


def commit_lines(mark: int, parents: list[int], branch: str = "main", seconds: int = 0) -> list[str]:
    who = f"Ravi <ravi@example.com> {seconds or START + mark * 60} +0000"
    lines = [
        f"commit refs/heads/{branch}",
        f"mark :{mark}",
        f"author {who}",
        f"committer {who}",
        "data 2",
        "x",
        "",
    ]
    lines += [f"{'merge' if at else 'from'} :{parent}" for at, parent in enumerate(parents)]
    return [*lines, f"M 100644 inline file{mark % 7}", f"data {len(str(mark))}", str(mark), ""]


def tag_lines(name: str, mark: int) -> list[str]:
    return [f"tag {name}", f"from :{mark}", f"tagger Ravi <ravi@example.com> {START} +0000", "data 1", "x"]


def random_history(seed: int, commits: int = 60, tags: int = 12) -> list[str]:
    """Branches, merges of two and three, several roots, clocks that go backwards, tags anywhere."""
    rnd = random.Random(seed)
    lines: list[str] = ["reset refs/heads/main"]
    for mark in range(1, commits + 1):
        count = rnd.choice([0, 1, 1, 1, 1, 1, 2, 2, 3]) if mark > 1 else 0
        parents = rnd.sample(range(max(1, mark - 8), mark), min(count, mark - 1, 8))
        branch = "main" if mark == commits else f"b{mark}"
        lines += [
            "reset refs/heads/" + branch,
            *commit_lines(mark, parents, branch, START + rnd.randrange(10**6)),
        ]
    for number in range(tags):
        version = f"v1.{number}.0" + rnd.choice(["", "", "-rc.1"])
        lines += tag_lines(version, rnd.randint(1, commits))
    return lines


def check_ranges(repo: Maker, history: History) -> None:
    """Each range equals what git says that its ends reach. Git's own difference errs where clocks go backwards."""

    def reached(*commits: str) -> set[str]:
        return set(repo.git("rev-list", *commits).split()) if commits else set()

    for one in history.ranges:
        base = reached(one.base.tag.target) if one.base else set()
        assert set(one.ids) == reached(one.tag.tag.target) - base, one.tag.version
        assert len(one.ids) == len(set(one.ids))
        assert [commit.id for commit in one.commits] == list(one.ids)
    released = reached(*(one.tag.target for one in history.released.tags))
    assert set(history.unreleased) == reached("HEAD") - released


@pytest.mark.parametrize("seed", range(12))
def test_ranges_equal_those_of_git_in_any_history(tmp_path: Path, seed: int) -> None:
    repo = make(tmp_path / "repo", "--bare")
    fast_import(repo, *random_history(seed))
    history = repo.open().history("v{version}")
    check_ranges(repo, history)
    assert sorted(history.log.ids) == sorted(repo.git("rev-list", "HEAD", "--tags").split())
    where = {one: at for at, one in enumerate(history.log.ids)}
    for commit in history.log.commits(history.log.ids):
        assert all(where[commit.id] < where[parent] for parent in commit.parents)


def test_a_final_version_has_all_that_its_candidates_brought(repo: Maker) -> None:
    commits = []
    for name in ("v1.0.0", "v1.1.0-rc.1", "v1.1.0-rc.2", "v1.1.0", "v1.2.0"):
        commits.append(repo.commit(name))
        repo.tag(name)
    repo.commit("later")
    history = repo.open().history("v{version}")
    bases = {one.tag.version: one.base.version if one.base else None for one in history.ranges}
    assert bases == {
        "1.0.0": None,
        "1.1.0-rc.1": "1.0.0",
        "1.1.0-rc.2": "1.1.0-rc.1",
        "1.1.0": "1.0.0",
        "1.2.0": "1.1.0",
    }
    final = history.range_of("1.1.0")
    assert final is not None
    assert final.ids == (commits[3], commits[2], commits[1])
    assert len(history.unreleased) == 1


def test_a_hotfix_branch_does_not_take_commits_from_the_next_version(repo: Maker) -> None:
    base = repo.commit("base")
    repo.tag("v1.0.0")
    feature = repo.commit("feature")
    repo.git("checkout", "--quiet", "-b", "hotfix", base)
    fix = repo.commit("fix")
    repo.tag("v1.0.1")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-edit", "hotfix")
    merge = repo.git("rev-parse", "HEAD")
    repo.tag("v1.1.0")
    ranges = {one.tag.version: one.ids for one in repo.open().history("v{version}").ranges}
    assert ranges == {"1.0.0": (base,), "1.0.1": (fix,), "1.1.0": (merge, feature)}


def test_a_commit_tells_its_parts(repo: Maker) -> None:
    commit_id = repo.commit(
        "PAY-7: round down\n\nWhy this is right.\n\nTicket: PAY-7\nReviewed-by: Ana <ana@example.com>",
        "--author=Ana Silva <ana@example.com>",
        "--date=1700000000 -0300",
    )
    commit = repo.open().history("v{version}").log.commit(commit_id)
    assert (commit.author.address, commit.committer.address) == ("ana@example.com", "ravi@example.com")
    assert str(commit.author) == "Ana Silva <ana@example.com>"
    assert commit.author.at is not None
    assert commit.author.at.isoformat() == "2023-11-14T19:13:20-03:00"
    assert commit.subject == "PAY-7: round down"
    assert commit.body.startswith("Why this is right.")
    assert commit.trailers == (("Ticket", "PAY-7"), ("Reviewed-by", "Ana <ana@example.com>"))
    assert not commit.is_merge


def test_three_thousand_tags_cost_as_many_processes_as_three(tmp_path: Path) -> None:
    counts = []
    for tags in (3, 3_000):
        repo = make(tmp_path / f"repo{tags}", "--bare")
        lines = [
            line for mark in range(1, tags + 1) for line in commit_lines(mark, [mark - 1] if mark > 1 else [])
        ]
        lines += [line for mark in range(1, tags + 1) for line in tag_lines(f"v{mark}.0.0", mark)]
        fast_import(repo, *lines)
        opened = repo.open()
        history = opened.history("v{version}")
        assert [len(one.ids) for one in history.ranges] == [1] * tags
        counts.append(opened.processes)
    assert counts == [3, 3]


def facts(repository: Repository, cache: Cache | None = None) -> tuple[object, ...]:
    """All that a history says, for comparison; commits in no order."""
    history = repository.history("v{version}", cache)
    commits = sorted(history.log.commits(history.log.ids), key=lambda commit: commit.id)
    ranges = [(one.tag, one.base, sorted(one.ids)) for one in history.ranges]
    return (history.head, history.tags, history.released, ranges, commits, sorted(history.unreleased))


@pytest.mark.parametrize("seed", range(6))
def test_a_cached_history_grown_step_by_step_equals_one_read_at_once(tmp_path: Path, seed: int) -> None:
    repo, rnd = make(tmp_path / "repo"), random.Random(seed)
    repo.commit("first")
    for step in range(20):
        action = rnd.choice(["commit", "commit", "tag", "branch", "merge", "nothing"])
        if action == "commit":
            repo.commit(f"step {step}", **{f"f{step}": "x"})
        elif action == "tag":
            repo.tag(f"v1.{step}.0")
        elif action == "branch":
            repo.git("checkout", "--quiet", "--detach")
            repo.commit(f"side {step}", **{f"s{step}": "x"})
            repo.git("branch", f"side{step}")
            if rnd.random() < 0.5:
                repo.tag(f"v1.{step}.1")
            repo.git("checkout", "--quiet", "main")
        elif action == "merge":
            sides = [
                name for name in repo.git("branch", "--format=%(refname:short)").split() if name != "main"
            ]
            if sides:
                repo.git("merge", "--quiet", "--no-ff", "--no-edit", rnd.choice(sides))
        cache = Cache(tmp_path / "cache")
        assert facts(repo.open(), cache) == facts(repo.open())
        assert cache.notes == ()


@pytest.mark.parametrize("seed", range(8))
def test_clocks_that_go_backwards_do_not_bring_known_commits_twice(tmp_path: Path, seed: int) -> None:
    repo = make(tmp_path / "repo", "--bare")
    fast_import(repo, *random_history(seed))
    for mark in (20, 30, 40, 50, 59):
        repo.git("update-ref", "refs/heads/main", f"refs/heads/b{mark}")
        assert facts(repo.open(), Cache(tmp_path / "cache")) == facts(repo.open())


def test_a_second_run_reads_only_what_is_new(repo: Maker, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for number in range(5):
        repo.commit(f"{number}")
        repo.tag(f"v1.{number}.0")
    counts, texts = [], []
    for change in (None, None, "new"):
        if change:
            repo.commit(change)
            repo.tag("v1.9.0")
        opened = repo.open()
        history = opened.history("v{version}", cache)
        counts.append(opened.processes)
        texts.append([part.count for part in history.log.parts])
    assert counts == [3, 2, 3]
    assert texts == [[5], [5], [1, 5]]
    assert [commit.subject for commit in history.log.commits(history.log.ids)] == [
        "new",
        "4",
        "3",
        "2",
        "1",
        "0",
    ]


def test_many_small_additions_are_put_together(repo: Maker, tmp_path: Path) -> None:
    repo.commit("0")
    for number in range(1, 40):
        repo.commit(f"{number}")
        history = repo.open().history("v{version}", Cache(tmp_path / "cache"))
    assert len(history.log.parts) <= 17
    assert len(list((tmp_path / "cache").iterdir())) <= 2 * 17 + 1
    cache = Cache(tmp_path / "cache")
    assert facts(repo.open(), cache) == facts(repo.open())
    assert cache.notes == ()


def rewind(repo: Maker, tmp_path: Path) -> None:
    repo.git("reset", "--quiet", "--hard", "HEAD~2")
    repo.commit("another way")


def amend(repo: Maker, tmp_path: Path) -> None:
    repo.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "amended")


def rewind_only(repo: Maker, tmp_path: Path) -> None:
    repo.git("reset", "--quiet", "--hard", "HEAD~1")


def move_tag(repo: Maker, tmp_path: Path) -> None:
    repo.git("tag", "-f", "-a", "v1.0.0", "-m", "moved", "HEAD")


def delete_tag(repo: Maker, tmp_path: Path) -> None:
    repo.git("tag", "-d", "v1.0.0")


def forget_old_commits(repo: Maker, tmp_path: Path) -> None:
    rewind(repo, tmp_path)
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "--quiet", "--prune=now")


def replace_repository(repo: Maker, tmp_path: Path) -> None:
    shutil.rmtree(repo.path)
    make(repo.path).commit("of another repository")


@pytest.mark.parametrize(
    "change", [rewind, amend, rewind_only, move_tag, delete_tag, forget_old_commits, replace_repository]
)
def test_a_cache_that_no_longer_fits_is_passed_over_with_a_note(
    repo: Maker, tmp_path: Path, change: object
) -> None:
    repo.commit("0")
    repo.git("checkout", "--quiet", "--detach")
    repo.commit("side")
    repo.tag("v1.0.0")
    repo.git("checkout", "--quiet", "main")
    for number in range(1, 5):
        repo.commit(f"{number}")
    facts(repo.open(), Cache(tmp_path / "cache"))
    assert callable(change)
    change(repo, tmp_path)
    cache = Cache(tmp_path / "cache")
    assert facts(repo.open(), cache) == facts(repo.open())
    assert len(cache.notes) == 1
    assert cache.notes[0].endswith("the log is read again")
    again = Cache(tmp_path / "cache")
    assert facts(repo.open(), again) == facts(repo.open())
    assert again.notes == ()
