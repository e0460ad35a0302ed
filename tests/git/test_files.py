from pathlib import Path

import pytest

from release_portal.git import Cache, FileHistory, FileLog, Repository
from tests.git.conftest import MALLORY, Maker

FOLDERS = ("releases", "roster", "release-process.md")
SIGN_OFF = "releases/1.0.0/signoffs/scope/ravi.yaml"


def log(repo: Maker, cache: Cache | None = None) -> FileLog:
    return repo.open().files(FOLDERS, cache)


def history(repo: Maker, path: str = SIGN_OFF) -> FileHistory:
    found = log(repo).of(path)
    assert found is not None
    return found


def told(found: FileHistory) -> list[str]:
    """A history in words: what, by whom, whether by a merge."""
    return [
        f"{one.kind} by {one.commit.author.name}{' in a merge' if one.by_merge else ''}"
        for one in found.changes
    ]


def sign(repo: Maker) -> str:
    repo.commit("records", who=MALLORY, **{"releases/1.0.0/release.yaml": "version: 1.0.0\n"})
    return repo.commit("sign off", **{SIGN_OFF: "by: ravi\n"})


def side(repo: Maker, name: str = "side") -> None:
    repo.git("checkout", "--quiet", "-b", name)


def back(repo: Maker) -> None:
    repo.git("checkout", "--quiet", "main")


def test_a_file_that_one_commit_added_is_untouched(repo: Maker) -> None:
    commit = sign(repo)
    repo.commit("later", who=MALLORY, **{"releases/1.0.0/other.yaml": "x"})
    found = history(repo)
    assert found.untouched
    assert found.added is not None
    assert found.added.commit.id == commit
    assert found.added.commit.author.address == "ravi@example.com"
    assert (found.later, found.introduced) == ((), (found.added,))


def test_all_files_cost_one_pass_and_one_listing(repo: Maker) -> None:
    sign(repo)
    for number in range(20):
        repo.commit(**{f"releases/2.{number}.0/release.yaml": f"{number}", "release-process.md": f"{number}"})
    opened = repo.open()
    found = opened.files(FOLDERS)
    assert opened.processes == 3
    assert len([path for path in found.paths if (one := found.of(path)) and one.untouched]) == 22
    process = found.of("release-process.md")
    assert process is not None
    versions = opened.contents(one.blob.id for one in process.changes if one.blob)
    assert sorted(int(content) for content in versions.values()) == list(range(20))


def test_other_folders_are_not_read(repo: Maker) -> None:
    sign(repo)
    repo.commit(**{"src/code.py": "x", "releases.md": "x"})
    assert log(repo).paths == ("releases/1.0.0/release.yaml", SIGN_OFF)


def test_an_edit_a_deletion_and_a_second_addition_show(repo: Maker) -> None:
    sign(repo)
    repo.commit(who=MALLORY, **{SIGN_OFF: "by: ravi\ndecision: approve\n"})
    repo.git("rm", "--quiet", SIGN_OFF)
    repo.commit(who=MALLORY)
    repo.commit(who=MALLORY, **{SIGN_OFF: "by: ravi\n"})
    found = history(repo)
    assert told(found) == [
        "added by Ravi Kumar",
        "changed by Mallory",
        "deleted by Mallory",
        "added by Mallory",
    ]
    assert not found.untouched
    assert [one.commit.author.name for one in found.introduced] == ["Ravi Kumar", "Mallory"]


def test_a_deleted_file_keeps_its_history(repo: Maker) -> None:
    sign(repo)
    repo.git("rm", "--quiet", SIGN_OFF)
    repo.commit()
    found = history(repo)
    assert (found.tip, found.untouched, found.introduced) == (None, False, ())
    assert [one.kind for one in found.changes] == ["added", "deleted"]


def test_a_file_that_was_never_committed_has_no_history(repo: Maker) -> None:
    sign(repo)
    repo.write("releases/1.0.0/new.yaml")
    assert log(repo).of("releases/1.0.0/new.yaml") is None


