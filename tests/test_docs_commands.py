"""Every command that README, docs and `--help` show is run as it stands there, or, where it cannot be, parsed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from release_portal.cli import COMMANDS, cli
from tests.conftest import ROOT, Run, run
from tests.importing import write_reports

PAGES = sorted(str(one.relative_to(ROOT)) for one in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

HELPS = ["schema export" if name == "schema" else name for name in COMMANDS]

# What is parsed only: its options and subcommands must be there, and nothing runs.
PARSED = {
    "release-portal serve": "ends by Ctrl-C only",
    "release-portal serve --port 8080": "ends by Ctrl-C only",
    "release-portal build --scheduler tcp://10.0.0.5:8786 --cache /mnt/share/portal": "needs a cluster",
    "release-portal import FORMAT VERSION FILE...": "placeholders",
    "release-portal import spdx 2.6.0 reports/platform.spdx.json": "needs a file of another tool",
    "release-portal import github 2.6.0 reports/deployments.json reports/statuses.json": "needs answers of GitHub",
    "release-portal import github 2.6.0 reports/pulls.json": "needs an answer of GitHub",
    "release-portal import github 2.6.0 reports/release.json": "needs an answer of GitHub",
    "release-portal import gitlab 2.6.0 reports/deployments.json": "needs an answer of GitLab",
    "release-portal import gitlab 2.6.0 reports/merge-requests.json reports/approvals.json": "needs answers of GitLab",
    "release-portal import prometheus 2.6.0 reports/availability.json --set name=Availability --set unit=%"
    " --set direction=at-least --set threshold=99.95": "needs an answer of Prometheus",
    "release-portal sign 2.6.0 scope --as kavita.rao --key ~/.ssh/id_ed25519": "her key was thrown away with the demo's making",
    "release-portal build --strict --site-dir /srv/portal": "writes outside of the test's folder",
    "release-portal build --audience public --site-dir /srv/www": "writes outside of the test's folder",
}
# What stands before the first command of a page, or the example of a command, for a reader who came from another one.
BEFORE = {
    "docs/guide/status.md": ["release-portal new 2.7.0"],
    "leaks --help": ["release-portal build --audience public --no-search"],
    "verify --help": ["release-portal package 2.4.0 --report html --sign ~/.ssh/id_ed25519"],
}
# Ends with 1 where it finds something, as it does in the demo: it ran all the same.
FINDS = {"check", "status"}
# What goes with a command of ours is run too: what it makes, or takes away, is what ours finds.
_RUN = r"(?:release-portal|git (?:add|bundle|clone|-C \S+ bundle)|rm -rf(?= overrides))"


@dataclass(frozen=True)
class Shown:
    """A command as it is shown: where, and its words for the shell."""

    place: str
    line: str

    @property
    def words(self) -> list[str]:
        """Its words, without what the shell does with its output."""
        parts = shlex.shlex(self.line, posix=True, punctuation_chars="|&;<>")
        parts.whitespace_split = True
        words = list(parts)
        return words[: next((at for at, word in enumerate(words) if word[0] in "|&;<>"), len(words))]


def blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Fenced and indented blocks of code, each with the number of its first line."""
    found: list[str] = []
    fenced = False
    for number, line in enumerate([*text.splitlines(), "end"], 1):
        if re.match(r"\s*```", line):
            fenced = not fenced
        elif fenced or line.startswith("    ") or (found and not line):
            found.append(line)
            continue
        if found:
            yield number - len(found), found
            found = []


def in_blocks(page: str) -> list[Shown]:
    """The commands in the blocks of a page: of a shell, of CI in YAML, or after a comment's mark; not the usage of one."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [(at + step, line) for at, block in blocks(text) for step, line in enumerate(block)]
    found = [(at, re.search(rf"(?:^|[:#-] )\s*({_RUN} .*)$", line.strip())) for at, line in lines]
    return [Shown(f"{page}:{at}", one[1]) for at, one in found if one and "[OPTIONS]" not in one[1]]


def in_text(page: str) -> list[Shown]:
    """The commands within the sentences of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    spans = re.finditer(r"`(release-portal\s[^`]+)`", text)
    return [Shown(f"{page}:{text.count(chr(10), 0, one.start()) + 1}", one[1]) for one in spans]


def in_help(name: str) -> list[Shown]:
    """The examples of a command's own help."""
    told = run(*name.split(), "--help", cwd=ROOT).out
    return [Shown(f"{name} --help", line) for line in re.findall(r"(?m)^    (release-portal .*)$", told)]


def parsed(words: list[str], group: click.Command = cli) -> click.Command:
    """The command that words name; raises where it, an option or an argument of it is not there."""
    context = click.Context(group, info_name=words[0])
    _, rest, _ = group.make_parser(context).parse_args(words[1:])
    if not isinstance(group, click.Group):
        assert not rest, f"too many words: {rest}"
        return group
    if not rest:
        return group
    command = group.get_command(context, rest[0])
    if command is None:
        raise click.UsageError(f"no such command: {rest[0]}")
    return parsed(rest, command)


