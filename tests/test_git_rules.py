"""The rules that judge what git says, each against a forgery and the honest history beside it."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import all_rules, judge
from release_portal.demo._writing import Keys, Writer
from release_portal.load import load
from release_portal.records.people import Person, Tenure
from tests.conftest import copy_base

AS_OF = datetime(2026, 3, 20, tzinfo=UTC)
SINCE = (Tenure(role="developer", from_=datetime(2025, 1, 1, tzinfo=UTC).date()),)
ANA = Person(id="ana.silva", name="Ana Silva", emails=("ana@example.com",), roles=SINCE)
BEN = Person(id="ben.cole", name="Ben Cole", emails=("ben@example.com",), roles=SINCE)
EVE = Person(id="eve.mallory", name="Eve Mallory", emails=("eve@example.com",), roles=SINCE)
CODE_REVIEW = """\
guidelines: Secure coding 1.0
reviews:
  - ticket: API-1
    url: https://git.example.com/1
    authors: [ben.cole]
    reviewers: [ana.silva]
    approved_at: 2026-02-09T10:00:00Z
    commit: {reviewed}
    outcome: approved
"""
GO = """\
---
held_at: 2026-02-25T10:00:00Z
chair: ana.silva
attendees:
  - {person: ana.silva, role: product-owner}
  - {person: ben.cole, role: developer}
decision: go
---

## Evidence reviewed

All of it.

## Decision

Go.
"""


CLOSED_AT = datetime(2026, 3, 10, 10, 5, tzinfo=UTC)


def at(day: int, month: int = 2) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


Deed = Callable[[Path, Writer], None]


@dataclass(frozen=True)
class Story:
    """What is told by the two repositories; as it stands here, all of it is honest."""

    message: str = "feat: first version (API-1)"
    author: Person = BEN
    extra: str = ""  # message of a commit after the reviewed one, before the tag
    tag: str = "v1.0.0"
    object_name: str = ""
    annotated: bool = True
    tag_key: Person | None = ANA
    tagged_at: datetime = datetime(2026, 2, 26, 9, tzinfo=UTC)
    moved: bool = False
    also: str = ""  # another tag on the same commit
    before: str = ""  # an older tag, on the commit before
    recorded: bool = True
    signer: Person = ANA
    signed: bool = True
    briefing_at: datetime = datetime(2026, 2, 12, 9, tzinfo=UTC)
    amended: bool = False
    kind: str = "feature"
    required: bool = True
    with_product: bool = True
    deployed: str = ""
    version: str = "1.0.0"
    decided_at: datetime = datetime(2026, 2, 26, 9, tzinfo=UTC)
    then: "Deed | None" = None  # what happens at the end


def tell(story: Story, folder: Path) -> Path:
    """Write the two repositories; gives the portal's folder."""
    portal = copy_base(folder / "portal")
    keys = Keys(folder)
    for person in (ANA, BEN, EVE):
        keys.of(person)
    release = portal / "releases/1.0.0"
    commit, reviewed = _product(story, portal, keys)
    process = portal / "release-process.md"
    text = process.read_text().replace(
        "- Test summary <!--",
        "- Reviews <!-- records: code-review -->\n- Decision <!-- records: go-no-go -->\n- Test summary <!--",
    )
    process.write_text(text)
    (release / "02-test/code-review.yaml").write_text(CODE_REVIEW.format(reviewed=reviewed))
    (release / "02-test/go-no-go.md").write_text(GO)
    facts = (release / "release.yaml").read_text().replace(
        "phase: ship", "phase: closed"
    ) + "closed_at: 2026-03-10T10:00:00Z\n"
    if story.recorded:
        facts += f"tags:\n  - {{repository: api, name: {story.tag}, commit: {commit}}}\n"
    (release / "release.yaml").write_text(facts)
    changes = release / "01-plan/changes.yaml"
    changes.write_text(changes.read_text().replace("kind: feature", f"kind: {story.kind}"))
    deployments = release / "03-ship/deployments.yaml"
    deployments.write_text(deployments.read_text().replace("1" * 40, story.deployed or commit))
    _sign(portal, changes)
    if story.version != "1.0.0":
        for file in (path for path in release.rglob("*") if path.is_file()):
            file.write_text(file.read_text().replace("1.0.0", story.version))
        release.rename(portal / "releases" / story.version)
    config = portal / "mkdocs.yml"
    required = str(story.required).lower()
    config.write_text(
        config.read_text()
        + f":\n      proof: signed\n      repositories:\n        - {{name: api, path: api, required: {required}}}\n"
    )
    config.write_text(config.read_text().replace("release-portal\n:", "release-portal:"))
    _portal(story, portal, keys)
    if not story.with_product:
        shutil.rmtree(portal / "api")
    return portal


