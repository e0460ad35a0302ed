"""Nothing internal reaches the public site: canaries in every kind of place, side channels, and the proof itself."""

import base64
import bz2
import gzip
import hashlib
import html
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from release_portal import front, leaks, settings, site
from release_portal.assess import assess
from release_portal.failure import Misconfigured
from release_portal.front.writing import write
from release_portal.leaks.forms import forms, within
from release_portal.public import PublicPortal, public
from release_portal.public.values import PublicNotes
from tests.conftest import ROOT, copy_sample, run
from tests.renewal import renew

Told = Callable[[str, object], None]
AUTHOR = {"GIT_AUTHOR_NAME": "Zora Quibblezark", "GIT_AUTHOR_EMAIL": "quib24@inside.example"}
COMMITTER = {"GIT_COMMITTER_NAME": "Ivo Zarkquibble", "GIT_COMMITTER_EMAIL": "quib25@inside.example"}
OLD = "releases/2.4.1"
# What is planted: kind of place -> canary, file, and the words that it takes the place of.
PLANTED = {
    "name of a person": ("Quibzark One", "roster/people.yaml", "Yuki Tanaka"),
    "team": ("Quibzark Two", "roster/people.yaml", "team: Payouts"),
    "title of a release": ("Quibzark four", f"{OLD}/release.yaml", "title: "),
    "scope": ("Quibzark five", f"{OLD}/01-planning/scope.md", ""),
    "change": ("Quibzark six", f"{OLD}/01-planning/changes.yaml", "title: "),
    "minutes": ("Quibzark seven", f"{OLD}/01-planning/cab-minutes.md", ""),
    "risk": ("Quibzark eight", f"{OLD}/02-compliance/risk-assessment.yaml", "A payout is executed twice on"),
    "test summary": ("Quibzark nine", f"{OLD}/04-testing/test-summary.yaml", "note: "),
    "internal notes": ("Quibzark ten", f"{OLD}/05-documentation/release-notes-internal.md", "headline: "),
    "tickets of a disclosure": ("ZQK-90411", f"{OLD}/05-documentation/release-notes.md", "PAY-231"),
    "decision": ("Quibzark twelve", f"{OLD}/06-approval/go-no-go.md", ""),
    "plan": ("Quibzark thirteen", f"{OLD}/06-approval/deployment-plan.md", ""),
    "incident": ("Quibzark fourteen", f"{OLD}/08-monitoring/incidents/inc-88.md", "title: "),
    "notice to a regulator": ("Quibzark fifteen", f"{OLD}/09-notification/notices/rbi-final-report.md", "subject: "),
    "notice to some customers": ("Quibzark sixteen", f"{OLD}/09-notification/notices/affected-partners.md", "subject: "),
    "retrospective": ("Quibzark seventeen", f"{OLD}/10-retrospective/retrospective.md", ""),
    "action": ("Quibzark eighteen", f"{OLD}/10-retrospective/actions.yaml", "title: "),
    "reference": ("Quibzark nineteen", f"{OLD}/references.yaml", "title: "),
    "internal document": ("Quibzark twenty", "releases/2.5.0/05-documentation/documentation.yaml", "Record of processing"),
    "planned release": ("Quibzark thirty", "releases/2.6.0/01-planning/scope.md", ""),
    "evidence": ("Quibzark forty", f"{OLD}/evidence/access-log.csv", "at,event"),
    "name of the internal site": ("Quibzark fifty", "mkdocs.yml", "DealSphere release portal"),
    "internal page": ("Quibzark sixty", "docs/guide/index.md", "# Guide\n"),
    "file of the theme": ("Quibzark seventy", "overrides/assets/javascripts/compare.js", "/* "),
}  # fmt: skip
CANARIES = {kind: canary for kind, (canary, _, _) in PLANTED.items()} | {
    "notes of a planned release": "Quibzark eighty",
    "finding": "quibzark-ninety",
    "id of a person": "quib.zark03",
    "message of a commit": "Quibzark hundred",
    **AUTHOR,
}


@dataclass(frozen=True)
class Plot:
    """A portal with canaries, and its two sites."""

    root: Path
    internal: Path
    public: Path


