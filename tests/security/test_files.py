"""Hostile files: bytes, names and kinds of file. Each is a finding or refused; none is run, followed or too costly."""

import os
import random
import resource
import socket
import time
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from release_portal import budget, evidence_files, folder, settings
from release_portal.assess import Assessment, assess
from release_portal.budget import over_budget
from release_portal.evidence import sarif
from release_portal.git import _command
from release_portal.prose import html
from tests.conftest import ROOT, run
from tests.security import oracles
from tests.security.planting import CANARY, portal
from tests.security.scorecard import FULL, SEED
from tests.security.test_strings import told

Told = Callable[[str, object], None]
DEEP = b"[" * 50_000
YAML: dict[str, bytes] = {
    "tag python": b"a: !!python/object/apply:os.system ['touch PWNED']\n",
    "tag name": b"a: !!python/name:os.system\n",
    "tag binary": b"a: !!binary aGk=\n",
    "tag local": b"!x a: 1\n",
    "tag directive": b"%TAG ! tag:yaml.org,2002:python/object/apply:\n---\na: !os.system ['touch PWNED']\n",
    "aliases": b"a: &a [x,x,x,x,x,x]\n" + b"".join(b"b%d: &b%d [*a,*a,*a]\n" % (i, i) for i in range(99)),
    "alias to itself": b"&a a: *a\n",
    "merge": b"<<: {version: 1.0.0}\n",
    "deep list": DEEP,
    "deep group": b"{a: " * 50_000,
    "deep block": b"- " * 60_000,
    "questions": b"? " * 60_000,
    "duplicate": b"version: 1.0.0\nversion: 9.9.9\n",
    "documents": b"a: 1\n---\nb: 2\n",
    "huge number": b"version: " + b"9" * 200_000 + b"\n",
    "not a number": b"version: .nan\nphase: .inf\n",
    "zero byte": b"version: 1.0.0\x00\n",
    "mark of order": b"\xef\xbb\xbfversion: 1.0.0\n",
    "utf-16": "version: 1.0.0\n".encode("utf-16"),
    "utf-32": "version: 1.0.0\n".encode("utf-32"),
    "latin-1": "version: é\n".encode("latin-1"),
    "lone surrogate": b'version: "\\ud800"\n',
    "escaped escape": b'version: "\\e[31m"\n',
    "windows ends": b"version: 1.0.0\r\nx: y\r\n",
    "old ends": b"version: 1.0.0\rphase: closed\r",
    "empty": b"",
    "only a comment": b"# nothing\n",
    "only a list": b"- a\n- b\n",
    "only a text": b"=1+1\n",
    "too large": b"a: " + b"x" * 300_000,
    "many keys": b"".join(b"k%d:\n" % i for i in range(25_000)),
    "many entries": b"tags:\n" + b"- {}\n" * 50_000,
    "key of lists": b"? [a]\n: b\n",
    "percent": b"%YAML 9.9\n---\na: 1\n",
    "html": b"<script>window.PWNED=1</script>",
    "pickle": b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94",
}  # fmt: skip
MARKDOWN: dict[str, bytes] = {
    "brackets": b"[" * 200_000,
    "images": b"![" * 100_000,
    "emphasis": b"**[" * 60_000,
    "quotes": b"> " * 100_000,
    "lists": b"\n".join(b" " * i + b"- a" for i in range(600)),
    "backticks": b"".join(b"`" * i + b" " for i in range(1, 600)),
    "wide tables": (b"|a" * 600 + b"|\n" + b"|-" * 600 + b"|\n" + b"a\n" * 100 + b"\n") * 90,
    "quoted tables": (b"> " + b"|a" * 600 + b"|\n> " + b"|-" * 600 + b"|\n" + b"> a\n" * 100 + b"\n") * 60,
    "front matter without end": b"---\n" + b"--- \t\r" * 30_000,
    "front matter twice": b"---\na: 1\n---\n---\nrender_macros: true\n---\n{{ 7*191 }}",
}


