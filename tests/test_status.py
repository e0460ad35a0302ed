"""`release-portal status`: the answer, who must act, since when; in every format, with hostile records too."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from release_portal.board.markdown import code, safe
from tests.conftest import Run, run
from tests.renewal import renew
from tests.test_git_rules import Story, tell

AS_OF = ("--as-of", "2026-11-24")
HOSTILE = "</td><img src=x onerror=alert(1)> | @acme/all [x](https://evil.example) `a` #1 www.evil.example"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def told(folder: Path, *arguments: str) -> dict[str, Any]:
    """What the JSON says of the one release asked for."""
    (one,) = json.loads(run("status", *arguments, "--format", "json", cwd=folder).out)["releases"]
    return dict(one)


# The answer


def test_a_rejected_release_tells_who_must_do_what(sample: Path) -> None:
    done = run("status", "2.6.0", *AS_OF, cwd=sample)

    assert done.code == 1
    assert "✗ Cannot be released now: 6 things are open." in done.out
    assert "phase 1 of 10 · target 2027-02-15, in 83 days" in done.out
    first, *_, last = done.out.split("\n\n")[2:-1]
    assert first.splitlines()[0] == "Meera Iyer, Release Manager"
    assert re.search(r"1\.1  Release scope: Daniel Okafor .*since 2026-11-20\n", first)
    assert "       releases/2.6.0/signoffs/scope/daniel.okafor.yaml:3" in first
    assert "1.2  CAB minutes: to be written\n       releases/2.6.0/01-planning/cab-minutes.md" in first
    assert last.startswith("Kavita Rao, Compliance Officer\n  1.3  Release scope: sign-off")
    assert re.search(r"✗  1 Planning +blocked, 0/3 done +·  6 Approval +not due", done.out)


def test_one_release_is_one_screen_of_80_columns_without_colour_in_a_pipe(sample: Path) -> None:
    for version in ("2.4.0", "2.4.1", "2.5.0", "2.6.0"):
        lines = run("status", version, *AS_OF, cwd=sample).out.splitlines()
        assert len(lines) <= 40
        assert max(map(len, lines)) <= 80
        assert "\x1b" not in "".join(lines)


def test_without_a_version_the_next_release_comes_first_and_closed_ones_do_not_come(sample: Path) -> None:
    done = run("status", *AS_OF, cwd=sample)

    assert done.code == 1
    assert [line.split()[1] for line in done.out.splitlines()[:2]] == ["2.6.0", "2.5.0"]
    heads = [line.split()[0] for line in done.out.splitlines() if re.match(r"2\.\d\.\d ", line)]
    assert heads == ["2.6.0", "2.5.0"]
    assert "2.4.0" not in done.out
    assert "✗ Cannot move on: 2 things are open." in done.out  # 2.5.0 is in production already


def test_a_closed_release_is_complete_and_exits_0(sample: Path) -> None:
    done = run("status", "2.4.0", *AS_OF, cwd=sample)

    assert done.code == 0
    assert "✓ Closed, and complete." in done.out


def test_a_portal_without_an_open_release_says_so(base: Path) -> None:
    edit(
        base / "releases/1.0.0/release.yaml",
        "phase: ship",
        "phase: closed\nclosed_at: 2026-03-10T10:00:00Z",
    )

    for format_, words in {"text": "Every release is closed", "markdown": "Every release is closed"}.items():
        done = run("status", "--format", format_, cwd=base)
        assert (done.code, done.out.startswith(words)) == (0, True)


@pytest.mark.parametrize(
    ("phase", "answer"),
    [
        ("plan", "Can move on to phase 2, Test."),
        ("test", "Can be released now: move on to phase 3, Ship."),
        ("ship", "Can be closed."),
    ],
)
def test_an_open_gate_exits_0_and_names_the_next_step(base: Path, phase: str, answer: str) -> None:
    edit(base / "releases/1.0.0/release.yaml", "phase: ship", f"phase: {phase}")
    if phase != "ship":
        (base / "releases/1.0.0/03-ship/deployments.yaml").unlink()

    done = run("status", "1.0.0", cwd=base)

    assert (done.code, run("check", "1.0.0", cwd=base).code) == (0, 0)
    assert f"✓ {answer}" in done.out


def test_a_withdrawn_release_is_never_ready(base: Path) -> None:
    edit(
        base / "releases/1.0.0/release.yaml",
        "phase: ship",
        "phase: withdrawn\nwithdrawn: {at: 2026-03-10T10:00:00Z, by: ana.silva, reason: Not needed}",
    )

    done = run("status", "1.0.0", cwd=base)

    assert (done.code, "✗ Withdrawn." in done.out) == (1, True)


def test_what_a_hotfix_may_fill_in_later_shuts_the_gate_when_its_time_is_over(base: Path) -> None:
    emergency = "{reason: Outage, authorised_by: ana.silva, authorised_at: 2026-03-02T09:00:00Z}"
    edit(base / "releases/1.0.0/release.yaml", "type: standard", f"type: hotfix\nemergency: {emergency}")
    (base / "releases/1.0.0/02-test/release-briefing.md").unlink()
    run("sign", "1.0.0", "deployments", "--as", "ana.silva", "--role", "release-manager", cwd=base)
    edit(base / "releases/1.0.0/signoffs/deployments/ana.silva.yaml", "at: ", "at: 2026-03-02T10:00:00Z #")

    early = run("status", "1.0.0", "--as-of", "2026-03-11", cwd=base)
    late = run("status", "1.0.0", "--as-of", "2026-03-13", cwd=base)

    assert (early.code, late.code) == (0, 1)
    assert "✓ Can be closed. 1 thing is to be filled in later." in early.out
    assert re.search(r"2\.2  Release briefing: to be written +due by 2026-03-12", early.out)
    assert re.search(r"2\.2  Release briefing: to be written +overdue", late.out)
    assert run("check", "1.0.0", "--as-of", "2026-03-11", cwd=base).code == 0


def test_an_error_shuts_the_gate_although_every_deliverable_is_there(base: Path) -> None:
    edit(base / "releases/1.0.0/references.yaml", "tracker:", "trackr:")

    done = run("status", "1.0.0", cwd=base)
    one = told(base, "1.0.0")

    assert done.code == 1
    assert not one["open"]
    assert one["errors"]
    assert all(error["rule"] and error["path"] and error["line"] for error in one["errors"])
    assert [person["id"] for person in one["errors"][0]["people"]] == ["ana.silva"]
    assert f"[{one['errors'][0]['rule']}]" in done.out.replace("\n       ", " ")


def test_a_warning_that_is_an_error_in_the_next_phase_shuts_the_gate(base: Path) -> None:
    facts = base / "releases/1.0.0/release.yaml"
    edit(facts, "phase: ship", "phase: plan")
    (base / "releases/1.0.0/references.yaml").write_text("references: {}\n")
    (base / "releases/1.0.0/03-ship/deployments.yaml").unlink()
    assert run("check", "1.0.0", cwd=base).code == 0

    done, one = run("status", "1.0.0", cwd=base), told(base, "1.0.0")
    edit(facts, "phase: plan", "phase: test")

    assert (done.code, run("check", "1.0.0", cwd=base).code) == (1, 1)
    assert "◐  1 Plan           in progress 1/1" in done.out
    assert "reference 'Change tracker' is missing [missing-reference]" in done.out
    assert [error["rule"] for error in one["errors"]] == ["missing-reference"]
    assert one["phases"][0]["state"] == "in progress"


def test_an_error_of_the_whole_portal_shuts_every_gate(base: Path) -> None:
    (base / "roster/people.yaml").unlink()

    assert run("check", "1.0.0", cwd=base).code == run("status", "1.0.0", cwd=base).code == 1


def test_what_a_passed_phase_lacks_is_blocked_and_overdue(sample: Path) -> None:
    edit(sample / "releases/2.6.0/release.yaml", "phase: planning", "phase: compliance")

    one = told(sample, "2.6.0", *AS_OF)

    assert one["phases"][0]["state"] == "blocked"
    assert {thing["overdue"] for thing in one["open"] if thing["phase"] == "planning"} == {True}
    assert {thing["overdue"] for thing in one["open"] if thing["phase"] == "compliance"} == {False}
    assert "overdue\n" in run("status", "2.6.0", *AS_OF, cwd=sample).out
    # What is told as something to do is not told as an error once more.
    assert one["errors"] == []


def test_a_role_that_nobody_holds_is_named(sample: Path) -> None:
    edit(sample / "releases/2.6.0/release.yaml", "  stakeholder: sofia.lindqvist\n", "")
    edit(sample / "roster/people.yaml", "{role: stakeholder,", "{role: developer,")

    assert "Business Stakeholder: nobody in the roster" in run("status", "2.6.0", cwd=sample).out


def test_more_than_a_screen_is_counted(sample: Path) -> None:
    edit(sample / "releases/2.6.0/release.yaml", "phase: planning", "phase: closed")

    done = run("status", "2.6.0", *AS_OF, cwd=sample)
    one = told(sample, "2.6.0", *AS_OF)

    left = len(one["open"]) + len(one["errors"]) - 8
    assert left > 0
    rest = done.out.partition(f"And {left} more: ")[2].replace("\n", " ")
    assert sum(map(int, re.findall(r"(\d+) for ", rest))) == left
    assert "2 for Kavita Rao" in rest
    assert len(done.out.splitlines()) <= 40


# Mistakes


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status", "2.6.1"), "did you mean '2.6.0'?"),
        (("status", "--format", "markdwn"), "did you mean 'markdown'?"),
        (("status", "--as-of", "soon"), "YYYY-MM-DD"),
    ],
)
def test_mistakes_of_usage_exit_2(sample: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments, cwd=sample)

    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_what_cannot_be_verified_exits_3_and_says_nothing_of_the_release(sample: Path) -> None:
    edit(sample / "mkdocs.yml", "proof: roster", "proof: signed")

    done = run("status", "2.4.0", cwd=sample)

    assert (done.code, done.out) == (3, "")
    assert "hint:" in done.err


# JSON


def test_json_is_the_contract_and_nothing_else(sample: Path) -> None:
    done = run("status", *AS_OF, "--format", "json", cwd=sample)
    whole = json.loads(done.out)

    assert done.code == 1
    assert set(whole) == {"schema", "as_of", "ready", "errors", "releases"}
    assert (whole["schema"], whole["ready"]) == (1, False)
    assert [one["version"] for one in whole["releases"]] == ["2.6.0", "2.5.0"]
    one = whole["releases"][0]
    assert set(one) == {
        "version", "title", "type", "phase", "target_date", "ready",
        "answer", "phases", "open", "errors", "warnings",
    }  # fmt: skip
    keys = {"number", "phase", "title", "state", "complete", "deliverables", "since"}
    assert all(set(phase) == keys for phase in one["phases"])
    assert one["open"][0] == {
        "deliverable": "1.1",
        "phase": "planning",
        "kind": "rejected",
        "record": "scope",
        "text": "Release scope: Daniel Okafor (Information Security Owner) rejects it",
        "role": "release-manager",
        "people": [{"id": "meera.iyer", "name": "Meera Iyer"}],
        "since": "2026-11-20T16:15:00+00:00",
        "due": None,
        "overdue": False,
        "path": "releases/2.6.0/signoffs/scope/daniel.okafor.yaml",
        "line": 3,
    }
    # The roster alone does not tell when a phase began.
    assert {thing["since"] for thing in one["open"][1:]} == {None}
    assert next(thing["line"] for thing in one["open"] if thing["kind"] == "record") is None


def test_each_documented_key_is_there_and_each_key_is_documented(sample: Path) -> None:
    edit(sample / "releases/2.6.0/references.yaml", "tracker:", "trackr:")
    guide = (sample / "docs/guide/status.md").read_text()
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", guide, re.MULTILINE))

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(key for one in value.values() for key in keys(one))}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert keys(json.loads(run("status", "--format", "json", cwd=sample).out)) == documented


# Markdown


def test_markdown_has_a_row_for_each_phase_and_each_open_thing(sample: Path) -> None:
    done = run("status", "2.6.0", *AS_OF, "--format", "markdown", cwd=sample)

    assert done.code == 1
    assert done.out.startswith("## 2.6.0 Partner settlement reports (standard, medium risk)\n")
    assert "❌ **Cannot be released now: 6 things are open.**" in done.out
    assert "| 🔴 | **1. Planning & Scope Definition** | blocked | 0 of 3 |" in done.out
    assert (
        "| Meera Iyer, Release Manager | 1.2 CAB minutes: to be written |  "
        "| `releases/2.6.0/01-planning/cab-minutes.md` |" in done.out
    )
    html = MarkdownIt("commonmark").enable("table").render(done.out)
    assert html.count("<tr>") == 1 + 10 + 1 + 6


def test_records_cannot_make_links_mentions_html_or_break_the_table(sample: Path) -> None:
    quoted = json.dumps(HOSTILE)
    edit(sample / "releases/2.6.0/release.yaml", "title: Partner settlement reports", f"title: {quoted}")
    edit(sample / "roster/people.yaml", "name: Meera Iyer", f"name: {quoted}")
    edit(sample / "roster/people.yaml", "name: Daniel Okafor", f"name: {quoted}")

    done = run("status", "2.6.0", "--format", "markdown", cwd=sample)

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(done.out)
    assert not [one for one in tokens if one.type == "html_block"]
    inline = [child for token in tokens for child in token.children or ()]
    assert {one.type for one in inline} <= {"text", "code_inline", "strong_open", "strong_close"}
    plain = "".join(one.content for one in inline if one.type == "text")
    assert not set("@<>[]#`|") & set(plain)
    assert "evil" not in plain
    assert sum(HOSTILE in one.content for one in inline if one.type == "code_inline") >= 3
    rows = MarkdownIt("commonmark").enable("table").render(done.out).split("<tr>")
    assert {row.count("<td") for row in rows} == {0, 4}


@pytest.mark.parametrize(
    "words",
    ["@acme", "a@b.example", "www.evil.example", "https://x", "evil.example", "#12", "PAY-240", "GH-1", "!1",
     "<b>", "&lt;b", "*a*", "_a_", "[a]", "~a~", "$a$", ":smile:", "%1", "a\\", "deadbeef", "a`b``c", "acme/api",
     "\u202eabc", "`", "a\n# b"],
)  # fmt: skip
def test_whatever_could_mean_something_is_code(words: str) -> None:
    (token,) = MarkdownIt("commonmark").parseInline(safe(words))

    assert [child.type for child in token.children or ()] == ["code_inline"]


@pytest.mark.parametrize(
    "words", ["Instant payouts", "Größe, 2.4.0 (neu): ok.", "Risk & review", "Pre-Release"]
)
def test_words_that_mean_nothing_stay_words(words: str) -> None:
    assert safe(words) == words


@pytest.mark.parametrize("words", ["a|b", "a\\|b", "a\\\\|b", "|", "\\", "`|`"])
def test_a_bar_never_ends_a_cell(words: str) -> None:
    from release_portal.board.markdown import _row

    (row,) = _row(code(words), "x")
    html = MarkdownIt("commonmark").enable("table").render(f"| a | b |\n| --- | --- |\n{row}\n")

    assert html.count("<td>") == 2
    assert "<td>x</td>" in html


# Terminal


def in_terminal(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    """What a terminal of 80 by 24 gets."""
    main, side = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", **(env or {})}
    environment = {key: value for key, value in environment.items() if value}
    command = [sys.executable, "-P", "-m", "release_portal", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=side, stderr=subprocess.DEVNULL):
        os.close(side)
        written = b""
        while piece := _read(main):
            written += piece
    os.close(main)
    return written.decode().replace("\r\n", "\n")


def _read(main: int) -> bytes:
    try:
        return os.read(main, 65536)
    except OSError:  # Linux says so when the other end has closed
        return b""


def test_a_terminal_gets_colour_and_one_screen(sample: Path) -> None:
    shown = in_terminal(sample, "status", *AS_OF, env={"NO_COLOR": ""})

    assert "\x1b[1;31m✗\x1b[0m" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "\x1b" not in plain
    assert "release-portal status VERSION tells more of 2.5.0." in plain
    assert run("status", "2.6.0", *AS_OF, cwd=sample).out in re.sub(r" +\n", "\n", plain)


@pytest.mark.parametrize("how", ["variable", "option"])
def test_a_terminal_that_wants_no_colour_gets_none(sample: Path, how: str) -> None:
    before = ("--no-color",) if how == "option" else ()
    env = {"NO_COLOR": "1" if how == "variable" else ""}

    assert "\x1b" not in in_terminal(sample, *before, "status", *AS_OF, env=env)


def test_records_cannot_command_the_terminal(sample: Path) -> None:
    title = '"\\e[2J\\e]0;owned\\a [red]x[/red]"'
    edit(sample / "releases/2.6.0/release.yaml", "title: Partner settlement reports", f"title: {title}")

    shown = in_terminal(sample, "status", "2.6.0", env={"NO_COLOR": "1"})

    assert "\x1b" not in shown
    assert "\a" not in shown


def test_a_narrow_terminal_gets_one_column_of_phases(sample: Path) -> None:
    shown = in_terminal(sample, "status", "2.6.0", env={"NO_COLOR": "1", "COLUMNS": "50"})

    assert re.search(r"^  ·  6 Approval +not due$", shown, re.MULTILINE)


def test_an_unknown_key_takes_no_title_away(sample: Path) -> None:
    with (sample / "releases/2.6.0/release.yaml").open("a") as facts:
        facts.write("colour: blue\n")

    done = run("status", "2.6.0", *AS_OF, cwd=sample)

    assert done.out.startswith("2.6.0 Partner settlement reports (standard, medium risk)\n")
    assert "unknown key 'colour'" in done.out
    assert told(sample, "2.6.0", *AS_OF)["title"] == "Partner settlement reports"


def test_a_release_without_release_yaml_is_called_by_its_version(sample: Path) -> None:
    (sample / "releases/2.6.0/release.yaml").unlink()

    assert run("status", "2.6.0", *AS_OF, cwd=sample).out.startswith("2.6.0\n")
    assert told(sample, "2.6.0", *AS_OF)["title"] == "2.6.0"


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_phase_that_lacks_nothing_is_blocked_by_errors(sample: Path, format_: str) -> None:
    edit(sample / "releases/2.5.0/04-testing/rollback-rehearsal.md", "outcome: passed", "outcome: failed")
    renew(sample)

    assert "blocked by errors" in run("status", "2.5.0", *AS_OF, "--format", format_, cwd=sample).out


# Since when


UNASKED = "Where no day stands, git was not asked"


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_it_says_why_no_day_stands(sample: Path, format_: str) -> None:
    assert UNASKED in run("status", "2.6.0", *AS_OF, "--format", format_, cwd=sample).out


def test_where_git_was_asked_or_nothing_is_open_nothing_is_said_of_it(
    demo: tuple[Path, Run], sample: Path
) -> None:
    assert UNASKED not in run("status", "2.6.0", *AS_OF, cwd=demo[0]).out
    assert UNASKED not in run("status", "2.4.1", *AS_OF, cwd=sample).out


def test_the_demo_knows_since_when_a_phase_waits(demo: tuple[Path, Run]) -> None:
    portal = demo[0]
    entered = subprocess.run(
        ["git", "log", "-1", "--format=%cI", "--grep=2.5.0: enter monitoring"],
        cwd=portal, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip

    one = told(portal, "2.5.0", *AS_OF)

    assert one["phases"][7]["since"] == entered
    assert {thing["since"] for thing in one["open"]} == {entered}


@pytest.fixture
def commit() -> Callable[[Path, str, str], None]:
    """Commit everything in a portal at a time."""

    def made(portal: Path, message: str, at: str) -> None:
        identity = {"GIT_AUTHOR_NAME": "Ana Silva", "GIT_AUTHOR_EMAIL": "ana@example.com"}
        identity |= {"GIT_COMMITTER_NAME": "Ana Silva", "GIT_COMMITTER_EMAIL": "ana@example.com"}
        environment = {**os.environ, **identity, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        for arguments in (["add", "-A"], ["-c", "commit.gpgsign=false", "commit", "-qm", message]):
            subprocess.run(["git", *arguments], cwd=portal, env=environment, check=True)

    return made


def test_git_tells_since_when_something_is_stale_or_overdue(
    tmp_path: Path, commit: Callable[[Path, str, str], None]
) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    release = portal / "releases/1.0.0"
    edit(release / "01-plan/scope.md", "The API.", "The API and more.")
    commit(portal, "Change the scope", "2026-03-12T09:00:00+00:00")
    edit(release / "01-plan/scope.md", "The API and more.", "The API and much more.")
    commit(portal, "Change it again", "2026-03-14T09:00:00+00:00")
    (release / "02-test/release-briefing.md").unlink()
    commit(portal, "Lose the briefing", "2026-03-15T09:00:00+00:00")

    open_ = {thing["record"]: thing for thing in told(portal, "1.0.0")["open"]}

    assert (open_["scope"]["kind"], open_["scope"]["since"]) == ("stale", "2026-03-12T09:00:00+00:00")
    # The first commit of release.yaml has the release closed: it never was in the phase.
    assert open_["release-briefing"]["since"] == "2026-02-02T09:00:00+00:00"
    assert open_["release-briefing"]["overdue"]


def test_a_phase_that_was_not_committed_has_no_begin(
    tmp_path: Path, commit: Callable[[Path, str, str], None]
) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    release = portal / "releases/1.0.0/release.yaml"
    release.write_text(re.sub(r"phase: closed|(?m:^closed_at.*\n)", "", release.read_text()))
    release.write_text(release.read_text().replace("type: standard", "type: standard\nphase: plan"))
    commit(portal, "Back to planning", "2026-03-12T09:00:00+00:00")
    assert told(portal, "1.0.0")["phases"][0]["since"] == "2026-03-12T09:00:00+00:00"

    edit(release, "phase: plan", "phase: test")

    assert {phase["since"] for phase in told(portal, "1.0.0")["phases"]} == {None}