def git(root: Path, *arguments: str, **said: str) -> None:
    environment = {**os.environ, **AUTHOR, **COMMITTER, **said}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} has no '{old}'"
    path.write_text(text.replace(old, new), encoding="utf-8")


def plant(path: Path, canary: str, old: str) -> None:
    """Put a canary in the place of some words; behind them, where they begin a value; at the end, where there are none."""
    if not old:
        path.write_text(
            f"{path.read_text()}\n{canary} stands here. Ask sofia.lindqvist@dealsphere.example.\n"
        )
    elif old[-1] in " \n":
        change(path, old, f"{old}{canary} ")
    elif old in {"team: Payouts", "at,event"}:
        change(path, old, f"{old} {canary}")
    else:
        change(path, old, canary)


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Plot:
    folder = tmp_path_factory.mktemp("public")
    root = copy_sample(folder / "portal")
    for canary, name, old in PLANTED.values():
        plant(root / name, canary, old)
    stated = root / f"{OLD}/evidence/access-log.csv"
    digest = hashlib.sha256(stated.read_bytes()).hexdigest()
    was = hashlib.sha256((ROOT / f"{OLD}/evidence/access-log.csv").read_bytes()).hexdigest()
    for path in root.glob(f"{OLD}/**/*.yaml"):
        path.write_text(path.read_text().replace(was, digest))
    notes = (root / f"{OLD}/05-documentation/release-notes.md").read_text()
    (root / "releases/2.6.0/05-documentation").mkdir()
    planned = notes.replace("headline: ", f"headline: {CANARIES['notes of a planned release']} ")
    (root / "releases/2.6.0/05-documentation/release-notes.md").write_text(planned)
    with (root / "releases/2.6.0/references.yaml").open("a") as file:
        file.write(f"{CANARIES['finding']}: x\n")
    for path in (
        *root.glob("releases/**/*.yaml"),
        *root.glob("releases/**/*.md"),
        root / "roster/people.yaml",
    ):
        path.write_text(path.read_text().replace("yuki.tanaka", CANARIES["id of a person"]))
    renew(root)
    change(root / "mkdocs.yml", "proof: roster", "proof: commit")  # so that git is asked
    commit(root)
    site.build(root / "mkdocs.yml", folder / "internal")
    front.build(root / "mkdocs.yml", folder / "outside")
    return Plot(root, folder / "internal", folder / "outside")


def commit(root: Path) -> None:
    """Commit all by somebody who is in no roster, but for the sign-offs on public notes: those by their signer, in time."""
    notes = sorted(root.glob("releases/*/signoffs/release-notes/*.yaml"))
    early = {"GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
    git(root, "init", "-q")
    git(root, "add", "-A", "--", ".", ":!releases/*/signoffs/release-notes/*")
    git(root, "commit", "-q", "-m", CANARIES["message of a commit"], **early)
    roster = assess(root, settings.read(root / "mkdocs.yml")).portal.roster
    for path in notes:
        text = path.read_text()
        person, at = roster.person(path.stem), text.partition("\nat: ")[2].partition("\n")[0].strip("\"'")
        assert person
        said = {"NAME": person.name, "EMAIL": person.emails[0], "DATE": at}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in said.items()}
        git(root, "add", "--", str(path))
        git(root, "commit", "-q", "-m", "Sign the notes", **who)
    git(root, "commit", "-q", "--allow-empty", "-m", "Wait")  # the portal is judged as of its last commit


def found(canaries: Iterable[str], folder: Path) -> dict[str, list[str]]:
    """Files of a site that hold each canary, in any form: an oracle that shares no list of texts with the product."""
    hits: dict[str, list[str]] = {canary: [] for canary in canaries}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        content = path.read_bytes()
        texts = {plain(content).decode("latin-1"), *everything(path.name, content)}
        whole = "\0".join(texts)
        for canary in hits:
            if canary.lower() in whole:
                hits[canary].append(path.relative_to(folder).as_posix())
    return hits


def everything(name: str, content: bytes) -> Iterator[str]:
    for how, inner in within(content, name):
        yield from (text.lower() for _, text in forms(how, inner))


def plain(content: bytes) -> bytes:
    return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).lower()