def test_a_move_is_an_addition_by_who_moved_it(repo: Maker) -> None:
    repo.commit("elsewhere", **{"releases/1.0.0/signoffs/scope/draft.yaml": "by: ravi\n" * 20})
    repo.git("mv", "releases/1.0.0/signoffs/scope/draft.yaml", SIGN_OFF)
    repo.commit("move", who=MALLORY)
    assert told(history(repo)) == ["added by Mallory"]


def test_a_change_of_mode_or_into_a_link_is_a_change(repo: Maker) -> None:
    sign(repo)
    repo.git("update-index", "--chmod=+x", SIGN_OFF)
    repo.git("commit", "--quiet", "-m", "mode", who=MALLORY)
    assert not history(repo).untouched
    (repo.path / SIGN_OFF).unlink()
    (repo.path / SIGN_OFF).symlink_to("/etc/hostname")
    repo.commit(who=MALLORY)
    found = history(repo)
    assert found.tip is not None
    assert not found.tip.is_regular
    assert len(found.changes) == 3


def test_a_plain_merge_leaves_the_commit_that_added_the_file(repo: Maker) -> None:
    repo.commit("base")
    side(repo)
    commit = sign(repo)
    back(repo)
    repo.commit("main goes on", who=MALLORY, **{"releases/2.0.0/release.yaml": "x"})
    repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side", who=MALLORY)
    found = history(repo)
    assert found.untouched
    assert found.added is not None
    assert (found.added.commit.id, found.added.by_merge) == (commit, False)


def test_a_merge_that_changes_a_file_by_itself_is_a_change(repo: Maker) -> None:
    repo.commit("base")
    side(repo)
    sign(repo)
    back(repo)
    repo.commit("main goes on", **{"releases/2.0.0/release.yaml": "x"})
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side", who=MALLORY)
    repo.commit("merge", who=MALLORY, **{SIGN_OFF: "by: ravi\ndecision: approve\n"})
    found = history(repo)
    assert told(found) == ["added by Ravi Kumar", "changed by Mallory in a merge"]
    assert not found.untouched


def test_a_merge_that_brings_a_file_of_its_own_is_an_addition_by_who_merged(repo: Maker) -> None:
    repo.commit("base")
    side(repo)
    repo.commit("side", **{"releases/2.0.0/a": "x"})
    back(repo)
    repo.commit("main", **{"releases/2.0.0/b": "x"})
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side", who=MALLORY)
    repo.commit("merge", who=MALLORY, **{SIGN_OFF: "by: ravi\n"})
    assert told(history(repo)) == ["added by Mallory in a merge"]


def test_a_merge_that_deletes_what_all_sides_have_is_a_deletion(repo: Maker) -> None:
    sign(repo)
    side(repo)
    repo.commit("side", **{"releases/2.0.0/a": "x"})
    back(repo)
    repo.commit("main", **{"releases/2.0.0/b": "x"})
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side", who=MALLORY)
    repo.git("rm", "--quiet", "-f", SIGN_OFF)
    repo.commit("merge", who=MALLORY)
    assert told(history(repo)) == ["added by Ravi Kumar", "deleted by Mallory in a merge"]


def test_a_merge_that_takes_back_what_one_side_had_changed_is_not_untouched(repo: Maker) -> None:
    sign(repo)
    side(repo)
    repo.commit("side", **{"releases/2.0.0/a": "x"})
    back(repo)
    repo.commit("withdrawn", **{SIGN_OFF: "by: ravi\ndecision: reject\n"})
    repo.git(
        "merge", "--quiet", "--no-edit", "--strategy=recursive", "--strategy-option=ours", "side", who=MALLORY
    )
    repo.git("checkout", "--quiet", "HEAD^2", "--", SIGN_OFF)
    repo.git("commit", "--quiet", "--amend", "--no-edit", who=MALLORY)
    found = history(repo)
    assert [one.kind for one in found.changes] == ["added", "changed"]
    assert found.changes[1] not in found.introduced
    assert not found.untouched


def test_a_merge_that_brings_a_deleted_file_back_is_not_untouched(repo: Maker) -> None:
    sign(repo)
    side(repo)
    repo.commit("side", **{"releases/2.0.0/a": "x"})
    back(repo)
    repo.git("rm", "--quiet", SIGN_OFF)
    repo.commit("withdrawn")
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side", who=MALLORY)
    repo.git("checkout", "--quiet", "side", "--", SIGN_OFF)
    repo.commit("merge", who=MALLORY)
    found = history(repo)
    assert found.tip is not None
    assert not found.untouched


