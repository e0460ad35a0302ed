import os
import shutil
import subprocess
from pathlib import Path

import pytest

from release_portal.failure import CannotVerify, Misconfigured
from release_portal.git import Repository, State, Unverifiable
from tests.git.conftest import Maker, make


def state(path: Path) -> State:
    with pytest.raises(Unverifiable) as caught:
        Repository.open(path)
    assert isinstance(caught.value, CannotVerify)
    assert caught.value.exit_code == 3
    assert caught.value.hint
    return caught.value.state


def test_a_repository_opens_with_one_process(repo: Maker) -> None:
    commit = repo.commit()
    opened = repo.open()
    assert opened.head == commit
    assert opened.processes == 1


@pytest.mark.parametrize("options", [(), ("--bare",)])
def test_a_repository_without_a_commit_is_empty(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert state(make(tmp_path / "new", *options).path) is State.EMPTY


def test_a_folder_without_a_repository_is_absent(tmp_path: Path) -> None:
    assert state(tmp_path) is State.ABSENT
    assert state(tmp_path / "nothing") is State.ABSENT


def test_a_product_repository_that_is_not_there_is_not_the_one_around_it(repo: Maker) -> None:
    repo.commit(**{"platform/readme": "x"})
    assert state(repo.path / "platform") is State.ABSENT


def test_the_portal_may_be_a_folder_of_a_repository(repo: Maker) -> None:
    repo.commit(**{"portal/releases/1.0.0/release.yaml": "x", "other/releases/y": "y"})
    portal = Repository.around(repo.path / "portal")
    assert set(portal.files(("releases",)).tree) == {"releases/1.0.0/release.yaml"}
    assert portal.show(portal.head, ("releases",)) == {"releases/1.0.0/release.yaml": b"x"}
    history = portal.files(("releases",)).of("releases/1.0.0/release.yaml")
    assert history is not None
    assert history.untouched


def test_a_shallow_clone_cannot_verify_and_says_how_to_deepen_it(repo: Maker, tmp_path: Path) -> None:
    for number in range(3):
        repo.commit(f"{number}")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    with pytest.raises(Unverifiable, match="shallow") as caught:
        Repository.open(tmp_path / "shallow")
    assert caught.value.state is State.SHALLOW
    assert "git fetch --unshallow --tags" in caught.value.hint
    assert "fetch-depth: 0" in caught.value.hint


def test_a_deepened_clone_verifies(repo: Maker, tmp_path: Path) -> None:
    for number in range(3):
        repo.commit(f"{number}")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.path}", str(tmp_path / "clone"))
    Maker(tmp_path / "clone").git("fetch", "--quiet", "--unshallow", "--tags")
    assert len(Repository.open(tmp_path / "clone").history("v{version}").log) == 3


def objects(repo: Maker) -> list[Path]:
    return [file for file in (repo.path / ".git/objects").glob("??/*") if file.is_file()]


def damage_head(repo: Maker) -> None:
    (repo.path / ".git/HEAD").write_text("garbage\n")


def remove_head_commit(repo: Maker) -> None:
    commit = repo.git("rev-parse", "HEAD")
    (repo.path / ".git/objects" / commit[:2] / commit[2:]).unlink()


def empty_branch(repo: Maker) -> None:
    (repo.path / ".git/refs/heads/main").write_bytes(b"")


def empty_all_objects(repo: Maker) -> None:
    for file in objects(repo):
        file.chmod(0o600)
        file.write_bytes(b"")


def remove_objects_folder(repo: Maker) -> None:
    shutil.rmtree(repo.path / ".git/objects")


def break_link(repo: Maker) -> None:
    shutil.rmtree(repo.path / ".git")
    (repo.path / ".git").write_text("gitdir: /nowhere\n")


@pytest.mark.parametrize(
    "damage",
    [damage_head, remove_head_commit, empty_branch, empty_all_objects, remove_objects_folder, break_link],
)
def test_a_damaged_repository_is_neither_absent_nor_empty(repo: Maker, damage: "object") -> None:
    repo.commit()
    assert callable(damage)
    damage(repo)
    assert state(repo.path) is State.DAMAGED


@pytest.mark.parametrize("lost", ["HEAD~1", "HEAD~1^{tree}", "v1.0.0"])
def test_an_object_that_is_lost_later_on_cannot_verify(repo: Maker, lost: str) -> None:
    repo.commit(**{"releases/a": "1"})
    repo.commit(**{"releases/b": "2"})
    repo.tag("v1.0.0")
    repo.commit(**{"releases/c": "3"})
    lost_id = repo.git("rev-parse", lost)
    (repo.path / ".git/objects" / lost_id[:2] / lost_id[2:]).unlink()
    opened = repo.open()
    with pytest.raises(Unverifiable) as caught:  # noqa: PT012  # one of the two meets the loss
        opened.history("v{version}")
        opened.files(("releases",))
    assert caught.value.state is State.DAMAGED
    assert "git fsck" in caught.value.hint


def test_a_broken_tag_is_not_left_out_in_silence(repo: Maker) -> None:
    repo.commit()
    repo.tag("v1.0.0")
    (repo.path / ".git/refs/tags/v1.1.0").write_text("0" * 39 + "\n")
    with pytest.raises(Unverifiable) as caught:
        repo.open().tags()
    assert caught.value.state is State.DAMAGED