def _product(story: Story, portal: Path, keys: Keys) -> tuple[str, str]:
    """The product repository; gives the commit that the tag points at, and the one that was reviewed."""
    writer = Writer(portal / "api", keys)
    writer.init()
    file = portal / "api/api.py"
    file.write_text("0\n")
    first = writer.commit(["api.py"], "feat: before (API-0)", BEN, ANA, at(1), signed=False)
    if story.before:
        writer.tag(story.before, "before", first, ANA, at(1))
    file.write_text("1\n")
    reviewed = target = writer.commit(["api.py"], story.message, story.author, ANA, at(5), signed=False)
    if story.extra:
        file.write_text("2\n")
        target = writer.commit(["api.py"], story.extra, BEN, ANA, at(20), signed=False)
    actual = first if story.moved else target
    if story.tag and not story.annotated:
        _git(portal / "api", "tag", story.tag, actual)
    elif story.tag and story.tag_key is None:
        identity = {"GIT_COMMITTER_NAME": ANA.name, "GIT_COMMITTER_EMAIL": ANA.emails[0]}
        stamp = {"GIT_COMMITTER_DATE": f"{int(story.tagged_at.timestamp())} +0000"}
        _git(portal / "api", "tag", "-a", "-m", "1.0.0", story.tag, actual, env=identity | stamp)
    elif story.tag:
        signer = replace(ANA, id=story.tag_key.id) if story.tag_key else ANA  # Ana's name, that person's key
        writer.tag(story.object_name or story.tag, "1.0.0", actual, signer, story.tagged_at)
        if story.object_name:
            _git(portal / "api", "update-ref", f"refs/tags/{story.tag}", f"refs/tags/{story.object_name}")
            _git(portal / "api", "update-ref", "-d", f"refs/tags/{story.object_name}")
    if story.also:
        writer.tag(story.also, "also", actual, ANA, story.tagged_at)
    return target, reviewed


def _portal(story: Story, portal: Path, keys: Keys) -> None:
    (portal / ".gitignore").write_text("/api/\n")
    (portal / "roster/allowed_signers").write_text(keys.allowed_signers([ANA, BEN]))
    writer = Writer(portal, keys)
    writer.init()
    policy = [".gitignore", "mkdocs.yml", "release-process.md", "roster"]
    writer.commit(policy, "Policy", ANA, ANA, at(1, 1), signed=True)
    release = f"releases/{story.version}"
    facts = portal / release / "release.yaml"
    closed = facts.read_text()
    facts.write_text(closed.replace("phase: closed", "phase: ship").partition("closed_at")[0])
    early = ("01-plan", "references.yaml", "release.yaml")
    signoffs = ("signoffs/scope/ana.silva.yaml", "signoffs/changes/ana.silva.yaml")
    told = [
        (at(2), ANA, "Records", early, True),
        *((at(3), story.signer, "Sign", (path,), story.signed) for path in signoffs),
        (at(10), ANA, "Reviewed", ("02-test/code-review.yaml",), True),
        (at(11), ANA, "Tested", ("02-test/test-summary.yaml", "evidence"), True),
        (story.briefing_at, ANA, "Briefing", ("02-test/release-briefing.md",), True),
        (story.decided_at, ANA, "Go", ("02-test/go-no-go.md",), True),
        (at(3, 3), BEN, "Deployed", ("03-ship",), True),
        (CLOSED_AT, ANA, "Close", ("release.yaml",), True),
    ]
    for when, person, message, names, signed in sorted(told, key=lambda one: one[0]):
        if message == "Close":
            facts.write_text(closed)
        paths = [f"{release}/{name}" for name in names]
        writer.commit(paths, message, person, person, when, signed=signed)
    if story.amended:
        briefing = portal / release / "02-test/release-briefing.md"
        briefing.write_text(briefing.read_text() + "\nAnd more.\n")
        writer.commit([f"{release}/02-test"], "Amend", ANA, ANA, at(15, 3), signed=True)
    if story.then:
        story.then(portal, writer)


