"""What a sign-off is proved by: each way to forge one, and the honest history beside it, with real git and keys."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.demo._writing import Keys, Writer
from release_portal.git import sign_detached
from release_portal.load import load
from release_portal.proof import Attestation, Proof
from release_portal.records.people import Person
from release_portal.records.signoff import signed_text
from tests.conftest import Run, run
from tests.test_git_rules import ANA, BEN, EVE, Deed, Story, at, tell

PATH = "releases/1.0.0/signoffs/scope/ana.silva.yaml"
CHANGES = "releases/1.0.0/signoffs/changes/ana.silva.yaml"
FORGE = Person(id="forge", name="Forge", emails=("web@forge.example",), roles=ANA.roles)


def attestation(portal: Path, subject: str = "scope") -> Attestation:
    release = load(portal, settings.read(portal / "mkdocs.yml")).release("1.0.0")
    assert release is not None
    return next(one.attestation for one in release.signoffs if one.subject == subject)


def write(portal: Path, text: str = "# read again\n") -> None:
    file = portal / PATH
    file.write_text(file.read_text() + text)


def dated(text: str, when: datetime) -> str:
    """A sign-off that states another instant."""
    return re.sub(r"(?m)^at: .*$", f"at: {when.isoformat()}", text)


def git(folder: Path, *arguments: str) -> str:
    clean = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ("-c", "user.name=Ben Cole", "-c", "user.email=ben@example.com")
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def again(author: Person, committer: Person, *, signed: bool = True) -> Deed:
    """The file taken away by its signer and added again by others."""

    def deed(portal: Path, writer: Writer) -> None:
        text = (portal / PATH).read_text()
        (portal / PATH).unlink()
        writer.commit([PATH], "Take it back", ANA, ANA, at(12, 3), signed=True)
        (portal / PATH).parent.mkdir(exist_ok=True)
        (portal / PATH).write_text(dated(text, at(13, 3)))
        writer.commit([PATH], "Add it again", author, committer, at(13, 3), signed=signed)

    return deed


def edited(author: Person, committer: Person, *, signed: bool = True) -> Deed:
    def deed(portal: Path, writer: Writer) -> None:
        (portal / PATH).write_text(dated((portal / PATH).read_text(), at(12, 3)))
        writer.commit([PATH], "Edit", author, committer, at(12, 3), signed=signed)

    return deed


def mailmap(portal: Path, writer: Writer) -> None:
    (portal / ".mailmap").write_text("Ana Silva <ana@example.com> <eve@example.com>\n")
    writer.commit([".mailmap"], "Names", ANA, ANA, at(12, 3), signed=True)
    edited(EVE, EVE)(portal, writer)


def replaced(portal: Path, writer: Writer) -> None:
    edited(EVE, EVE)(portal, writer)
    forged = git(portal, "rev-parse", "HEAD")
    text = git(portal, "cat-file", "commit", forged).replace(
        "Eve Mallory <eve@example.com>", "Ana Silva <ana@example.com>"
    )
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=portal,
        input=text + "\n",
        text=True,
        capture_output=True,
        check=True,
    ).stdout.strip()
    git(portal, "replace", forged, made)


def merged(portal: Path, writer: Writer) -> None:
    git(portal, "checkout", "-q", "-b", "side")
    edited(ANA, ANA)(portal, writer)
    git(portal, "checkout", "-q", "main")
    (portal / "note.txt").write_text("meanwhile\n")
    writer.commit(["note.txt"], "Meanwhile", BEN, BEN, at(13, 3), signed=True)
    git(portal, "merge", "-q", "--no-ff", "-m", "Merge", "side")


def evil(portal: Path, writer: Writer) -> None:
    git(portal, "checkout", "-q", "-b", "side")
    (portal / "note.txt").write_text("meanwhile\n")
    writer.commit(["note.txt"], "Meanwhile", BEN, BEN, at(13, 3), signed=True)
    git(portal, "checkout", "-q", "main")
    git(portal, "merge", "-q", "--no-ff", "--no-commit", "side")
    write(portal, "note: by the merger\n")
    git(portal, "commit", "-q", "-a", "-m", "Merge")


def by_forge(author: Person, *, listed: bool = True, signed: bool = True) -> Deed:
    def deed(portal: Path, writer: Writer) -> None:
        people, signers = portal / "roster/people.yaml", portal / "roster/allowed_signers"
        people.write_text(people.read_text() + "forges:\n  - {name: Forge, email: web@forge.example}\n")
        if listed:
            signers.write_text(signers.read_text() + writer.keys.allowed_signers([FORGE]))
        writer.commit(["roster"], "Our forge", ANA, ANA, at(12, 3), signed=True)
        again(author, FORGE, signed=signed)(portal, writer)

    return deed


def detached(after: Deed | None = None, change: Callable[[str], str] = str) -> Deed:
    """A signature of the signer's in the file, which a colleague commits; then a change of it, with the block kept."""

    def deed(portal: Path, writer: Writer) -> None:
        text = dated((portal / PATH).read_text(), at(12, 3))
        (portal / PATH).unlink()
        writer.commit([PATH], "Take it back", ANA, ANA, at(12, 3), signed=True)
        signed = sign_detached(writer.keys.of(ANA), signed_text("1.0.0", "scope", f"{text}signature:\n"))
        block = "".join(f"  {line}\n" for line in signed.splitlines())
        (portal / PATH).parent.mkdir(exist_ok=True)
        (portal / PATH).write_text(change(f"{text}signature: |-\n{block}"))
        writer.commit([PATH], "Sign", BEN, BEN, at(12, 3), signed=True)
        if after:
            after(portal, writer)

    return deed