def test_commits_on_a_side_that_a_merge_threw_away_still_show(repo: Maker) -> None:
    sign(repo)
    side(repo)
    repo.commit("edit", who=MALLORY, **{SIGN_OFF: "by: mallory\n"})
    back(repo)
    repo.git("merge", "--quiet", "--no-edit", "--strategy=ours", "side")
    assert [one.commit.author.name for one in history(repo).changes] == ["Ravi Kumar", "Mallory"]


def test_a_squashed_branch_is_an_addition_by_who_squashed(repo: Maker) -> None:
    repo.commit("base")
    side(repo)
    sign(repo)
    back(repo)
    repo.git("merge", "--quiet", "--squash", "side")
    repo.commit("squashed", who=MALLORY)
    assert told(history(repo)) == ["added by Mallory"]


def test_an_octopus_merge_keeps_each_commit(repo: Maker) -> None:
    repo.commit("base")
    for name in ("a", "b", "c"):
        repo.git("checkout", "--quiet", "-b", name, "main")
        repo.commit(name, **{f"releases/{name}": name})
    back(repo)
    repo.git("merge", "--quiet", "--no-edit", "a", "b", "c", who=MALLORY)
    found = log(repo)
    for name in ("a", "b", "c"):
        one = found.of(f"releases/{name}")
        assert one is not None
        assert one.untouched
        assert one.changes[0].commit.subject == name


def test_a_root_commit_adds_its_files_even_if_configuration_says_otherwise(repo: Maker) -> None:
    repo.commit(**{SIGN_OFF: "x"})
    repo.git("config", "log.showRoot", "false")
    assert history(repo).untouched


@pytest.mark.parametrize(
    "name", ["new\nline", "tab\there", 'quo"te', "é", ":(glob)x", "-rf", "commit x", "*", "a b"]
)
def test_names_are_read_as_they_are(repo: Maker, name: str) -> None:
    repo.commit(
        "message\n\n:100644 100644 fake\ncommit fake", **{f"releases/{name}": "x", "releases/plain": "y"}
    )
    found = log(repo)
    assert set(found.paths) == {f"releases/{name}", "releases/plain"}
    one = found.of(f"releases/{name}")
    assert one is not None
    assert one.untouched


def test_names_that_are_no_utf8_are_those_that_the_file_system_gives(repo: Maker) -> None:
    repo.commit(**{"releases/\udcff": "x"})
    assert log(repo).paths == ("releases/\udcff",)
    assert Path(repo.path, log(repo).paths[0]).exists()


def test_empty_messages_do_not_hide_files(repo: Maker) -> None:
    repo.commit("", **{"releases/a": "1"})
    repo.commit("\n", "--cleanup=verbatim", **{"releases/b": "2"})
    found = log(repo)
    assert set(found.paths) == {"releases/a", "releases/b"}
    assert {commit.message for commit in found.commits} == {""}


def test_the_work_tree_is_compared_with_head(repo: Maker) -> None:
    sign(repo)
    blob = log(repo).tree[SIGN_OFF]
    content = (repo.path / SIGN_OFF).read_bytes()
    assert blob.holds(content)
    assert blob.holds(content.replace(b"\n", b"\r\n"))
    assert not blob.holds(content + b"decision: approve\n")
    assert not blob.holds(b"")


def test_no_mark_in_the_index_hides_an_uncommitted_change(repo: Maker) -> None:
    sign(repo)
    repo.git("update-index", "--assume-unchanged", SIGN_OFF)
    repo.git("update-index", "--skip-worktree", SIGN_OFF)
    repo.write(SIGN_OFF, "by: mallory\n")
    assert repo.git("status", "--short") == ""
    assert not log(repo).tree[SIGN_OFF].holds((repo.path / SIGN_OFF).read_bytes())