def _sign(portal: Path, changes: Path) -> None:
    import hashlib
    import re

    file = portal / "releases/1.0.0/signoffs/changes/ana.silva.yaml"
    digest = hashlib.sha256(changes.read_bytes()).hexdigest()
    file.write_text(re.sub(r"(?m)^digest: .*$", f"digest: {digest}", file.read_text()))


def _git(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
    import os

    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **(env or {})}, check=True)


def found(story: Story, folder: Path) -> dict[str, list[str]]:
    return judged(tell(story, folder))


FACTS = "releases/1.0.0/release.yaml"
BENS = "releases/1.0.0/signoffs/scope/ben.cole.yaml"
BRIEFING = "releases/1.0.0/02-test/release-briefing.md"
SIGNERS = "roster/allowed_signers"
SIGN_OFF = "releases/1.0.0/signoffs/scope/ana.silva.yaml"
SECOND = replace(ANA, id="ana.second")  # Ana with another key


def write(portal: Path, path: str, text: str) -> None:
    (portal / path).write_text((portal / path).read_text() + text)


def sign_again(portal: Path) -> None:
    """The sign-off on the scope, as of 12 March."""
    (portal / SIGN_OFF).write_text((portal / SIGN_OFF).read_text().replace("2026-02-02", "2026-03-12"))


def amends(when: datetime, person: Person = ANA) -> Deed:
    def deed(portal: Path, writer: Writer) -> None:
        write(portal, BRIEFING, "\nMore.\n")
        writer.commit([BRIEFING], "Amend", person, person, when, signed=False)

    return deed


def rejects(person: Person, role: str, *, then: Deed | None = None) -> Deed:
    """A rejection of the scope on 12 March, in a commit by its author's own key; and what becomes of it."""

    def deed(portal: Path, writer: Writer) -> None:
        path = f"releases/1.0.0/signoffs/scope/{person.id}.yaml"
        text = (portal / SIGN_OFF).read_text().replace("2026-02-02", "2026-03-12")
        text = text.replace("ana.silva", person.id).replace("product-owner", role)
        (portal / path).write_text(text.replace("decision: approve", "decision: reject"))
        writer.commit([path], "Reject", person, person, at(12, 3), signed=True)
        if then:
            then(portal, writer)

    return deed


def takes_away(path: str, person: Person, text: str = "") -> Deed:
    """A sign-off deleted, or another text put in its place."""

    def deed(portal: Path, writer: Writer) -> None:
        (portal / path).unlink()
        if text:
            (portal / path).write_text(text)
        writer.commit([path], "Tidy up", person, person, at(13, 3), signed=True)

    return deed


def leaves_out(portal: Path, writer: Writer) -> None:
    """A merge that goes by the history without the last commit."""
    _git(portal, "branch", "side")
    _git(portal, "reset", "--quiet", "--hard", "HEAD~")
    name = ("-c", "user.name=Eve", "-c", "user.email=eve@example.com", "-c", "commit.gpgsign=false")
    _git(portal, *name, "merge", "--quiet", "--no-ff", "-s", "ours", "-m", "Merge", "side")


def appends_a_key(portal: Path, writer: Writer) -> None:
    write(portal, SIGNERS, writer.keys.allowed_signers([SECOND]))


def signs_with_a_second_key(*, listed: datetime) -> Deed:
    """The scope signed again on 12 March, with a key that the list gets on another day, valid since 2025."""

    def lists(portal: Path, writer: Writer) -> None:
        appends_a_key(portal, writer)
        writer.commit([SIGNERS], "List a key", ANA, ANA, listed, signed=True)

    def deed(portal: Path, writer: Writer) -> None:
        if listed < at(12, 3):
            lists(portal, writer)
        sign_again(portal)
        writer.commit([SIGN_OFF], "Sign", ANA, SECOND, at(12, 3), signed=True)
        if listed > at(12, 3):
            lists(portal, writer)

    return deed


