"""Each verdict with real keys, and beside each forgery the honest signature that it imitates."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal.git import Cache, Keys, Signature, Tag, Verdict, Verifier
from tests.git.conftest import MALLORY, NOW, RAVI, Maker, PgpKey, SshKey, pgp_key

RAVIS = ("ravi@example.com", "R.Kumar@contractor.example")
MALLORYS = ("mallory@example.com",)
FEBRUARY, APRIL = "1770000000 +0000", "1775000000 +0000"
Signer = SshKey | PgpKey


def key_list(ssh: dict[str, SshKey], pgp: dict[str, PgpKey], options: str = "", *people: str) -> Keys:
    """The key list with the keys of some people; `options` are those of the SSH lines."""
    lines = [f"{name}@example.com {options} {ssh[name].public}" for name in people if name in ssh]
    files = {"roster/allowed_signers": "\n".join(lines).encode()}
    files |= {f"roster/keys/{name}@example.com.asc": pgp[name].public for name in people if name in pgp}
    return Keys.from_files(files)


@pytest.fixture(params=["ssh", "pgp"])
def signers(
    request: pytest.FixtureRequest, ssh_keys: dict[str, SshKey], pgp_keys: dict[str, PgpKey]
) -> dict[str, Signer]:
    """The keys of one kind, by person."""
    return {**(ssh_keys if request.param == "ssh" else pgp_keys)}


@pytest.fixture
def both(ssh_keys: dict[str, SshKey], pgp_keys: dict[str, PgpKey]) -> Keys:
    """A list with the keys of both people."""
    return key_list(ssh_keys, pgp_keys, "", "ravi", "mallory")


@pytest.fixture
def ravi_only(ssh_keys: dict[str, SshKey], pgp_keys: dict[str, PgpKey]) -> Keys:
    """A list with Ravi's keys."""
    return key_list(ssh_keys, pgp_keys, "", "ravi")


def tagged(
    repo: Maker, keys: Keys, name: str = "v1.0.0", addresses: tuple[str, ...] = RAVIS, now: datetime = NOW
) -> Signature:
    opened = repo.open()
    (tag,) = (tag for tag in opened.tags() if tag.name == name)
    with Verifier(opened, keys) as verifier:
        return verifier.tag(tag, addresses, now)


def committed(repo: Maker, keys: Keys, addresses: tuple[str, ...] = RAVIS) -> Signature:
    opened = repo.open()
    history = opened.history("v{version}")
    with Verifier(opened, keys) as verifier:
        return verifier.commit(history.log.commit(opened.head), addresses, NOW)


def test_an_honest_tag_and_commit_are_good(repo: Maker, signers: dict[str, Signer], ravi_only: Keys) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit("signed", "--gpg-sign")
    signing.tag("v1.0.0", "--sign")
    for found in (tagged(repo, ravi_only), committed(repo, ravi_only)):
        assert found.verdict is Verdict.GOOD
        assert found.verdict.holds
        assert (found.signer, found.detail) == ("ravi@example.com", "")
        assert found.key
        assert found.at is not None


def test_the_person_is_meant_not_the_address(
    repo: Maker, signers: dict[str, Signer], ravi_only: Keys
) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign", who="Ravi <r.kumar@contractor.example>")
    assert (
        tagged(repo, ravi_only, addresses=("r.kumar@contractor.example", "RAVI@example.com")).verdict
        is Verdict.GOOD
    )


def test_an_annotated_tag_without_signature_is_unsigned(repo: Maker, both: Keys) -> None:
    repo.commit()
    repo.tag("v1.0.0")
    repo.git("tag", "v1.1.0")
    assert tagged(repo, both).verdict is Verdict.UNSIGNED
    assert tagged(repo, both, "v1.1.0").verdict is Verdict.UNSIGNED
    assert committed(repo, both).verdict is Verdict.UNSIGNED


def test_a_signature_by_a_key_that_is_not_listed_is_untrusted(
    repo: Maker, signers: dict[str, Signer], ravi_only: Keys
) -> None:
    signing = signers["mallory"].sign(repo)
    signing.commit("signed", "--gpg-sign", who=RAVI)
    signing.tag("v1.0.0", "--sign", who=RAVI)
    for found in (tagged(repo, ravi_only), committed(repo, ravi_only)):
        assert found.verdict is Verdict.UNTRUSTED_KEY
        assert not found.verdict.holds


def test_a_signature_by_another_listed_person_is_theirs(
    repo: Maker, signers: dict[str, Signer], both: Keys
) -> None:
    signing = signers["mallory"].sign(repo)
    signing.commit("signed", "--gpg-sign", who=RAVI)
    tag = signing.tag("v1.0.0", "--sign", who=RAVI)
    for found in (tagged(repo, both), committed(repo, both)):
        assert found.verdict is Verdict.OTHER_PERSON
        assert found.signer == "mallory@example.com"
    assert tagged(repo, both, addresses=MALLORYS).verdict is Verdict.GOOD
    assert tagged(repo, both, addresses=()).verdict is Verdict.OTHER_PERSON
    assert tag