@pytest.fixture(scope="module")
def sightings(plot: Plot) -> dict[str, tuple[list[str], list[str]]]:
    inside, outside = (found(CANARIES.values(), folder) for folder in (plot.internal, plot.public))
    return {kind: (inside[text], outside[text]) for kind, text in CANARIES.items()}


@pytest.mark.parametrize("kind", CANARIES)
def test_a_canary_is_in_the_internal_site_and_not_in_the_public_one(
    kind: str, sightings: dict[str, tuple[list[str], list[str]]], record_property: Told
) -> None:
    internal, public = sightings[kind]
    assert internal, "the canary was not planted where it could be seen"
    assert public == []
    record_property("canaries in the internal site, none in the public one", 1)


def test_the_public_site_of_the_canaries_has_its_notes(plot: Plot) -> None:
    notes = [one.notes for one in shown(plot.root).releases]
    assert len([one for one in notes if one]) == 3, "a site without notes proves nothing of them"


def test_the_proof_lights_up_every_kind_on_the_internal_site_and_none_on_the_public_one(
    plot: Plot, record_property: Told
) -> None:
    bad = run("-C", str(plot.root), "leaks", str(plot.internal), cwd=plot.root)
    good = run("-C", str(plot.root), "leaks", str(plot.public), cwd=plot.root)
    assert (bad.code, good.code) == (1, 0), bad.err + good.err
    dark = {kind: figures for kind, figures in table(bad.out).items() if not figures[1]}
    assert dark == {}
    assert not any(hits for _, hits in table(good.out).values())
    kept = plot.public.parent / ".outside.build" / "leaks.txt"
    assert kept.read_text() == good.out
    assert kept.stat().st_mode & 0o077 == 0
    record_property(
        "internal texts looked for in the public site", sum(count for count, _ in table(good.out).values())
    )


def table(text: str) -> dict[str, tuple[int, int]]:
    """Texts and hits by kind, as a proof says them."""
    lines = text.split("\n\n")[1].splitlines()[1:]
    return {line[:32].strip(): (int(line[32:40]), int(line[40:])) for line in lines}


TEXT = "Quibzark: the höhe of the tüte"
GZIP = gzip.compress(TEXT.encode())