def becomes_a_hotfix(portal: Path, writer: Writer) -> None:
    facts = portal / FACTS
    facts.write_text(facts.read_text().replace("type: standard", "type: hotfix"))
    writer.commit([FACTS], "Urgent", BEN, BEN, at(14, 3), signed=True)


CASES = {
    "changed-type": Story(then=becomes_a_hotfix),
    "tag-without-record": Story(also="v1.1.0"),
    "record-without-tag": Story(tag="v0.9.0", recorded=False),
    "moved-tag": Story(moved=True),
    "lightweight-tag": Story(annotated=False),
    "misnamed-tag": Story(object_name="v0.9.9"),
    "ambiguous-tag": Story(also="1.0.0"),
    "unproved-tag": Story(tag_key=EVE),
    "unlogged-commit": Story(before="v0.9.0", extra="chore: tidy up"),
    "uncommitted-change": Story(before="v0.9.0", message="feat: first version (API-9)"),
    "untagged-deployment": Story(deployed="2" * 40),
    "unreviewed-commit": Story(before="v0.9.0", extra="fix: one more (API-1)"),
    "author-mismatch": Story(before="v0.9.0", author=ANA),
    "tag-out-of-order": Story(tagged_at=datetime(2026, 2, 24, 9, tzinfo=UTC)),
    "wrong-bump": Story(version="1.1.0", tag="v1.1.0", before="v1.0.0", kind="fix"),
    "unproved-sign-off": Story(signer=BEN),
    "retroactive-record": Story(briefing_at=at(5, 3)),
    "amended-record": Story(amended=True),
    "unchecked-repository": Story(required=False, with_product=False),
    "backdated-commit": Story(then=amends(at(1, 3))),
    "record-after-closure": Story(briefing_at=at(15, 3)),
    "foretold-event": Story(decided_at=at(24)),
    "absent-at-decision": Story(briefing_at=at(27)),
    "uncommitted-policy": Story(then=appends_a_key),
    "late-key": Story(then=signs_with_a_second_key(listed=at(13, 3))),
}


# Rules about what git says: no case folder can show them.
BY_GIT = {rule.name for rule in all_rules() if not (Path(__file__).parent / "cases" / rule.name).is_dir()}


REMOVED = {
    "a rejection deleted": rejects(BEN, "developer", then=takes_away(BENS, ANA)),
    "a rejection replaced": rejects(BEN, "developer", then=takes_away(BENS, ANA, "by: ben.cole\n")),
    "a rejection left out by a merge": rejects(BEN, "developer", then=leaves_out),
    "an approval deleted after its phase": takes_away(SIGN_OFF, BEN),
}
KEPT = {
    "a rejection that stands": rejects(BEN, "developer"),
    "a rejection taken back by who gave it": rejects(BEN, "developer", then=takes_away(BENS, BEN)),
    "a forged rejection deleted": rejects(
        replace(BEN, emails=("eve@example.com",)), "developer", then=takes_away(BENS, ANA)
    ),
    "an approval taken back by who gave it": takes_away(SIGN_OFF, ANA),
}


HONEST = (
    Story(before="v0.9.0"),
    Story(version="1.1.0", tag="v1.1.0", before="v1.0.0"),
    Story(also="v1.1.0-rc.1"),
    Story(before="v0.9.0", author=replace(BEN, emails=("BEN@example.com",))),
    Story(before="v0.9.0", then=signs_with_a_second_key(listed=at(11, 3))),
)


@pytest.mark.parametrize("rule", CASES)
def test_a_forgery_is_found(rule: str, tmp_path: Path) -> None:
    assert rule in found(CASES[rule], tmp_path)


def test_an_honest_history_is_called_nothing_bad(tmp_path: Path) -> None:
    for place, story in enumerate(HONEST):
        told = found(story, tmp_path / str(place))

        assert not set(told) & BY_GIT, told


@pytest.mark.parametrize("name", REMOVED)
def test_a_sign_off_that_somebody_else_took_away_is_told(name: str, tmp_path: Path) -> None:
    assert "removed-sign-off" in found(Story(then=REMOVED[name]), tmp_path)