def swapped(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def copied(portal: Path, writer: Writer) -> None:
    """The sign-off on the scope, put beside the changes, with their digest above the same signature."""
    digest = re.findall(r"(?m)^digest: .*$", (portal / CHANGES).read_text())[0]
    (portal / CHANGES).write_text(re.sub(r"(?m)^digest: .*$", digest, (portal / PATH).read_text()))
    writer.commit([CHANGES], "Sign", BEN, BEN, at(12, 3), signed=True)


def stated(when: datetime, made: datetime) -> Deed:
    """A sign-off that states one instant, in a commit of another."""

    def deed(portal: Path, writer: Writer) -> None:
        (portal / PATH).write_text(dated((portal / PATH).read_text(), when))
        writer.commit([PATH], "Sign", ANA, ANA, made, signed=True)

    return deed


def behind_another(made: datetime) -> Deed:
    """A clock set back twice: the commit agrees with its parent, and not with what is behind that."""

    def deed(portal: Path, writer: Writer) -> None:
        writer.commit(["mkdocs.yml"], "Nothing", ANA, ANA, made, signed=True)
        stated(made, made)(portal, writer)

    return deed


def before_the_record(made: datetime) -> Deed:
    """The history told again from its first commit on: the sign-off, and the records after it."""

    def deed(portal: Path, writer: Writer) -> None:
        git(portal, "reset", "-q", git(portal, "rev-list", "--max-parents=0", "HEAD"))
        stated(made, made)(portal, writer)
        writer.commit(["releases"], "Records", ANA, ANA, at(2), signed=True)

    return deed


def until(last: str, when: datetime) -> Deed:
    """The signer's role ends on a day, and the sign-off states the evening of 11 March."""

    def deed(portal: Path, writer: Writer) -> None:
        people = portal / "roster/people.yaml"
        role = "role: product-owner, from: 2025-01-01"
        people.write_text(people.read_text().replace(role, f"{role}, until: {last}"))
        writer.commit(["roster"], "She leaves", ANA, ANA, at(11, 3), signed=True)
        stated(datetime(2026, 3, 11, 20, tzinfo=UTC), when)(portal, writer)

    return deed


def beside(deed: Deed, *strategy: str) -> Deed:
    """What happens on a branch, and a colleague's merge of it."""

    def told(portal: Path, writer: Writer) -> None:
        git(portal, "checkout", "-q", "-b", "side")
        deed(portal, writer)
        git(portal, "checkout", "-q", "main")
        git(portal, "merge", "-q", "--no-ff", *strategy, "-m", "Merge", "side")

    return told


def taken_back(portal: Path, writer: Writer) -> None:
    (portal / PATH).unlink()
    writer.commit([PATH], "Take it back", ANA, ANA, at(12, 3), signed=True)


def put_back(portal: Path, writer: Writer) -> None:
    """A signed file, then another word of the signer's, then the signed file again, by a colleague."""
    text = (portal / PATH).read_text()
    taken_back(portal, writer)
    (portal / PATH).parent.mkdir(exist_ok=True)
    (portal / PATH).write_text(text)
    writer.commit([PATH], "Again", BEN, BEN, at(12, 3), signed=True)


def nothing(portal: Path, writer: Writer) -> None:
    """An honest history."""


HONEST: dict[str, tuple[Deed, Proof]] = {
    "signed by the signer's key": (nothing, Proof.SIGNED),
    "renewed by the signer": (edited(ANA, ANA), Proof.SIGNED),
    "taken back and signed again": (again(ANA, ANA), Proof.SIGNED),
    "not signed, but the signer's commit": (again(ANA, ANA, signed=False), Proof.COMMIT),
    "merged by a colleague": (merged, Proof.SIGNED),
    "merged on the web by the forge": (by_forge(ANA), Proof.COMMIT),
    "a signature in the file, committed by a colleague": (detached(), Proof.SIGNED),
    "committed a day after it was signed": (stated(at(12, 3), at(13, 3)), Proof.SIGNED),
    "signed a day before the record was committed": (before_the_record(at(1)), Proof.SIGNED),
    "the role held until the commit": (until("2026-03-12", at(12, 3)), Proof.SIGNED),
    "renewed on a branch": (beside(edited(ANA, ANA)), Proof.SIGNED),
    "an address in capitals": (edited(replace(ANA, emails=("ANA@EXAMPLE.COM",)), ANA), Proof.SIGNED),
}
FORGED: dict[str, Deed] = {
    "added again by somebody else": again(BEN, BEN),
    "edited by somebody else": edited(BEN, BEN),
    "squashed or cherry-picked by a colleague": again(ANA, BEN),
    "author and committer swapped": again(BEN, ANA),
    "a name that .mailmap makes the signer's": mailmap,
    "a commit that a replace ref makes the signer's": replaced,
    "changed by the merge itself": evil,
    "the forge's commit without its signature": by_forge(ANA, signed=False),
    "the forge's commit with a key that nobody listed": by_forge(ANA, listed=False),
    "the forge's commit for another author": by_forge(EVE),
    "committed long after it was signed": stated(at(12, 3), at(13, 3) + timedelta(minutes=1)),
    "signed before there was a record": before_the_record(datetime(2026, 1, 5, tzinfo=UTC)),
    "a commit of the future": stated(at(1, 1).replace(year=2090), at(1, 1).replace(year=2090)),
    "a commit that is older than its parent": stated(at(8, 3), at(8, 3)),
    "a commit that is older than what is behind its parent": behind_another(at(8, 3)),
    "the role given up before the commit": until("2026-03-11", at(12, 3)),
    "a renewal that a merge left out": beside(edited(ANA, ANA), "-s", "ours"),
    "a deletion that a merge left out": beside(taken_back, "-s", "ours"),
    "an earlier signed file put back": detached(put_back),
    "another decision above the signature": detached(
        change=swapped("decision: approve", "decision: abstain")
    ),
    "another meaning above the signature": detached(change=swapped("meaning: approved", "meaning: reviewed")),
    "another instant above the signature": detached(change=swapped("T09:00:00", "T09:00:01")),
    "a note above the signature": detached(change=swapped("signature:", "note: with pleasure\nsignature:")),
    "a note below the signature": detached(change=lambda text: f"{text}note: with pleasure\n"),
}


def prepared(folder: Path) -> tuple[Path, Writer]:
    portal = tell(Story(before="v0.9.0"), folder)
    return portal, Writer(portal, Keys(folder))


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_history_is_proved(name: str, tmp_path: Path) -> None:
    deed, proof = HONEST[name]
    portal, writer = prepared(tmp_path)

    deed(portal, writer)

    assert attestation(portal).proof is proof, attestation(portal).why


@pytest.mark.parametrize("name", FORGED)
def test_a_forgery_proves_no_more_than_the_roster(name: str, tmp_path: Path) -> None:
    portal, writer = prepared(tmp_path)

    FORGED[name](portal, writer)

    assert attestation(portal).proof is Proof.ROSTER
    assert attestation(portal).why


def test_a_signature_is_of_one_record_of_one_release(tmp_path: Path) -> None:
    text = "by: ana.silva\nsignature:\n"
    assert len({signed_text(*about, text) for about in (("1.0.0", "a"), ("1.0.0", "b"), ("1.0.1", "a"))}) == 3
    portal, writer = prepared(tmp_path)

    detached(copied)(portal, writer)

    assert attestation(portal).proof is Proof.SIGNED, attestation(portal).why
    assert attestation(portal, "changes").proof is Proof.ROSTER
    assert "its own signature does not hold" in attestation(portal, "changes").why


def test_another_persons_key_is_no_signature_of_the_signer(tmp_path: Path) -> None:
    portal, writer = prepared(tmp_path)

    edited(ANA, replace(ANA, id="eve.mallory"))(portal, writer)  # Ana's name, Eve's key

    assert attestation(portal).proof is Proof.COMMIT


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (again(ANA, ANA, signed=False), "the commit is not signed"),
        (again(BEN, BEN), "Ben Cole <ben@example.com> wrote the commit"),
    ],
)
def test_the_check_says_why_a_sign_off_is_not_proved(deed: Deed, why: str, tmp_path: Path) -> None:
    portal, writer = prepared(tmp_path)

    deed(portal, writer)

    assert f"is not proved: {why}" in checked(portal).out


