"""What a repository, its configuration or the caller's environment could bend, and does not."""

import ast
import os
import subprocess
from pathlib import Path

import pytest

from release_portal.git import Commit, Repository
from tests.git.conftest import MALLORY, RAVI, START, Maker, make

PACKAGE = Path(__file__).parents[2] / "generator/release_portal/git"
READING = {
    "for-each-ref",
    "log",
    "cat-file",
    "ls-tree",
    "rev-list",
    "rev-parse",
    "merge-base",
    "verify-tag",
    "verify-commit",
}


def newest(repo: Maker) -> Commit:
    history = repo.open().history("v{version}")
    return history.log.commit(history.head)


def everything(repo: Repository) -> str:
    """All that is read, as text."""
    history, files = repo.history("v{version}"), repo.files(("releases", "roster"))
    commits = [history.log.commit(one) for one in history.log.ids]
    return repr(
        (history.tags, history.ranges, commits, files.paths, [files.of(path) for path in files.paths])
    )


def test_a_mailmap_makes_nobody_somebody_else(repo: Maker) -> None:
    repo.commit(who=MALLORY, **{".mailmap": "Ravi Kumar <ravi@example.com> <mallory@example.com>\n"})
    repo.git("config", "log.mailmap", "true")
    repo.git("config", "mailmap.file", ".mailmap")
    assert "ravi@example.com" in repo.git("log", "-1", "--format=%aE"), "git itself is taken in"
    commit = newest(repo)
    assert (commit.author.address, commit.committer.address) == ("mallory@example.com", "mallory@example.com")


