"""Signatures over a text, such as what a sign-off says: proof that needs no git.

Anyone can repeat the check: `ssh-keygen -Y verify -n release-portal -I ADDRESS -f roster/allowed_signers
-s FILE < TEXT`.
"""

import os
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from release_portal.failure import CannotVerify, Misconfigured
from release_portal.git import _programs, _ssh
from release_portal.git.keys import Keys
from release_portal.git.verdict import Check, Signature, judge

NAMESPACE = "release-portal"
_MARK = "-----BEGIN SSH SIGNATURE-----"


def verify_detached(
    keys: Keys, text: str, signature: str, addresses: Collection[str], at: datetime, now: datetime
) -> Signature:
    """Whether a text is signed by the person with these addresses, at a time that they state."""
    return judge(_checked(text, signature), keys.ssh, addresses, at, now, NAMESPACE)


def sign_detached(key: Path, text: str) -> str:
    """The armoured signature over a text by a private key, or by one that the SSH agent holds.

    A passphrase is asked for on the terminal.

    Raises:
        CannotVerify: ssh-keygen is not installed.
        Misconfigured: the key cannot be used.

    """
    if not _programs.path_of("ssh-keygen"):
        raise CannotVerify("ssh-keygen is not installed", "install OpenSSH")
    arguments = ("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key.absolute()))
    agent = {name: os.environ[name] for name in ("SSH_AUTH_SOCK",) if name in os.environ}
    said = _programs.run("ssh-keygen", arguments, text.encode(), agent)
    if said.status or not said.out.startswith(_MARK):
        reason = (said.error.strip().splitlines() or ["ssh-keygen failed"])[-1]
        raise Misconfigured(f"{key} cannot sign: {reason}", "name an OpenSSH private key")
    return said.out


def fingerprint(key: Path) -> str:
    """The fingerprint of a private or public key, as ssh-keygen writes it: `SHA256:…`.

    Raises:
        CannotVerify: ssh-keygen is not installed.
        Misconfigured: it is no key.

    """
    if not _programs.path_of("ssh-keygen"):
        raise CannotVerify("ssh-keygen is not installed", "install OpenSSH")
    words = _programs.run("ssh-keygen", ("-l", "-E", "sha256", "-f", str(key.absolute()))).out.split()
    if len(words) < 2 or not words[1].startswith("SHA256:"):
        raise Misconfigured(f"{key} cannot sign: it is no key", "name an OpenSSH private key")
    return words[1]


def _checked(text: str, signature: str) -> Check:
    if not signature.strip():
        return Check("unsigned")
    if not signature.strip().startswith(_MARK):
        return Check("does not match", detail="it is no SSH signature")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "signature")
        file.write_text("\n".join(signature.strip().splitlines()) + "\n", encoding="utf-8")
        said = _programs.run(
            "ssh-keygen", ("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(file)), text.encode()
        )
    return _ssh.read(f"{said.out}\n{said.error}")
