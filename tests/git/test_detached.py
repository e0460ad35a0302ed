"""Signatures over a text, and the key list itself, both with ssh-keygen as the oracle."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal.failure import CannotVerify, Misconfigured
from release_portal.git import Keys, Signature, Verdict, sign_detached, verify_detached
from tests.git.conftest import NOW, SshKey

TEXT = "3b1f0c5e9d" * 6 + "abcd"
AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
RAVIS = ("ravi@example.com",)


def listed(*lines: str) -> Keys:
    return Keys.from_files({"roster/allowed_signers": "\n".join(lines).encode()})


def verdict(
    keys: Keys, signature: str, text: str = TEXT, addresses: tuple[str, ...] = RAVIS, at: datetime = AT
) -> Signature:
    return verify_detached(keys, text, signature, addresses, at, NOW)


def test_an_honest_signature_is_good(ssh_keys: dict[str, SshKey]) -> None:
    keys = listed(f"ravi@example.com {ssh_keys['ravi'].public}")
    signature = sign_detached(ssh_keys["ravi"].file, TEXT)
    assert verdict(keys, signature) == Signature(
        Verdict.GOOD, "", "ravi@example.com", keys.ssh[0].fingerprint, AT
    )
    assert verdict(keys, f"\n{signature.strip()}\n\n").verdict is Verdict.GOOD
    assert verdict(keys, signature.replace("\n", "\r\n")).verdict is Verdict.GOOD


def test_ssh_keygen_itself_agrees(ssh_keys: dict[str, SshKey], tmp_path: Path) -> None:
    (tmp_path / "signature").write_text(sign_detached(ssh_keys["ravi"].file, TEXT))
    (tmp_path / "allowed").write_text(f"ravi@example.com {ssh_keys['ravi'].public}\n")
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-n",
        "release-portal",
        "-I",
        "ravi@example.com",
        "-f",
        "allowed",
        "-s",
        "signature",
    ]
    subprocess.run(command, cwd=tmp_path, input=TEXT.encode(), check=True, capture_output=True)


def test_forged_signatures_do_not_hold(ssh_keys: dict[str, SshKey]) -> None:
    ravi, mallory = (f"{name}@example.com {ssh_keys[name].public}" for name in ("ravi", "mallory"))
    honest, other = (sign_detached(ssh_keys[name].file, TEXT) for name in ("ravi", "mallory"))
    lines = honest.splitlines()
    changed = "\n".join([lines[0], lines[1][:-2] + ("AA" if lines[1][-2:] != "AA" else "BB"), *lines[2:]])
    assert verdict(listed(ravi, mallory), honest).verdict is Verdict.GOOD
    assert verdict(listed(ravi, mallory), honest, text=TEXT + "\n").verdict is Verdict.BAD
    assert verdict(listed(ravi, mallory), honest, text="0" + TEXT[1:]).verdict is Verdict.BAD
    assert verdict(listed(ravi, mallory), changed).verdict in {Verdict.BAD, Verdict.UNTRUSTED_KEY}
    assert verdict(listed(ravi, mallory), other).verdict is Verdict.OTHER_PERSON
    assert verdict(listed(ravi), other).verdict is Verdict.UNTRUSTED_KEY
    assert verdict(listed(mallory), honest).verdict is Verdict.UNTRUSTED_KEY
    assert verdict(listed(ravi, mallory), honest, addresses=()).verdict is Verdict.OTHER_PERSON


def test_a_signature_for_another_purpose_does_not_hold(ssh_keys: dict[str, SshKey]) -> None:
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "git", "-f", str(ssh_keys["ravi"].file)]
    signature = subprocess.run(command, input=TEXT.encode(), capture_output=True, check=True).stdout.decode()
    assert verdict(listed(f"ravi@example.com {ssh_keys['ravi'].public}"), signature).verdict is Verdict.BAD


@pytest.mark.parametrize("signature", ["", " \n"])
def test_no_signature_is_unsigned(signature: str) -> None:
    assert verdict(listed(), signature).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize(
    "signature",
    [
        "x",
        "-----BEGIN SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----",
        "é\x00",
    ],
)
def test_garbage_does_not_hold(signature: str) -> None:
    assert verdict(listed(), signature).verdict in {Verdict.BAD, Verdict.CANNOT_CHECK}


def test_without_ssh_keygen_nothing_can_be_checked_or_signed(
    ssh_keys: dict[str, SshKey], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signature = sign_detached(ssh_keys["ravi"].file, TEXT)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert verdict(listed(), signature).verdict is Verdict.CANNOT_CHECK
    with pytest.raises(CannotVerify, match="not installed"):
        sign_detached(ssh_keys["ravi"].file, TEXT)


def test_a_file_that_is_no_key_says_so(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key\n")
    for file in (tmp_path / "key", tmp_path / "missing"):
        with pytest.raises(Misconfigured, match="cannot sign"):
            sign_detached(file, TEXT)


LINES = [
    "ravi@example.com {key}",
    "ravi@example.com,r.kumar@example.com {key}",
    '"ravi@example.com" {key}',
    "someone@example.com {key}",
    'ravi@example.com namespaces="release-portal" {key}',
    'ravi@example.com namespaces="git,release-portal" {key}',
    'ravi@example.com namespaces="git" {key}',
    'ravi@example.com valid-after="20260101" {key}',
    'ravi@example.com valid-after="20260401120000" {key}',
    'ravi@example.com valid-after="20260401120001" {key}',
    'ravi@example.com valid-after="202604011201Z" {key}',
    'ravi@example.com valid-before="20260401120000" {key}',
    'ravi@example.com valid-before="20260401115959" {key}',
    'ravi@example.com valid-before="20260401" {key}',
    'ravi@example.com valid-before="20260402Z" {key}',
    'ravi@example.com valid-after="20260101",valid-before="20260201" {key}',
    'ravi@example.com valid-after="20260101",valid-before="20270201",namespaces="release-portal" {key}',
    "ravi@example.com {other}",
    "ravi@example.com {key} ssh-ed25519 AAAA",
    "# ravi@example.com {key}",
    "   ravi@example.com   {key}   ",
    'ravi@example.com valid-before="20261301" {key}',
    'ravi@example.com valid-before="x" {key}',
    'ravi@example.com namespaces="release-portal {key}',
    "ravi@example.com no-touch-required {key}",
    "ravi@example.com",
    "ravi@example.com ssh-ed25519 AAAA",
    "{key}",
    "",
    "RAVI@example.com {key}",
]
STRICTER = [
    "*@example.com {key}",
    "r?vi@example.com {key}",
    "*,!ravi@example.com {key}",
    "ravi@example.com cert-authority {key}",
]


@pytest.mark.parametrize("template", LINES + STRICTER)
def test_the_key_list_trusts_no_more_than_ssh_keygen_does(
    ssh_keys: dict[str, SshKey], tmp_path: Path, template: str
) -> None:
    line = template.format(key=ssh_keys["ravi"].public, other=ssh_keys["mallory"].public)
    signature = sign_detached(ssh_keys["ravi"].file, TEXT)
    (tmp_path / "allowed").write_text(line + "\n")
    (tmp_path / "signature").write_text(signature)
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-n",
        "release-portal",
        "-I",
        "ravi@example.com",
        "-f",
        "allowed",
    ]
    command += ["-s", "signature", "-O", f"verify-time={AT:%Y%m%d%H%M%S}"]
    oracle = subprocess.run(
        command,
        cwd=tmp_path,
        input=TEXT.encode(),
        env={"PATH": "/usr/bin:/bin", "TZ": "UTC"},
        check=False,
        capture_output=True,
    )
    ours = verdict(listed(line), signature).verdict.holds
    if template in STRICTER:
        assert not ours
        assert listed(line).problems
    elif template.startswith("RAVI"):
        assert ours, "addresses are compared in lower case, as people are"
    else:
        assert ours == (oracle.returncode == 0), oracle.stderr


def test_what_the_key_list_cannot_use_is_named_with_its_line(ssh_keys: dict[str, SshKey]) -> None:
    public = ssh_keys["ravi"].public
    keys = Keys.from_files(
        {
            "roster/allowed_signers": f"# ours\n*@example.com {public}\n\nravi@example.com {public}\nnonsense\n".encode(),
            "roster/keys/ravi.asc": b"",
        }
    )
    assert [str(location) for location, _ in keys.problems] == [
        "roster/keys/ravi.asc:1:1",
        "roster/allowed_signers:2:1",
        "roster/allowed_signers:5:1",
    ]
    assert len(keys.ssh) == 1


def test_the_digest_of_a_key_list_moves_with_each_key(ssh_keys: dict[str, SshKey]) -> None:
    files = {"roster/allowed_signers": b"x", "roster/keys/ravi@example.com.asc": b"y"}
    digests = {
        Keys.from_files(files).digest,
        Keys.from_files({**files, "roster/keys/ravi@example.com.asc": b"z"}).digest,
    }
    digests |= {Keys.from_files({**files, "roster/allowed_signers": b"z"}).digest, Keys.from_files({}).digest}
    assert len(digests) == 4