def test_what_is_not_committed_is_not_proved_by_git(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)
    write(portal)

    assert attestation(portal).why == "the file on disk is not the one that was committed"
    assert attestation(portal).proof is Proof.ROSTER


def checked(portal: Path, *arguments: str, **env: str) -> Run:
    done = run("check", *arguments, cwd=portal, env=env)
    assert "Traceback" not in done.err
    return done


def test_a_shallow_clone_cannot_be_verified(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{portal}", "shallow")
    shutil.copytree(portal / "api", tmp_path / "shallow/api")

    done = checked(tmp_path / "shallow")

    assert (done.code, done.out) == (3, "")
    assert "fetch-depth: 0" in done.err


def test_a_product_clone_without_tags_cannot_be_verified(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)
    for tag in git(portal / "api", "tag").split():
        git(portal / "api", "tag", "-d", tag)

    done = checked(portal)

    assert (done.code, done.out) == (3, "")
    assert "git fetch --tags" in done.err


def test_a_damaged_repository_cannot_be_verified(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)
    commit = git(portal / "api", "rev-parse", "HEAD~1")
    (portal / "api/.git/objects" / commit[:2] / commit[2:]).unlink()

    done = checked(portal)

    assert (done.code, done.out) == (3, "")


@pytest.mark.parametrize("repository", ["api", "."])
def test_a_commit_with_another_ones_content_cannot_be_verified_and_is_not_kept(
    repository: str, tmp_path: Path
) -> None:
    portal = tell(Story(before="v0.9.0", extra="fix: and more (API-1)"), tmp_path)
    objects = portal / repository / ".git/objects"
    names = git(portal / repository, "rev-list", "-2", "HEAD~").split()
    one, other = (objects / name[:2] / name[2:] for name in names)
    whole = one.read_bytes()
    honest = checked(portal, XDG_CACHE_HOME=str(tmp_path / "apart")).out

    kept = {
        "XDG_CACHE_HOME": str(tmp_path / "kept")
    }  # an earlier run of this test has left what git said in the user's
    one.chmod(0o600)
    one.write_bytes(other.read_bytes())
    done = checked(portal, **kept)
    one.write_bytes(whole)

    assert (done.code, done.out) == (3, "")
    assert "is not what its id says" in done.err
    assert checked(portal, **kept).out == honest


def test_without_git_nothing_can_be_verified(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)

    done = checked(portal, PATH=str(tmp_path))

    assert (done.code, done.out) == (3, "")
    assert re.search("git is not", done.err)


def test_an_absent_repository_stops_a_check_only_where_it_is_required(tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0", required=False, with_product=False), tmp_path)

    assert "not checked here" in checked(portal).out
    assert checked(portal, "--require-git").code == 3


def test_as_of_an_earlier_day_only_what_was_committed_counts(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)

    assert "release-briefing" in checked(portal, "--as-of", "2026-02-10").out
    assert checked(portal, "--as-of", "2025-12-31").code == 3


def test_a_clock_that_is_set_back_puts_nothing_into_an_earlier_day(tmp_path: Path) -> None:
    portal, writer = prepared(tmp_path)
    before = checked(portal, "--as-of", "2026-02-10").out
    briefing = portal / "releases/1.0.0/01-plan/scope.md"
    briefing.write_text(briefing.read_text() + "\nMore.\n")

    writer.commit(["releases"], "Edit", ANA, ANA, at(9), signed=True)

    assert checked(portal, "--as-of", "2026-02-10").out == before
    assert "stale-sign-off" in checked(portal, "--as-of", "2026-03-20").out


def test_a_commit_whose_message_ends_in_spaces_is_whole(tmp_path: Path) -> None:
    portal, _ = prepared(tmp_path)
    for message in ("", "\n\n  set in  \n\n\nand tabs\t\n\n\n", "no line end"):
        git(
            portal,
            "commit",
            "-q",
            "--allow-empty",
            "--allow-empty-message",
            "--cleanup=verbatim",
            "-m",
            message,
        )

    assert checked(portal).code != 3