def zipped(name: str, content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def small(text: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 10)
    return packer.compress(text.encode()) + packer.flush()


def again(how: Callable[[str], str], text: str, times: int) -> str:
    for _ in range(times):
        text = how(text)
    return text


WRAPPED: dict[str, bytes] = {
    "plain": f"x {TEXT} y".encode(),
    "upper case": f"x {TEXT.upper()} y".encode(),
    "broken lines": b"x " + TEXT.replace(" ", "\n  ").encode() + b" y",
    "JSON": json.dumps({"a": TEXT}).encode(),
    "HTML": b"<p>" + "".join(f"&#{ord(one)};" for one in TEXT).encode() + b"</p>",
    "tags": TEXT.replace("the", "<b>the</b>").encode(),
    "tags within a word": TEXT.replace("zark", "<mark>zark</mark>").encode(),
    "percent": quote(TEXT).encode(),
    "gzip": gzip.compress(TEXT.encode()),
    "gzip of gzip": gzip.compress(gzip.compress(TEXT.encode())),
    "brotli": brotli.compress(TEXT.encode()),
    "base64, first": base64.b64encode(TEXT.encode()),
    "base64, second": base64.b64encode(b"-" + TEXT.encode() + b"--"),
    "base64, third": base64.b64encode(b"--" + TEXT.encode() + b"--"),
    "base64 in a word": b"data" + base64.b64encode(TEXT.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(TEXT.encode()).rstrip(b"="),
    "base64 in lines": base64.encodebytes(b"-" * 50 + TEXT.encode()),
    "base64 of gzip": base64.b64encode(gzip.compress(TEXT.encode())),
    "base64 of base64": base64.b64encode(base64.b64encode(TEXT.encode())),
    "hexadecimal": TEXT.encode().hex().encode(),
    "UTF-16 LE": TEXT.encode("utf-16-le"),
    "UTF-16 BE, behind a byte": b"x" + TEXT.encode("utf-16-be"),
    "UTF-16 with a mark": TEXT.encode("utf-16"),
    "gzip in an address": b"data:text/plain;base64,"
    + base64.b64encode(b"-" * 30)
    + b" data:x;base64,"
    + base64.b64encode(gzip.compress(TEXT.encode())),
    "tags in a feed": f"<content>{html.escape(TEXT.replace('the', '<b>the</b>'))}</content>".encode(),
    "HTML escaped twice": html.escape(html.escape("".join(f"&#{ord(one)};" for one in TEXT))).encode(),
    "percent twice": quote(quote(TEXT)).encode(),
    "JSON in JSON": json.dumps(json.dumps({"a": TEXT})).encode(),
    "HTML in base64": base64.b64encode("".join(f"&#{ord(one)};" for one in TEXT).encode()),
    "stream in a PDF": b"%PDF-1.7 stream\n" + zlib.compress(TEXT.encode()) + b"\nendstream",
    "text in a picture": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x20zTXtComment\0\0" + zlib.compress(TEXT.encode()),
    "gzip behind something": b"#!/bin/sh\n" + gzip.compress(TEXT.encode()),
    "words with dashes": TEXT.replace(" ", "-").encode(),
    "words with underscores": TEXT.replace(" ", "_").encode(),
    "words with plus signs": TEXT.replace(" ", "+").encode(),
    "soft hyphens": TEXT.replace("zark", "z\u00ada\u200brk").encode(),
    "marks of direction and order": TEXT.replace("zark", "\ufeffz\u200ea\u2060rk").encode(),
    "gzip in an address in JSON": json.dumps({"a": "x" * 17, "b": base64.b64encode(GZIP).decode()}).encode(),
    "gzip in JSON with slashes escaped": base64.b64encode(GZIP).replace(b"/", b"\\/"),
    "gzip in an escaped address": quote(base64.b64encode(GZIP), safe="").encode(),
    "HTML escaped five times": again(html.escape, TEXT.replace("the", "<b>the</b>"), 5).encode(),
    "percent five times": again(quote, TEXT, 5).encode(),
    "JSON four times": again(json.dumps, TEXT, 4).encode(),
    "text in a picture, of a small window": b"\x89PNG\r\n\x1a\n\0\0\0\x20iTXtComment\0\1\0en\0\0"
    + small(TEXT),
    "gzip in a tar": tarred("a.gz", GZIP),
    "first of two zips in a tar": tarred("a", zipped("a", TEXT)) + tarred("b", zipped("b", "x")),
    "zip without its list": b"MZ" + zipped("a", TEXT)[:-60],
}


@pytest.mark.parametrize("form", [*WRAPPED, "zip", "zip behind something", "name in a zip", "name of a file"])
def test_the_scan_finds_a_text_in_every_form(form: str, tmp_path: Path) -> None:
    wanted = leaks.Wanted({TEXT.lower(): "texts of records"})
    others = {
        "zip": zipped("a", TEXT),
        "zip behind something": b"MZ" + zipped("a", TEXT),
        "name in a zip": zipped(TEXT, "a"),
        "name of a file": b"",
    }
    name = TEXT if form == "name of a file" else "a.br" if form == "brotli" else "a"
    (tmp_path / name).write_bytes(WRAPPED.get(form) or others[form])
    assert [hit.path for hit in leaks.scan(tmp_path, wanted).hits] == [name]


@pytest.mark.parametrize("form", WRAPPED)
def test_the_scan_finds_nothing_else_in_any_form(form: str, tmp_path: Path) -> None:
    wanted = leaks.Wanted({"quibzark: the tüte": "texts of records", "the höh": "texts of records"})
    (tmp_path / ("a.br" if form == "brotli" else "a")).write_bytes(WRAPPED[form])
    report = leaks.scan(tmp_path, wanted)
    assert [(hit.text, hit.form) for hit in report.hits] == []
    assert report.unread == ()


def test_the_scan_finds_a_whole_file_and_nothing_in_other_words(tmp_path: Path) -> None:
    wanted = leaks.Wanted(
        {"a-12345": "ids"}, frozenset({"9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"})
    )
    (tmp_path / "a.bin").write_bytes(b"aaa")
    (tmp_path / "b.txt").write_text("A-123456, xa-12345")
    assert [hit.path for hit in leaks.scan(tmp_path, wanted).hits] == ["a.bin"]


def test_the_scan_finds_names_of_folders_and_tells_links(tmp_path: Path) -> None:
    wanted = leaks.Wanted({"zora quibblezark": "names of people"})
    (tmp_path / "site/zora-quibblezark").mkdir(parents=True)
    (tmp_path / "site/there").symlink_to(tmp_path)
    (tmp_path / "site/zoraquibblezarks-other").mkdir()
    report = leaks.scan(tmp_path / "site", wanted)
    assert [hit.path for hit in report.hits] == ["zora-quibblezark"]
    assert report.unread == ("there: a link, which leads somewhere else",)


def deep(times: int) -> bytes:
    content = TEXT.encode()
    for _ in range(times):
        content = gzip.compress(content)
    return content


@pytest.mark.parametrize(
    "content",
    [
        deep(4),
        b"Rar!\x1a\x07\0",
        b"\x04\x22\x4d\x18",
        b"\x1f\x9d\x90x",
        b"MSCF\0\0\0\0",
        b"\x60\xea\x20\x00",
        b"7z\xbc\xaf\x27\x1c",
        lzma.compress(b"x"),
        bz2.compress(b"x"),
        tarred("a.rar", b"Rar!\x1a\x07\0"),
        b"x" * 17 + b" " + base64.b64encode(lzma.compress(b"x")),
        again(html.escape, "<", 70).encode(),
        b"\x28\xb5\x2f\xfdx",
        b"\x1f\x8b broken",
        b"PK\x03\x04 broken",
    ],
)
def test_what_cannot_be_read_is_told_and_proves_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "packed").write_bytes(content)
    report = leaks.scan(tmp_path, leaks.Wanted({"some words": "texts of records"}))
    assert len(report.unread) == 1
    root = copy_sample(tmp_path / "portal")
    (root / "docs/public/packed.bin").write_bytes(content)
    made = run("-C", str(root), "build", "--audience", "public", "--no-search", cwd=tmp_path)
    assert made.code != 0
    assert "packed.bin" in made.err
    assert not (root / "site-public").exists()


def shown(root: Path) -> PublicPortal:
    return public(assess(root, settings.read(root / "mkdocs.yml")).portal)


def test_a_field_too_many_in_the_public_values_lights_up(sample: Path, tmp_path: Path) -> None:
    assessment = assess(sample, settings.read(sample / "mkdocs.yml"))
    portal = public(assessment.portal)
    newest = portal.releases[0]
    assert isinstance(newest.notes, PublicNotes)
    spoilt = replace(newest, notes=replace(newest.notes, headline="By arjun.nair"))
    internal = leaks.internal(assessment, sample)
    for releases, hits in ((portal.releases, False), ((spoilt, *portal.releases[1:]), True)):
        folder = tmp_path / str(hits)
        write(
            replace(portal, releases=releases),
            sample / "mkdocs.yml",
            sample / "docs/public",
            folder,
            search=True,
        )
        report = leaks.scan(folder, internal)
        assert bool(report.hits) == hits
        assert not hits or any(hit.path.endswith(".pf_fragment") for hit in report.hits)


def test_a_site_that_leaks_is_not_published_and_the_old_one_stays(sample: Path) -> None:
    build = ("-C", str(sample), "build", "--audience", "public", "--no-search")
    assert run(*build, cwd=sample).code == 0
    before = files(sample / "site-public")
    (sample / "docs/public/people.svg").write_text("<svg><!-- asked Helen Byrne --></svg>")
    made = run(*build, cwd=sample)
    assert made.code == 1
    assert "1 internal texts stand in the public site, nothing was published" in made.err
    assert "people.svg: names of people: helen byrne" in (sample / ".site-public.build/leaks.txt").read_text()
    assert files(sample / "site-public") == before


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# Side channels


def another_release(root: Path) -> None:
    shutil.copytree(root / "releases/2.6.0", root / "releases/2.7.0")
    change(root / "releases/2.7.0/release.yaml", "2.6.0", "2.7.0")


def fewer_releases(root: Path) -> None:
    shutil.rmtree(root / "releases/2.6.0")


def withdrawn_before_production(root: Path) -> None:
    change(root / "releases/2.6.0/release.yaml", "phase: ", "phase: withdrawn # ")


def a_finding(root: Path) -> None:
    change(root / f"{OLD}/references.yaml", "references:", "wrong: x\nreferences:")


def a_sign_off(root: Path) -> None:
    next(root.glob(f"{OLD}/signoffs/scope/*.yaml")).unlink()


def people(root: Path) -> None:
    change(root / "roster/people.yaml", "Helen Byrne", "Helen Quibzark")
    change(root / f"{OLD}/05-documentation/release-notes.md", "author: ", "author: helen.byrne # ")
    renew(root)


def internal_texts(root: Path) -> None:
    change(root / f"{OLD}/release.yaml", "title: ", "title: Quibzark ")
    change(
        root / "releases/2.4.0/09-notification/notices/customers-instant-payouts.md",
        'recipients: "412"',
        'recipients: "9"',
    )
    change(root / "docs/index.md", "## Releases by phase", "## Quibzark")


def internal_settings(root: Path) -> None:
    change(
        root / "mkdocs.yml",
        "site_name: DealSphere release portal",
        "site_name: Quibzark\nsite_url: https://inside.example/\nrepo_url: https://git.inside.example/x\ncopyright: Quibzark",
    )


def other_evidence(root: Path) -> None:
    (root / f"{OLD}/evidence/access-log.csv").write_text("other")


CHANGES = (another_release, fewer_releases, withdrawn_before_production, a_finding, a_sign_off, people, internal_texts, internal_settings, other_evidence)  # fmt: skip


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("unchanged")
    root = copy_sample(folder / "portal")
    front.build(root / "mkdocs.yml", folder / "site")
    return files(folder / "site")


@pytest.mark.parametrize("do", CHANGES)
def test_what_goes_on_inside_changes_no_byte_of_the_public_site(
    do: Callable[[Path], None],
    sample: Path,
    unchanged: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Told,
) -> None:
    do(sample)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796500000")  # and time goes on
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    front.build(sample / "mkdocs.yml", sample / "site-public")
    assert files(sample / "site-public") == unchanged
    assert len(unchanged) > 60
    record_property("changes inside that change no byte outside", 1)


def test_of_a_withdrawn_release_its_version_and_its_day_stay(sample: Path) -> None:
    config = sample / "mkdocs.yml"
    front.build(config, sample / "site-public")
    headline = "Every consent to account data is on record"
    assert found([headline], sample / "site-public")[headline]
    change(sample / "releases/2.5.0/release.yaml", "phase: monitoring", "phase: withdrawn")
    front.build(config, sample / "site-public")
    assert found([headline], sample / "site-public") == {headline: []}
    page = (sample / "site-public/releases/2.5.0/index.html").read_text()
    assert "This release was withdrawn. Production first ran it on" in page
    assert shown(sample).production is not None
    assert shown(sample).production.version == "2.4.1"  # type: ignore[union-attr]
    listing = json.loads((sample / "site-public/releases/versions.json").read_text())
    assert listing[0] == {"version": "2.5.0", "title": "2.5.0", "aliases": []}


def refusals(sample: Path) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    config = sample / "mkdocs.yml"
    inside, outside = sample / "inside", sample / "outside"
    site.build(config, inside, search=False)
    front.build(config, outside, full_text=False)
    yield inside, lambda folder: front.build(config, folder, full_text=False)
    yield outside, lambda folder: site.build(config, folder, search=False)
    yield inside / "further", lambda folder: front.build(config, folder, full_text=False)
    yield outside / "further", lambda folder: site.build(config, folder, search=False)


def test_no_audience_is_built_into_the_folder_of_the_other(sample: Path) -> None:
    for folder, build in refusals(sample):
        before = files(folder)
        with pytest.raises(Misconfigured, match=r"a site for the (public|internal) audience, not the"):
            build(folder)
        assert files(folder) == before
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "-d", "outside"]
    done = subprocess.run(command, cwd=sample, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "outside holds a site for the public audience" in done.stderr