def test_a_user_id_that_its_maker_chose_makes_a_key_nobody_elses(
    repo: Maker, ssh_keys: dict[str, SshKey], pgp_keys: dict[str, PgpKey]
) -> None:
    assert b"BEGIN PGP" in pgp_keys["mallory"].public
    pgp_keys["mallory"].sign(repo).commit()
    pgp_keys["mallory"].sign(repo).tag("v1.0.0", "--sign", who=RAVI)
    listing = subprocess.run(
        ["gpg", "--show-keys"], input=pgp_keys["mallory"].public, capture_output=True, check=True
    ).stdout
    assert b"ravi@example.com" in listing
    assert tagged(repo, key_list(ssh_keys, pgp_keys, "", "mallory")).verdict is Verdict.OTHER_PERSON


def test_a_tampered_object_is_bad(repo: Maker, signers: dict[str, Signer], both: Keys) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit("signed", "--gpg-sign")
    signing.tag("v1.0.0", "--sign")
    tag = repo.run("cat-file", "tag", "v1.0.0").stdout
    commit = repo.run("cat-file", "commit", "HEAD").stdout
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", tag.replace(b"Release v1", b"Release v9")))
    assert tagged(repo, both).verdict is Verdict.BAD
    repo.git(
        "update-ref", "refs/heads/main", repo.store("commit", commit.replace(b"\n\nsigned", b"\n\nSigned"))
    )
    assert committed(repo, both).verdict is Verdict.BAD


def test_a_signature_of_another_object_is_bad(repo: Maker, signers: dict[str, Signer], both: Keys) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    signing.tag("v1.1.0", "--sign")
    texts = {name: repo.run("cat-file", "tag", name).stdout for name in ("v1.0.0", "v1.1.0")}
    unsigned, _, _ = texts["v1.1.0"].partition(b"-----BEGIN")
    _, mark, signature = texts["v1.0.0"].partition(b"-----BEGIN")
    repo.git("update-ref", "refs/tags/v1.1.0", repo.store("tag", unsigned + mark + signature))
    assert tagged(repo, both, "v1.1.0").verdict is Verdict.BAD
    assert tagged(repo, both, "v1.0.0").verdict is Verdict.GOOD


def test_a_good_tag_under_another_name_is_bad(repo: Maker, signers: dict[str, Signer], both: Keys) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    tag = signing.tag("v1.0.0", "--sign")
    repo.git("update-ref", "refs/tags/v2.0.0", tag)
    assert tagged(repo, both, "v1.0.0").verdict is Verdict.GOOD
    found = tagged(repo, both, "v2.0.0")
    assert found.verdict is Verdict.BAD
    assert "v1.0.0" in found.detail


def test_an_unsigned_tag_around_a_signed_one_is_unsigned(
    repo: Maker, signers: dict[str, Signer], both: Keys
) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    repo.tag("v2.0.0", target="v1.0.0", who=MALLORY)
    assert tagged(repo, both, "v2.0.0").verdict is Verdict.UNSIGNED


@pytest.mark.parametrize("garbage", ["x", "", "AAAA", "U1NIU0lH" * 40])
@pytest.mark.parametrize("kind", ["SSH", "PGP"])
def test_garbage_in_place_of_a_signature_does_not_hold(
    repo: Maker, both: Keys, kind: str, garbage: str
) -> None:
    repo.commit()
    repo.tag("v1.0.0", "-m", f"-----BEGIN {kind} SIGNATURE-----\n\n{garbage}\n-----END {kind} SIGNATURE-----")
    assert not tagged(repo, both).verdict.holds


def test_signatures_of_kinds_that_nobody_listed_cannot_be_checked(repo: Maker, both: Keys) -> None:
    repo.commit()
    repo.tag("v1.0.0", "-m", "-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----")
    repo.raw_commit(f"author {RAVI} 1 +0000", f"committer {RAVI} 1 +0000", "gpgsig something new")
    assert tagged(repo, both).verdict is Verdict.CANNOT_CHECK
    assert committed(repo, both).verdict is Verdict.CANNOT_CHECK