@pytest.mark.parametrize("name", KEPT)
def test_a_sign_off_that_its_signer_took_away_is_told_by_no_rule(name: str, tmp_path: Path) -> None:
    assert "removed-sign-off" not in found(Story(then=KEPT[name]), tmp_path)


def test_a_rejection_in_another_name_shuts_no_gate(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        sign_again(portal)
        (portal / SIGN_OFF).write_text((portal / SIGN_OFF).read_text().replace("approve\n", "reject\n"))
        writer.commit([SIGN_OFF], "Reject", EVE, EVE, at(12, 3), signed=True)

    told = found(Story(then=deed), tmp_path)

    assert "rejected-record" not in told
    assert "(reject) is not proved: Eve Mallory" in " ".join(told["unproved-sign-off"])
    assert "Ana Silva's rejection" not in " ".join(told.get("removed-sign-off", ()))


def test_a_proved_rejection_by_the_role_that_is_asked_shuts_the_gate(tmp_path: Path) -> None:
    told = found(Story(then=rejects(ANA, "product-owner")), tmp_path)

    assert "Ana Silva (Product Owner) rejects it" in " ".join(told["rejected-record"])
    assert "unproved-sign-off" not in told


@pytest.mark.parametrize(("committer", "unproved"), [(BEN, False), (EVE, True)])
def test_a_sign_off_that_nobody_asks_for_is_proved_too(
    committer: Person, *, unproved: bool, tmp_path: Path
) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        write(portal, BENS, "note: as edited\n")
        writer.commit([BENS], "Edit", committer, committer, at(12, 3), signed=True)

    told = found(Story(then=rejects(BEN, "developer", then=deed)), tmp_path)

    assert (BENS in " ".join(told.get("unproved-sign-off", ()))) == unproved
    assert ("rejected-record" in told) != unproved
    assert ("removed-sign-off" in told) == unproved


def test_a_pull_request_that_changes_roster_and_records_together_is_flagged(tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    people, briefing = portal / "roster/people.yaml", portal / "releases/1.0.0/02-test/release-briefing.md"
    _git(portal, "branch", "base")
    people.write_text(people.read_text() + "# a comment\n")
    briefing.write_text(briefing.read_text() + "\nMore.\n")
    Writer(portal, Keys(tmp_path)).commit(["roster", "releases"], "Both", EVE, EVE, at(16, 3), signed=True)

    assert "roster/people.yaml" in " ".join(judged(portal, "base")["changed-policy"])


def test_a_change_of_the_roster_alone_is_no_finding(tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    people = portal / "roster/people.yaml"
    _git(portal, "branch", "base")
    people.write_text(people.read_text() + "# a comment\n")
    Writer(portal, Keys(tmp_path)).commit(["roster"], "Roster", ANA, ANA, at(16, 3), signed=True)

    assert "changed-policy" not in judged(portal, "base")


def test_an_old_roster_that_comes_back_is_flagged_and_never_judged_by(tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    people = portal / "roster/people.yaml"
    old = people.read_text()
    writer = Writer(portal, Keys(tmp_path))
    people.write_text(
        old.replace("role: product-owner, from: 2025-01-01", "role: developer, from: 2025-01-01")
    )
    writer.commit(["roster"], "Ana is product owner no longer", BEN, BEN, at(16, 3), signed=True)
    _git(portal, "branch", "base")
    people.write_text(old)
    writer.commit(["roster"], "Back again", EVE, EVE, at(17, 3), signed=True)

    told = judged(portal, "base")

    assert "is put back to what it was" in " ".join(told["changed-policy"])
    assert "missing-sign-off" in told


def judged(portal: Path, base: str = "") -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in judge(load(portal, settings.read(portal / "mkdocs.yml"), None, base), all_rules()).findings:
        told.setdefault(one.rule, []).append(f"{one.location}: {one.message}")
    return told


def told_of(folder: Path, rule: str, story: Story) -> str:
    return " ".join(found(story, folder).get(rule, ()))


def test_no_clock_hides_a_change_after_the_closure(tmp_path: Path) -> None:
    told = told_of(tmp_path, "amended-record", Story(then=amends(at(1, 3))))

    assert "release-briefing.md:2:1: changed after closure" in told
    assert "by Ana Silva" in told


def test_whoever_amended_under_an_unknown_address_is_no_person(tmp_path: Path) -> None:
    stranger = replace(ANA, emails=("ana@elsewhere.example",))

    told = told_of(tmp_path, "amended-record", Story(then=amends(at(15, 3), stranger)))

    assert "an unknown address, ana@elsewhere.example" in told
    assert "Ana Silva" not in told


def test_opening_and_closing_again_hides_no_amendment(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        path = "releases/1.0.0/release.yaml"
        closed = (portal / path).read_text()
        (portal / path).write_text(closed.replace("phase: closed", "phase: ship"))
        writer.commit([path], "Open", ANA, ANA, at(14, 3), signed=True)
        amends(at(15, 3))(portal, writer)
        (portal / path).write_text(closed)
        writer.commit([path], "Close", ANA, ANA, at(16, 3), signed=True)

    assert "release-briefing.md" in told_of(tmp_path, "amended-record", Story(then=deed))


def test_opening_and_closing_again_with_what_was_missing_mends_it(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        path = "releases/1.0.0/release.yaml"
        closed = (portal / path).read_text()
        (portal / path).write_text(closed.replace("phase: closed", "phase: ship"))
        writer.commit([path], "Open", ANA, ANA, at(16, 3), signed=True)
        (portal / path).write_text(closed)
        writer.commit([path], "Close", ANA, ANA, at(17, 3), signed=True)

    told = found(Story(briefing_at=at(15, 3), then=deed), tmp_path)

    assert "record-after-closure" not in told
    assert "release-briefing.md" in " ".join(told["amended-record"])


def test_a_closure_that_is_not_committed_yet_comes_after_all_that_is(tmp_path: Path) -> None:
    portal = tell(Story(), tmp_path)
    committed = judged(portal)
    _git(portal, "reset", "--quiet", "HEAD~1")  # the commit that closes it, and nothing else

    assert "phase: closed" in (portal / FACTS).read_text()
    assert judged(portal) == committed


def test_what_nobody_committed_after_the_closure_is_told(tmp_path: Path) -> None:
    told = told_of(
        tmp_path, "amended-record", Story(then=lambda portal, _: write(portal, BRIEFING, "\nMore.\n"))
    )

    assert "not committed" in told


def test_a_hotfix_may_be_decided_on_before_its_records(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        path = "releases/1.0.0/02-test/go-no-go.md"
        (portal / path).write_text(
            (portal / path).read_text().replace("decision: go\n", "decision: go\nretroactive: true\n")
        )

    assert "absent-at-decision" not in found(Story(briefing_at=at(27), then=deed), tmp_path)


def test_a_key_that_nobody_committed_proves_nothing(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        sign_again(portal)
        writer.commit([SIGN_OFF], "Sign", ANA, SECOND, at(12, 3), signed=True)
        appends_a_key(portal, writer)

    told = found(Story(then=deed), tmp_path)

    assert "the key is not in the key list" in " ".join(told["unproved-sign-off"])
    assert SIGNERS in " ".join(told["uncommitted-policy"])


def test_a_roster_that_nobody_committed_proves_nothing(tmp_path: Path) -> None:
    def deed(portal: Path, writer: Writer) -> None:
        people = portal / "roster/people.yaml"
        people.write_text(people.read_text().replace("ana@example.com", "eve@example.com"))

    told = found(Story(signer=EVE, then=deed), tmp_path)

    assert "Eve Mallory <eve@example.com> wrote the commit" in " ".join(told["unproved-sign-off"])


def test_a_late_key_names_both_commits(tmp_path: Path) -> None:
    portal = tell(CASES["late-key"], tmp_path)
    log = subprocess.run(
        ["git", "log", "--format=%h", "--abbrev=12", "-2"], cwd=portal, capture_output=True, text=True
    )

    told = " ".join(judged(portal)["late-key"])

    assert all(one in told for one in log.stdout.split())


def test_a_base_is_named_by_a_short_id_and_steps(tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=portal, capture_output=True, text=True)

    assert judged(portal, f"{head.stdout.strip()}~1") == judged(portal, "HEAD~1")