def small(folder_: Path) -> Path:
    return portal(folder_ / "p", "base")


def judged(root: Path) -> Assessment:
    return assess(root, settings.read(root / "mkdocs.yml"))


@pytest.mark.parametrize("name", YAML)
def test_a_hostile_yaml_file_is_a_finding(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    root = small(tmp_path)
    (root / "releases/1.0.0/release.yaml").write_bytes(YAML[name])
    started = time.process_time()
    assessment = judged(root)
    spent = time.process_time() - started
    assert any(one.location.path.endswith("release.yaml") for one in assessment.findings)
    assert (
        len([one for one in assessment.findings if one.location.path.endswith("release.yaml")])
        <= folder.MOST + 2
    )
    for format_, text in told_of(root, assessment).items():
        assert oracles.control_characters(text) == oracles.leaked(text) == 0
        assert len(text) < 200_000 or format_ == "sarif", "which lists every rule"
    assert spent < 2 * budget.SECONDS
    assert oracles.ran(tmp_path) == 0


def told_of(root: Path, assessment: Assessment) -> dict[str, str]:
    from tests.security.planting import Plot

    return told(Plot(root), assessment)


@pytest.mark.parametrize("name", MARKDOWN)
def test_a_hostile_markdown_file_costs_little(name: str, tmp_path: Path, record_property: Told) -> None:
    root = small(tmp_path)
    path = root / "releases/1.0.0/01-plan/scope.md"
    path.write_bytes(path.read_bytes() + b"\n" + MARKDOWN[name])
    before = resource.getrusage(resource.RUSAGE_SELF)
    judged(root)
    text = html(path.read_text())
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime - before.ru_utime < 2 * budget.SECONDS
    assert (after.ru_maxrss - before.ru_maxrss) < 1024 * budget.MEGABYTES
    assert oracles.active_nodes(text) == 0
    assert oracles.calculated(text) == 0


def test_what_runs_away_or_crashes_takes_a_child_with_it_only() -> None:
    assert over_budget(lambda: None) == ""
    assert over_budget(lambda: [][1]) == "", "whoever asked meets the exception again"
    assert over_budget(_for_ever, 1) == "takes more than 1 s to read"
    assert over_budget(lambda: bytearray(1 << 30), megabytes=64) == "takes more than 64 MB to read"
    assert over_budget(lambda: os.abort()) == "crashes its reader (SIGABRT)"


def _for_ever() -> None:
    while True:
        pass


def test_a_record_over_budget_is_a_finding_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path)
    path = root / "releases/1.0.0/01-plan/scope.md"
    path.write_bytes(path.read_bytes() + b"\n" + b"**[ " * 50_000)
    (root / "releases/1.0.0/references.yaml").write_text("a: [\n")
    monkeypatch.setattr(folder, "over_budget", lambda task: over_budget(task, 1))
    found = {(one.rule, one.location.path.rpartition("/")[2]): one for one in judged(root).findings}
    assert "takes more than 1 s to read" in found["unsafe-yaml", "scope.md"].message
    assert ("malformed-yaml", "references.yaml") in found


def test_a_report_over_budget_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small(tmp_path)
    report = root / "releases/1.0.0/evidence/junit.xml"
    report.write_bytes(b"<testsuites>" + b"<a/>" * 5_000_000 + b"</testsuites>")
    monkeypatch.setattr(evidence_files, "over_budget", lambda task, _: over_budget(task, 1))
    found = [one for one in judged(root).findings if one.rule == "unreadable-report"]
    assert [one.message for one in found] == ["CI report 'evidence/junit.xml' takes more than 1 s to read"]