@pytest.mark.parametrize(
    ("options", "at", "expected"),
    [
        ("", APRIL, Verdict.GOOD),
        ('valid-after="20260101"', APRIL, Verdict.GOOD),
        ('valid-before="20270101"', APRIL, Verdict.GOOD),
        ('valid-after="20260101",valid-before="20260501"', APRIL, Verdict.KEY_EXPIRED_SINCE),
        ('valid-before="20260301"', FEBRUARY, Verdict.KEY_EXPIRED_SINCE),
        ('valid-before="20260301"', APRIL, Verdict.KEY_NOT_VALID_THEN),
        ('valid-after="20260301"', FEBRUARY, Verdict.KEY_NOT_VALID_THEN),
        ('namespaces="git"', APRIL, Verdict.GOOD),
        ('namespaces="release-portal,git"', APRIL, Verdict.GOOD),
        ('namespaces="release-portal"', APRIL, Verdict.UNTRUSTED_KEY),
    ],
)
def test_an_ssh_key_counts_while_the_list_says_so(
    repo: Maker, ssh_keys: dict[str, SshKey], options: str, at: str, expected: Verdict
) -> None:
    signing = ssh_keys["ravi"].sign(repo)
    signing.commit(at=at)
    signing.tag("v1.0.0", "--sign", at=at)
    assert tagged(repo, key_list(ssh_keys, {}, options, "ravi")).verdict is expected


@pytest.mark.parametrize(
    ("key", "at", "expected"),
    [
        ("ravi", APRIL, Verdict.GOOD),
        ("ravi", "1700000000 +0000", Verdict.KEY_NOT_VALID_THEN),  # before the key was made
        ("ravi, until March", FEBRUARY, Verdict.KEY_EXPIRED_SINCE),
        ("ravi, until March", APRIL, Verdict.KEY_NOT_VALID_THEN),
    ],
)
def test_an_openpgp_key_counts_from_its_making_to_its_end(
    repo: Maker, pgp_keys: dict[str, PgpKey], key: str, at: str, expected: Verdict
) -> None:
    signing = pgp_keys[key].sign(repo)
    signing.commit(at=at)
    signing.tag("v1.0.0", "--sign", at=at)
    keys = Keys.from_files({"roster/keys/ravi@example.com.asc": pgp_keys[key].public})
    assert tagged(repo, keys, now=datetime(2029, 1, 1, tzinfo=UTC)).verdict is expected


def test_setting_back_the_taggers_clock_alone_gains_nothing(repo: Maker, pgp_home: Path) -> None:
    """The key ends with February by a later decision; one signature is of February, one of April."""
    key = pgp_key(pgp_home, RAVI, "20250101T000000", "20300101T000000")
    gpg = ["gpg", "--homedir", str(pgp_home), "--batch", "--passphrase", "", "--faked-system-time"]
    repo.commit()
    repo.tag("v1.0.0", at=FEBRUARY)
    unsigned = repo.run("cat-file", "tag", "v1.0.0").stdout
    made = {}
    for month in ("02", "04"):
        command = [*gpg, f"2026{month}15T000000!", "-bsau", key.fingerprint]
        made[month] = subprocess.run(command, input=unsigned, capture_output=True, check=True).stdout
    subprocess.run(
        [*gpg, "20260501T000000!", "--quick-set-expire", key.fingerprint, "20260301T000000"], check=True
    )
    public = subprocess.run(
        [*gpg[:4], "--armor", "--export", key.fingerprint], capture_output=True, check=True
    ).stdout
    keys = Keys.from_files({"roster/keys/ravi@example.com.asc": public})
    verdicts = {}
    for month, signature in made.items():
        repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", unsigned + signature))
        verdicts[month] = tagged(repo, keys).verdict
    assert verdicts == {"02": Verdict.KEY_EXPIRED_SINCE, "04": Verdict.KEY_NOT_VALID_THEN}


def test_a_revoked_key_is_untrusted(repo: Maker, pgp_keys: dict[str, PgpKey], tmp_path: Path) -> None:
    key = pgp_keys["ravi"]
    signing = key.sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    revocation = (
        (key.home / "openpgp-revocs.d" / f"{key.fingerprint}.rev")
        .read_text()
        .replace(":-----BEGIN", "-----BEGIN")
    )
    other = tmp_path / "g"
    other.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(other), "--batch", "--no-autostart"]
    for content in (key.public, revocation.encode()):
        subprocess.run([*gpg, "--import"], input=content, check=True, capture_output=True)
    revoked = subprocess.run([*gpg, "--armor", "--export"], check=True, capture_output=True).stdout
    assert tagged(repo, Keys.from_files({"keys/ravi@example.com.asc": key.public})).verdict is Verdict.GOOD
    found = tagged(repo, Keys.from_files({"keys/ravi@example.com.asc": revoked}))
    assert (found.verdict, found.detail) == (Verdict.UNTRUSTED_KEY, "the key was revoked")