def test_a_partial_clone_lacks_contents_and_says_so(repo: Maker, tmp_path: Path) -> None:
    repo.commit(**{"releases/a": "1"})
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git(
        "clone", "--quiet", "--bare", "--filter=blob:none", f"file://{repo.path}", str(tmp_path / "partial")
    )
    partial = Repository.open(tmp_path / "partial")
    with pytest.raises(Unverifiable, match=r"missing|promisor") as caught:
        partial.show(partial.head, ("releases",))
    assert "--filter" in caught.value.hint


def test_without_git_nothing_is_verified(
    repo: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repo.commit()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert state(repo.path) is State.NO_GIT


def test_a_linked_work_tree_and_a_submodule_open(repo: Maker, tmp_path: Path) -> None:
    repo.commit()
    repo.tag("v1.0.0")
    repo.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"))
    outer = make(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.path), "product")
    for path in (tmp_path / "linked", tmp_path / "outer/product"):
        assert [tag.name for tag in Repository.open(path).tags()] == ["v1.0.0"]


def test_a_clone_that_borrows_its_objects_opens(repo: Maker, tmp_path: Path) -> None:
    commit = repo.commit()
    repo.git("clone", "--quiet", "--bare", "--shared", str(repo.path), str(tmp_path / "clone"))
    assert len(Repository.open(tmp_path / "clone").history("v{version}").log) == 1
    assert Repository.open(tmp_path / "clone").head == commit


def test_a_commit_that_looks_like_an_option_is_none(repo: Maker) -> None:
    repo.commit(**{"roster/people.yaml": "x"})
    with pytest.raises(Unverifiable):
        repo.open().tree("--name-only", ("roster",))


def test_a_linked_work_tree_of_a_shallow_clone_is_shallow(repo: Maker, tmp_path: Path) -> None:
    repo.commit()
    repo.commit()
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    Maker(tmp_path / "shallow").git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"))
    assert state(tmp_path / "linked") is State.SHALLOW


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_checkout_of_another_user_opens_as_in_ci(repo: Maker) -> None:
    commit = repo.commit()
    subprocess.run(["chown", "-R", "12345:12345", str(repo.path)], check=True)
    assert repo.run("log").returncode != 0, "git itself refuses: dubious ownership"
    assert repo.open().head == commit


def test_sha256_repositories_read_like_others(tmp_path: Path) -> None:
    repo = make(tmp_path / "new", "--object-format=sha256")
    commit = repo.commit(**{"releases/a": "1\n"})
    repo.tag("v1.0.0")
    opened = repo.open()
    assert opened.head == commit
    assert len(commit) == 64
    assert opened.history("v{version}").ranges[0].ids == (commit,)
    assert opened.files(("releases",)).tree["releases/a"].holds(b"1\n")
    assert opened.resolve(commit) == commit


def test_a_revision_is_found_as_branch_remote_tag_or_id(repo: Maker, tmp_path: Path) -> None:
    first, second = repo.commit(), repo.commit()
    repo.tag("v1.0.0", target=first)
    repo.git("clone", "--quiet", str(repo.path), str(tmp_path / "clone"))
    clone = Maker(tmp_path / "clone")
    clone.git("checkout", "--quiet", "--detach")
    clone.git("branch", "--quiet", "-D", "main")
    opened = clone.open()
    for name in ("main", "origin/main", "HEAD", "refs/remotes/origin/main", second):
        assert opened.resolve(name) == second, name
    for name in ("v1.0.0", "HEAD~1", "main^", "origin/main~1", first, first[:7], f"{second[:8]}~1"):
        assert opened.resolve(name) == first, name


def test_a_branch_named_like_a_short_id_makes_it_ambiguous(repo: Maker) -> None:
    first = repo.commit()
    repo.commit()
    repo.git("branch", first[:7])
    with pytest.raises(Misconfigured, match="ambiguous"):
        repo.open().resolve(first[:7])
    assert repo.open().resolve(first) == first


def test_a_name_of_two_commits_is_ambiguous_and_a_full_name_is_not(repo: Maker) -> None:
    first = repo.commit()
    repo.tag("stable", target=first)
    second = repo.commit()
    repo.git("branch", "stable")
    with pytest.raises(Misconfigured, match="ambiguous"):
        repo.open().resolve("stable")
    assert repo.open().resolve("refs/heads/stable") == second


def test_a_revision_that_was_not_fetched_cannot_verify(repo: Maker) -> None:
    repo.commit()
    with pytest.raises(Unverifiable, match="no commit 'main2'") as caught:
        repo.open().resolve("main2")
    assert "git fetch" in caught.value.hint


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "-",
            "--output=stolen",
            "--all",
            "a b",
            "main\n--output=stolen",
            "main --output=stolen",
            "main:file",
        ),
        *(
            "@{-1}",
            "main@{u}",
            "a..b",
            ":/text",
            "^main",
            "main^{/text}",
            "../../secret",
            "main~99999999",
            "\x00",
            "é",
        ),
    ],
)
def test_what_is_no_revision_never_reaches_git_as_one(repo: Maker, name: str) -> None:
    repo.commit()
    opened = repo.open()
    with pytest.raises((Misconfigured, Unverifiable)):
        opened.resolve(name)
    assert not list(repo.path.rglob("stolen*"))