@dataclass(frozen=True)
class Reader:
    """Somebody in the demo, with a home, a key that the roster lists, and reports of CI."""

    portal: Path
    home: Path

    def does(self, line: str) -> Run:
        """Give a line to the shell, as it is shown."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        named = {"HOME": str(self.home), "PATH": path, "GITHUB_STEP_SUMMARY": str(self.home / "summary.md")}
        environment = {**os.environ, **named, "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(
            ["bash", "-euc", line],
            cwd=self.portal, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def prepared(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The demo with what a reader has beside it, made once; each page gets a copy."""
    folder = tmp_path_factory.mktemp("prepared")
    reader = Reader(Path(shutil.copytree(demo[0], folder / "portal")), folder / "home")
    for part in (".ssh", ".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"):
        (reader.home / part).mkdir(parents=True)
    reports = reader.portal / "reports"
    reports.mkdir()
    write_reports(reports)
    made = reader.does(
        """
        git config --global user.name "Meera Iyer"; git config --global user.email meera.iyer@dealsphere.example
        git clone -q repositories/platform ../platform
        ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519
        echo "$(git config user.email) namespaces=\\"git,release-portal\\" $(cat ~/.ssh/id_ed25519.pub)" >> roster/allowed_signers
        git config --global gpg.format ssh; git config --global user.signingkey ~/.ssh/id_ed25519.pub
        git commit -q -S -m 'List a new key' roster
        cp roster/allowed_signers KEYS
        """
    )
    assert made.code == 0, made.err
    return reader


@pytest.fixture
def reader(prepared: Reader, tmp_path: Path) -> Reader:
    """A reader at the start of a page; the branch `origin/main` is there, as in a clone."""
    shutil.copytree(prepared.portal.parent / "platform", tmp_path / "platform")
    portal = Path(shutil.copytree(prepared.portal, tmp_path / "portal"))
    one = Reader(portal, prepared.home)
    assert one.does("git update-ref refs/remotes/origin/main HEAD").code == 0
    return one


def follow(reader: Reader, commands: list[Shown]) -> list[str]:
    """Do what is shown from top to bottom, once each; gives what went wrong."""
    wrong = []
    for one in dict.fromkeys(Shown("", shown.line) for shown in commands):
        place = next(shown.place for shown in commands if shown.line == one.line)
        command = parsed(one.words) if one.line.startswith("release-portal ") else None
        if one.line in PARSED:
            continue
        done = reader.does(one.line)
        if done.code not in ({0, 1} if command and command.name in FINDS else {0}):
            wrong.append(f"{place}: {one.line}: {done.code}\n{done.err or done.out[-2000:]}")
    return wrong


@pytest.mark.parametrize("page", [one for one in PAGES if in_blocks(one)])
def test_each_command_of_a_page_does_what_it_says(page: str, reader: Reader) -> None:
    before = [Shown("", line) for line in BEFORE.get(page, [])]

    assert follow(reader, [*before, *in_blocks(page)]) == []


@pytest.mark.parametrize("name", HELPS)
def test_each_example_of_a_help_does_what_it_says(name: str, reader: Reader) -> None:
    before = [Shown("", line) for line in BEFORE.get(f"{name} --help", [])]
    examples = in_help(name)
    done = {one.line for page in PAGES for one in in_blocks(page)}

    assert examples
    assert follow(reader, [*before, *(one for one in examples if one.line not in done)]) == []


@pytest.mark.parametrize("page", [one for one in PAGES if in_text(one)])
def test_each_command_within_a_sentence_exists_with_its_options(page: str) -> None:
    for one in in_text(page):
        assert parsed(one.words), one.place


def test_what_is_only_parsed_is_still_shown_somewhere() -> None:
    shown = {one.line for page in PAGES for one in in_blocks(page)}
    shown |= {one.line for name in HELPS for one in in_help(name)}

    assert PARSED.keys() - shown == set()


@pytest.mark.parametrize(
    "line",
    [
        "release-portal chek",
        "release-portal check --fromat json",
        "release-portal schema exprot schemas",
        "release-portal --cofig x check",
        "release-portal digest 2.4.0 scope more",
    ],
)
def test_a_mistyped_command_fails_here(line: str) -> None:
    with pytest.raises((click.UsageError, AssertionError)):
        parsed(Shown("", line).words)


def test_help_that_is_shown_is_what_the_command_says() -> None:
    excerpts = [block for page in PAGES for _, block in blocks((ROOT / page).read_text(encoding="utf-8"))]
    shown = [[line[4:] for line in block] for block in excerpts if "Usage: release-portal" in block[0]]

    assert shown
    for block in shown:
        names = re.findall(r"^Usage: release-portal (.*?)(?:\[OPTIONS\])", block[0])[0].split()
        assert "\n".join(block).rstrip() == run(*names, "--help", cwd=ROOT).out.rstrip()