def test_files_of_another_commit_are_shown_as_they_were_there(repo: Maker) -> None:
    repo.commit(**{"roster/people.yaml": "old", "roster/a\nb": "x"})
    side(repo)
    repo.commit(**{"roster/people.yaml": "new"})
    opened = repo.open()
    assert opened.show(opened.resolve("main"), ("roster",)) == {
        "roster/people.yaml": b"old",
        "roster/a\nb": b"x",
    }
    assert opened.show(opened.head, ("roster/people.yaml", "nothing")) == {"roster/people.yaml": b"new"}
    assert opened.processes == 1 + 1 + 2 + 2


def test_links_and_submodules_are_not_shown(repo: Maker) -> None:
    commit = repo.commit(**{"roster/people.yaml": "x"})
    (repo.path / "roster/link").symlink_to("/etc/hostname")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},roster/module")
    repo.git("add", "roster/link")
    repo.git("commit", "--quiet", "-m", "links")
    opened = repo.open()
    assert set(opened.tree(opened.head, ("roster",))) == {
        "roster/people.yaml",
        "roster/link",
        "roster/module",
    }
    assert opened.show(opened.head, ("roster",)) == {"roster/people.yaml": b"x"}


def facts(repository: Repository, cache: Cache | None = None) -> object:
    found = repository.files(FOLDERS, cache)
    return {path: found.of(path) for path in found.paths}, sorted(commit.id for commit in found.commits)


def test_a_cached_history_of_files_equals_one_read_at_once(repo: Maker, tmp_path: Path) -> None:
    counts = []
    for step in range(12):
        repo.commit(f"{step}", **{SIGN_OFF: f"{step // 2}", f"releases/1.{step}.0/x": "x"})
        if step % 4 == 1:
            repo.git("checkout", "--quiet", "-b", f"side{step}", "HEAD~1")
            repo.commit("side", who=MALLORY, **{f"releases/side{step}": "x"})
            back(repo)
        if step % 4 == 3:
            repo.git("merge", "--quiet", "--no-edit", f"side{step - 2}")
        opened, cache = repo.open(), Cache(tmp_path / "cache")
        assert facts(opened, cache) == facts(repo.open())
        assert cache.notes == ()
        counts.append(opened.processes)
    assert counts == [3, *([4] * 11)]
    opened = repo.open()
    assert facts(opened, Cache(tmp_path / "cache")) == facts(repo.open())
    assert opened.processes == 2


def test_a_rewritten_history_of_files_is_read_again(repo: Maker, tmp_path: Path) -> None:
    sign(repo)
    facts(repo.open(), Cache(tmp_path / "cache"))
    repo.git("commit", "--quiet", "--amend", "-m", "amended", who=MALLORY)
    cache = Cache(tmp_path / "cache")
    assert facts(repo.open(), cache) == facts(repo.open())
    assert cache.notes == ("HEAD does not descend from the cached one: files read again",)


def test_a_cache_of_other_folders_is_passed_over(repo: Maker, tmp_path: Path) -> None:
    sign(repo)
    repo.open().files(("roster",), Cache(tmp_path / "cache"))
    cache = Cache(tmp_path / "cache")
    assert facts(repo.open(), cache) == facts(repo.open())
    assert cache.notes == ("the cached history of files is of other folders: read again",)


def test_changes_are_in_the_order_of_descent_whatever_the_clocks_say(repo: Maker) -> None:
    commit = sign(repo)
    repo.commit("renewed", at="2001-01-01T00:00:00Z", **{SIGN_OFF: "by: ravi\n# again\n"})
    found = history(repo)
    assert [one.kind for one in found.changes] == ["added", "changed"]
    assert found.added is not None
    assert found.added.commit.id == commit


def test_ancestry_follows_parents_only(repo: Maker) -> None:
    first = repo.commit()
    side(repo)
    aside = repo.commit("side", at="2001-01-01T00:00:00Z", a="1")
    back(repo)
    second = repo.commit(b="1")
    repo.git("merge", "--quiet", "--no-edit", "side")
    head = repo.git("rev-parse", "HEAD")
    ancestry = repo.open().ancestry()
    assert all(ancestry.holds(head, one) for one in (first, aside, second, head))
    assert ancestry.holds(second, first)
    assert not any(ancestry.holds(*pair) for pair in ((first, second), (second, aside), (aside, second)))
    assert not ancestry.holds(head, "0" * 40)