def test_as_many_rules_as_results_cost_as_much_as_both() -> None:
    rules = ",".join(f'{{"id": "r{n}"}}' for n in range(20_000))
    results = ",".join(f'{{"ruleId": "x{n}"}}' for n in range(20_000))
    log = f'{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"rules": [{rules}]}}}}, "results": [{results}]}}]}}'
    started = time.process_time()
    assert len(sarif.read(log.encode()).results) == 20_000
    assert time.process_time() - started < 5, "each result against each rule took minutes"


def test_no_mutation_of_a_record_is_an_error_of_ours(tmp_path: Path, record_property: Told) -> None:
    chance, root, runs = random.Random(SEED), small(tmp_path), int(os.environ.get("MUTATIONS", "60"))
    files = [path for path in sorted((root / "releases").rglob("*")) if path.is_file()]
    for _ in range(runs):
        path = chance.choice(files)
        honest = path.read_bytes()
        path.write_bytes(mutated(honest, chance))
        told_of(root, judged(root))
        path.write_bytes(honest)
    record_property("mutated files, no traceback", runs)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, taken away, doubled or replaced by what means something."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randint(1, 30)]
            case 2:
                made[at:at] = made[at : at + chance.randint(1, 60)]
            case 3:
                made[at:at] = chance.choice([b": ", b"- ", b"\n", b"{", b"[", b"*a", b"&a ", b"!!x ", b"<<: ", b"|", b"---\n", b"\x00", b"\xff", b"\xe2\x80\xae"])  # fmt: skip
    return bytes(made)


NAMES = (
    "con.yaml", "COM1", "nul.md", "a\nb.md", "\u202egnp.md", "a" * 255, "-rf", "--output=PWNED", "a b.md", "tail.", ".hidden",
    "a\\b.md", "a:b.md", "%2e%2e.md", "caf\u0065\u0301.md", "::error::x.md", "=1+1.csv", "\x1b[31m.md", "$(touch PWNED).md", "{{ 7*191 }}.md",
)  # fmt: skip