def test_a_replaced_commit_reads_as_it_is(repo: Maker) -> None:
    repo.commit("base")
    commit = repo.commit("by mallory", who=MALLORY, **{"releases/a": "x"})
    fake = repo.git("commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "by ravi", who=RAVI)
    repo.git("replace", commit, fake)
    assert repo.git("log", "-1", "--format=%an") == "Ravi Kumar", "git itself is taken in"
    assert newest(repo).author.address == "mallory@example.com"
    found = repo.open().files(("releases",)).of("releases/a")
    assert found is not None
    assert found.changes[0].commit.author.address == "mallory@example.com"


def test_a_replaced_tag_object_or_blob_reads_as_it_is(repo: Maker) -> None:
    repo.commit(**{"releases/a": "true\n"})
    tag = repo.tag("v1.0.0", who=MALLORY)
    other = repo.tag("other", who=RAVI)
    fake = repo.git("hash-object", "-w", "--stdin", stdin=b"false\n")
    repo.git("replace", tag, other)
    repo.git("replace", repo.git("rev-parse", "HEAD:releases/a"), fake)
    opened = repo.open()
    found = opened.history("v{version}").released.of("1.0.0")
    assert found is not None
    assert found.tag.tagger is not None
    assert found.tag.tagger.address == "mallory@example.com"
    assert opened.show(opened.head, ("releases",)) == {"releases/a": b"true\n"}


def test_a_graft_cuts_nothing_off(repo: Maker) -> None:
    repo.commit("one", who=MALLORY)
    head = repo.commit("two")
    (repo.path / ".git/info").mkdir(exist_ok=True)
    (repo.path / ".git/info/grafts").write_text(f"{head}\n")
    assert len(repo.git("log", "--format=%H").split()) == 1, "git itself is taken in"
    assert len(repo.open().history("v{version}").log) == 2


def test_a_forged_commit_graph_changes_no_parents(repo: Maker) -> None:
    repo.commit("one")
    repo.commit("two")
    repo.git("commit-graph", "write", "--reachable")
    graph = repo.path / ".git/objects/info/commit-graph"
    content = bytearray(graph.read_bytes())
    graph.chmod(0o600)
    graph.write_bytes(content[:-40] + bytes(40))
    assert len(repo.open().history("v{version}").log) == 2


def test_notes_and_decoration_add_nothing_to_a_message(repo: Maker) -> None:
    commit = repo.commit("honest")
    repo.git("notes", "add", "-m", "Reviewed-by: Ravi")
    repo.git("config", "log.decorate", "full")
    repo.git("config", "notes.displayRef", "refs/notes/*")
    assert newest(repo).id == commit
    assert newest(repo).message == "honest"


@pytest.mark.parametrize(
    ("author", "committer"),
    [
        ("Ravi <ravi@example.com> <mallory@example.com> 1 +0000", f"{RAVI} 1 +0000"),
        ("Ravi <ravi@example.com", f"{RAVI} 1 +0000"),
        ("<ravi@example.com> <x> 1 +0000", "nobody"),
        ("ravi@example.com 1 +0000", ""),
    ],
)
def test_a_broken_identity_is_nobodys(repo: Maker, author: str, committer: str) -> None:
    repo.commit()
    repo.raw_commit(f"author {author}", f"committer {committer}")
    commit = newest(repo)
    assert commit.author.address == ""
    assert commit.committer.address in {"", "ravi@example.com"}


def test_two_authors_are_none(repo: Maker) -> None:
    repo.commit()
    repo.raw_commit(f"author {RAVI} 1 +0000", f"author {MALLORY} 1 +0000", f"committer {MALLORY} 1 +0000")
    assert newest(repo).author.address == ""
    assert newest(repo).committer.address == "mallory@example.com"


def test_a_message_that_looks_like_headers_is_a_message(repo: Maker) -> None:
    repo.commit()
    text = f"x\n\ncommit {'a' * 40}\nauthor {RAVI} 1 +0000\ngpgsig -----BEGIN SSH SIGNATURE-----\n"
    repo.commit(text, "--cleanup=verbatim", who=MALLORY)
    commit = newest(repo)
    assert commit.author.address == "mallory@example.com"
    assert commit.signature == "none"
    assert commit.message == text.strip()


def test_a_zero_byte_in_a_commit_starts_no_other_commit(repo: Maker) -> None:
    repo.commit()
    forged = f"x\0commit {'a' * 40}\ntree {'b' * 40}\nauthor {RAVI} 1 +0000\n".encode()
    repo.raw_commit(f"author {MALLORY} 1 +0000", f"committer {MALLORY} 1 +0000", message=forged)
    history = repo.open().history("v{version}")
    assert len(history.log) == 2
    assert history.log.commit(history.head).author.address == "mallory@example.com"


@pytest.mark.parametrize(
    "encoding", ["UTF-7", "UTF-16", "utf_7", "unicode_escape", "idna", "EBCDIC-US", "nonsense", "\x1b"]
)
def test_a_declared_encoding_turns_no_text_into_an_identity(repo: Maker, encoding: str) -> None:
    repo.commit()
    author = "Mallory +ADw-ravi+AEA-example.com+AD4- <mallory@example.com> 1 +0000"
    repo.raw_commit(
        f"author {author}", f"committer {MALLORY} 1 +0000", f"encoding {encoding}", message=b"+AAA-x\\n\n"
    )
    commit = newest(repo)
    assert commit.author.address == "mallory@example.com"
    assert commit.message == "+AAA-x\\n"


def test_an_honest_declared_encoding_is_read(repo: Maker) -> None:
    repo.commit()
    repo.raw_commit(
        "author R\xe9my <remy@example.com> 1 +0000".encode("latin-1"),
        f"committer {RAVI} 1 +0000",
        "encoding ISO-8859-1",
        message="Gr\xfc\xdfe\n".encode("latin-1"),
    )
    assert (newest(repo).author.name, newest(repo).message) == ("R\xe9my", "Gr\xfc\xdfe")


def test_bytes_that_are_no_text_are_marked(repo: Maker) -> None:
    repo.commit()
    repo.raw_commit(
        b"author R\xff <r\xff@example.com> 1 +0000", f"committer {RAVI} 1 +0000", message=b"\xff\xfe\n"
    )
    commit = newest(repo)
    assert (commit.author.name, commit.author.address, commit.message) == (
        "R\ufffd",
        "r\ufffd@example.com",
        "\ufffd\ufffd",
    )


@pytest.mark.parametrize("seconds", [0, 1, START, 2**31, 253402300799, 2**62, 10**19])
def test_no_time_is_too_much(repo: Maker, seconds: int) -> None:
    repo.commit(**{"releases/a": "x"})
    repo.raw_commit(f"author {RAVI} {seconds} +0000", f"committer {RAVI} {seconds} +1400")
    commit = newest(repo)
    assert (commit.committer.at is None) == (seconds > 253402250000)
    assert everything(repo.open())


def test_configuration_of_the_repository_runs_nothing_and_bends_nothing(repo: Maker, tmp_path: Path) -> None:
    repo.commit(**{"releases/a": "x\n" * 9, "releases/b": "y", ".gitattributes": "* filter=evil diff=evil\n"})
    repo.tag("v1.0.0")
    repo.git("mv", "releases/a", "releases/c")
    repo.commit("move")
    repo.tag("v1.1.0", "-m", "-----BEGIN PGP SIGNATURE-----\n")
    before = everything(repo.open())
    program = tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o700)
    for key in (
        *(
            "core.fsmonitor",
            "core.pager",
            "core.editor",
            "core.sshCommand",
            "core.askPass",
            "core.alternateRefsCommand",
        ),
        *(
            "diff.external",
            "diff.evil.command",
            "diff.evil.textconv",
            "filter.evil.clean",
            "filter.evil.smudge",
        ),
        *("pager.log", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "alias.log", "alias.cat-file"),
    ):
        repo.git("config", key, str(program))
    (tmp_path / "order").write_text("releases/c\n")
    (tmp_path / "included").write_text(f"[core]\n\tfsmonitor = {program}\n")
    for key, value in {
        "core.hooksPath": str(tmp_path),
        "core.quotePath": "true",
        "core.worktree": str(tmp_path),
        "core.abbrev": "4",
        "core.attributesFile": str(tmp_path / "order"),
        "color.ui": "always",
        "diff.orderFile": str(tmp_path / "order"),
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.ignoreSubmodules": "all",
        "format.pretty": "oneline",
        "i18n.logOutputEncoding": "UTF-16",
        "include.path": str(tmp_path / "included"),
        "log.date": "human",
        "log.decorate": "full",
        "log.diffMerges": "first-parent",
        "log.excludeDecoration": "*",
        "log.follow": "true",
        "log.graphColors": "red",
        "log.initialDecorationSet": "all",
        "log.showRoot": "false",
        "log.showSignature": "true",
        "tag.sort": "-version:refname",
        "uploadpack.packObjectsHook": str(program),
    }.items():
        repo.git("config", key, value)
    assert everything(repo.open()) == before
    assert not (tmp_path / "ran").exists()