def test_two_signatures_in_one_are_bad(repo: Maker, pgp_keys: dict[str, PgpKey], both: Keys) -> None:
    repo.commit()
    repo.tag("v1.0.0")
    unsigned = repo.run("cat-file", "tag", "v1.0.0").stdout
    parts = []
    for name in ("mallory", "ravi"):
        command = [pgp_keys[name].program, "--detach-sign", "--local-user", pgp_keys[name].fingerprint]
        parts.append(subprocess.run(command, input=unsigned, capture_output=True, check=True).stdout)
    armoured = subprocess.run(
        ["gpg", "--enarmor"], input=b"".join(parts), capture_output=True, check=True
    ).stdout
    signature = armoured.replace(b"PGP ARMORED FILE", b"PGP SIGNATURE")
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", unsigned + signature))
    assert not tagged(repo, both).verdict.holds


@pytest.mark.parametrize("seconds", ["99999999999999", "0" * 18 + "99", "18446744073709551615"])
def test_a_signed_tag_with_an_absurd_time_does_not_hold(
    repo: Maker, ssh_keys: dict[str, SshKey], both: Keys, seconds: str
) -> None:
    commit = repo.commit()
    content = f"object {commit}\ntype commit\ntag v1.0.0\ntagger {RAVI} {seconds} +0000\n\nx\n".encode()
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "git", "-f", str(ssh_keys["ravi"].file)]
    signature = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", content + signature))
    limited = key_list(ssh_keys, {}, 'valid-after="20260101"', "ravi")
    assert tagged(repo, limited).verdict is Verdict.KEY_NOT_VALID_THEN
    expected = Verdict.GOOD if int(seconds) == 99 else Verdict.KEY_NOT_VALID_THEN
    assert tagged(repo, both).verdict is expected


def test_without_the_program_nothing_can_be_checked(
    repo: Maker, signers: dict[str, Signer], both: Keys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    git = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = tagged(repo, both)
    assert found.verdict is Verdict.CANNOT_CHECK
    assert "not installed" in found.detail


def test_a_checked_signature_is_not_checked_again(
    repo: Maker, signers: dict[str, Signer], both: Keys, ravi_only: Keys, tmp_path: Path
) -> None:
    signing = signers["ravi"].sign(repo)
    signing.commit()
    for number in range(3):
        signing.tag(f"v1.{number}.0", "--sign")

    def checked(keys: Keys, now: datetime = NOW) -> tuple[int, set[Verdict]]:
        opened = repo.open()
        tags: tuple[Tag, ...] = opened.tags()
        before = opened.processes
        with Verifier(opened, keys, Cache(tmp_path / "cache")) as verifier:
            verdicts = {verifier.tag(tag, RAVIS, now).verdict for tag in tags}
        return opened.processes - before, verdicts

    assert checked(both) == (3, {Verdict.GOOD})
    assert checked(both) == (0, {Verdict.GOOD})
    signing.tag("v1.3.0", "--sign")
    assert checked(both) == (1, {Verdict.GOOD})
    assert checked(ravi_only) == (4, {Verdict.GOOD}), "another key list, other verdicts"


def test_a_kept_check_is_judged_anew_as_time_goes_by(
    repo: Maker, ssh_keys: dict[str, SshKey], tmp_path: Path
) -> None:
    signing = ssh_keys["ravi"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    keys, opened = key_list(ssh_keys, {}, 'valid-before="20270101"', "ravi"), repo.open()
    verdicts = []
    for now in (NOW, datetime(2028, 1, 1, tzinfo=UTC)):
        with Verifier(opened, keys, Cache(tmp_path / "cache")) as verifier:
            verdicts.append(verifier.tag(opened.tags()[0], RAVIS, now).verdict)
    assert verdicts == [Verdict.GOOD, Verdict.KEY_EXPIRED_SINCE]


def test_a_damaged_cache_of_checks_is_checked_again(
    repo: Maker, signers: dict[str, Signer], both: Keys, tmp_path: Path
) -> None:
    signing = signers["mallory"].sign(repo)
    signing.commit()
    signing.tag("v1.0.0", "--sign")
    opened = repo.open()
    for _ in range(2):
        cache = Cache(tmp_path / "cache")
        with Verifier(opened, both, cache) as verifier:
            assert verifier.tag(opened.tags()[0], RAVIS, NOW).verdict is Verdict.OTHER_PERSON
        (file,) = (tmp_path / "cache").glob("checks-*.json")
        file.write_bytes(file.read_bytes().replace(b"matches", b"MATCHES"))
    assert cache.notes == (f"cache file {file.name} is damaged",)


def test_a_forges_own_signature_is_not_the_authors(
    repo: Maker, signers: dict[str, Signer], both: Keys
) -> None:
    """A commit made on a forge's web page: the author is Ravi, the forge commits and signs."""
    signing = signers["mallory"].sign(repo)
    signing.commit("edited on the web", "--gpg-sign", "--author", RAVI, who="Forge <noreply@forge.example>")
    assert committed(repo, both).verdict is Verdict.OTHER_PERSON