@pytest.mark.parametrize("place", ["", "evidence", "signoffs/scope", "01-plan"])
def test_a_hostile_name_is_a_finding(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    root = small(tmp_path)
    where = root / "releases/1.0.0" / place
    names = [os.fsencode(name) for name in NAMES] + [b"\xff\xfe.md"]
    for name in names:
        (Path(os.fsdecode(os.path.join(os.fsencode(where), name)))).write_text("x")
    (where / "Twin.md").write_text("x")
    (where / "twin.md").write_text("x")
    assessment = judged(root)
    unsafe = [one for one in assessment.findings if one.rule == "unsafe-name"]
    assert len(unsafe) == len(names) + 1
    for format_, text in told_of(root, assessment).items():
        own = len(assessment.findings) if format_ == "github" else 0
        assert (
            oracles.control_characters(text) == oracles.commands(text, own) == oracles.calculated(text) == 0
        )
    assert oracles.ran(tmp_path) == 0


@pytest.mark.parametrize("kind", ["link", "link to a folder", "broken link", "pipe", "socket", "device"])
@pytest.mark.parametrize(
    "path",
    [
        "evidence/junit.xml",
        "01-plan/scope.md",
        "release.yaml",
        "signoffs/scope/ana.silva.yaml",
        "evidence",
        "01-plan",
    ],
)
def test_only_regular_files_are_read(kind: str, path: str, tmp_path: Path) -> None:
    root = small(tmp_path)
    target = root / "releases/1.0.0" / path
    target.rename(tmp_path / "taken")
    outside = tmp_path / "p/canary.txt"
    if kind == "link":
        target.symlink_to(outside)
    elif kind == "link to a folder":
        target.symlink_to(outside.parent)
    elif kind == "broken link":
        target.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "socket":
        os.chdir(target.parent)
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(target.name)
        os.chdir(ROOT)
    else:
        try:
            os.mknod(target, 0o600 | 0o020000, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("devices are for root to make")
    assessment = judged(root)
    assert any(one.rule == "irregular-file" and path in one.location.path for one in assessment.findings)
    for text in told_of(root, assessment).values():
        assert oracles.leaked(text) == 0


def test_a_release_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "releases/1.0.0").rename(tmp_path / "2.0.0")
    (root / "releases/2.0.0").symlink_to(tmp_path / "2.0.0")
    assert judged(root).portal.releases == ()


@cache  # an archive holds the time at which it was made
def bombs() -> dict[str, bytes]:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../PWNED", b"x")
        archive.writestr("zeros", bytes(20_000_000))
    return {
        "bomb.zip": out.getvalue(),
        "page.html": b"<script>window.PWNED=1</script>",
        "image.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.PWNED=1</script></svg>',
        "style.xml": b'<?xml-stylesheet href="x.xsl"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>window.PWNED=1</h:script></a>',
        "entity.xml": b'<!DOCTYPE testsuites [<!ENTITY x SYSTEM "../../../../canary.txt">]><testsuites>&x;</testsuites>',
        "lol.xml": b'<!DOCTYPE testsuites [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><testsuites>&b;</testsuites>',
        "outside.xml": b'<!DOCTYPE testsuites SYSTEM "https://example.invalid/x.dtd"><testsuites/>',
        "sheet.csv": b"=1+1,@x\n",
    }


@pytest.mark.parametrize("name", [name for name in bombs() if name.endswith(".xml") and name != "style.xml"])
def test_a_document_type_is_refused(name: str, tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "releases/1.0.0/evidence/junit.xml").write_bytes(bombs()[name])
    found = [one for one in judged(root).findings if one.rule == "unreadable-report"]
    assert len(found) == 1
    assert "document type" in found[0].message
    assert CANARY not in repr(found)


def test_no_honest_portal_is_rejected(record_property: Told) -> None:
    good = [ROOT, ROOT / "tests/base", *sorted((ROOT / "tests/cases").glob("*/good-*"))]
    guards = {"unsafe-yaml", "malformed-yaml", "duplicate-key", "hidden-characters", "unsafe-name", "irregular-file", "unreadable-report"}  # fmt: skip
    records = 0
    for root in (ROOT, ROOT / "tests/base"):
        assessment = judged(root)
        assert [one for one in assessment.findings if one.rule in guards] == []
        records += sum(
            len(one.records) + len(one.signoffs) + len(one.evidence) for one in assessment.portal.releases
        )
    assert len(good) > 100
    record_property("honest files, none rejected", records)


def test_no_room_but_gits_own_runs_git_or_another_program() -> None:
    """G1: what would start a program, or reach git's dynamic commands, stands in the rooms that are for it only."""
    import ast

    allowed = {"git", "search", "demo", "starter", "audit", "environment.py"}
    package = Path(_command.__file__).parents[1]
    hits = []
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if (
                any(name.split(".")[0] in {"subprocess", "git", "pty"} for name in names)
                and room not in allowed
            ):
                hits.append(f"{path.name}:{getattr(node, 'lineno', 0)}")
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "git"
                and isinstance(node.value.value, ast.Name)
                and node.value.value.id in {"repo", "repository"}
            ):
                hits.append(f"{path.name}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"system", "popen", "spawnv", "execv", "unsafe_load", "full_load"}
            ):
                hits.append(f"{path.name}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"eval", "exec"}
            ):
                hits.append(f"{path.name}:{node.lineno}")
    assert hits == []


def test_the_command_line_meets_the_worst_of_them_without_a_traceback(tmp_path: Path) -> None:
    root = small(tmp_path)
    for number, name in enumerate(YAML):
        path = root / f"releases/1.0.{number}/release.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(YAML[name])
    for arguments in (("check",), ("status",)) if FULL else (("check",),):
        done = run(*arguments, cwd=root)
        assert done.code == 1
        assert "Traceback" not in done.err
        assert oracles.control_characters(done.out + done.err) == 0