def test_a_repository_that_a_pull_request_buried_is_a_folder_of_files(repo: Maker, tmp_path: Path) -> None:
    buried = make(tmp_path / "buried", "--bare")
    for name in ("HEAD", "config"):
        repo.write(f"releases/evidence/{name}", (buried.path / name).read_bytes())
    repo.write("releases/evidence/objects/keep", "")
    repo.write("releases/evidence/refs/keep", "")
    repo.write(
        "releases/evidence/config",
        f"[core]\n\tfsmonitor = touch {tmp_path}/ran\n\tbare = false\n\tworktree = .\n",
    )
    commit = repo.commit()
    portal = Repository.around(repo.path / "releases/evidence")
    assert portal.head == commit
    assert everything(portal)
    assert not (tmp_path / "ran").exists()


HOSTILE = {
    "GIT_DIR": "/nowhere",
    "GIT_WORK_TREE": "/nowhere",
    "GIT_INDEX_FILE": "/nowhere",
    "GIT_OBJECT_DIRECTORY": "/nowhere",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nowhere",
    "GIT_COMMON_DIR": "/nowhere",
    "GIT_NAMESPACE": "other",
    "GIT_SHALLOW_FILE": "/nowhere",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "log.showRoot",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_PARAMETERS": "'log.follow'='true'",
    "GIT_EXTERNAL_DIFF": "/nowhere",
    "GIT_PAGER": "/nowhere",
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_DEFAULT_HASH": "sha256",
    "LC_ALL": "tr_TR.UTF-8",
    "TZ": "Asia/Kolkata",
    "HOME": "/nowhere",
}


def test_nothing_of_the_callers_environment_reaches_git(
    repo: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(**{"releases/a": "x"})
    repo.tag("v1.0.0")
    before = everything(repo.open())
    trace = tmp_path / "trace"
    for name, value in {**HOSTILE, "GIT_TRACE": str(trace), "GIT_TRACE2_EVENT": str(trace)}.items():
        monkeypatch.setenv(name, value)
    assert everything(repo.open()) == before
    assert not trace.exists()


def test_git_is_asked_to_read_only_and_in_one_environment(
    repo: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(**{"releases/a": "x"})
    repo.tag("v1.0.0")
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    spy = tmp_path / "bin/git"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\n{{ env; echo "ARGUMENTS $@"; }} >> {tmp_path}/log\nexec {real} "$@"\n')
    spy.chmod(0o700)
    monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
    opened = repo.open()
    everything(opened)
    opened.resolve("main")
    opened.show(opened.head, ("releases",))
    said = (tmp_path / "log").read_text().splitlines()
    names = {line.partition("=")[0] for line in said if not line.startswith("ARGUMENTS")} - {
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
    }
    assert names == {
        *(
            "PATH",
            "LC_ALL",
            "TZ",
            "GIT_CONFIG_NOSYSTEM",
            "GIT_CONFIG_GLOBAL",
            "GIT_GRAFT_FILE",
            "GIT_NO_REPLACE_OBJECTS",
        ),
        *(
            "GIT_NO_LAZY_FETCH",
            "GIT_ALLOW_PROTOCOL",
            "GIT_TERMINAL_PROMPT",
            "GIT_OPTIONAL_LOCKS",
            "GIT_LITERAL_PATHSPECS",
        ),
    }
    lines = [line for line in said if line.startswith("ARGUMENTS")]
    assert len(lines) == opened.processes
    for line in lines:
        assert f"--git-dir={repo.path}/.git " in line
        assert "-c safe.bareRepository=explicit " in line
        assert READING & set(line.split())


def test_the_package_itself_names_only_commands_that_read() -> None:
    """The first item of each argument list that is given to git."""
    named = set()
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"run", "read", "stream"}
            ):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.List) and isinstance(first.elts[0], ast.Constant):
                    named.add(first.elts[0].value)
    assert named
    assert named <= READING
    texts = "".join(file.read_text() for file in PACKAGE.glob("*.py"))
    assert texts.count("from git.") == 2, "GitPython is imported in one place: once for types, once to run"
    assert "import git\n" not in texts
