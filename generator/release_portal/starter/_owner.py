"""Who starts a portal: its first release manager and code owner."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from release_portal.failure import Misconfigured
from release_portal.records._kinds import KINDS
from release_portal.wording import shown

_HINT = "say it: --name 'Ana Silva' --email ana.silva@example.com"


@dataclass(frozen=True, slots=True)
class Owner:
    """The first person of a roster."""

    id: str
    name: str
    email: str


def find_owner(folder: Path, name: str = "", email: str = "", id_: str = "") -> Owner:
    """The person of the options given; what they leave out comes from git's user.name and user.email.

    Raises:
        Misconfigured: neither says it, or what they say cannot stand in a roster.

    """
    name = name or _configured(folder, "user.name")
    email = email or _configured(folder, "user.email")
    if not name or not email:
        what = "name" if not name else "e-mail address"
        raise Misconfigured(f"git does not say your {what}, which the roster begins with", _HINT)
    owner = Owner(id_ or _id(name) or _id(email.partition("@")[0]), name, email)
    if not name.isprintable():
        raise Misconfigured(f"{shown(name)} is no name", _HINT)
    for kind, value in (("e-mail address", owner.email), ("person id", owner.id)):
        if not KINDS[kind].good(value):
            raise Misconfigured(f"{shown(value)} is no {kind}", KINDS[kind].hint)
    return owner


def _configured(folder: Path, key: str) -> str:
    """What git is configured to; nothing where it is not, or is not installed."""
    git = shutil.which("git")
    if git is None:
        return ""
    place = next(one for one in (folder, *folder.parents) if one.is_dir())
    command = [git, "config", "--get", key]
    done = subprocess.run(command, cwd=place, capture_output=True, check=False)  # noqa: S603  # our own arguments
    return done.stdout.decode("utf-8", "replace").strip()


def _id(text: str) -> str:
    """`Zoë de Souza` as `zoe.de.souza`; nothing where no letter of it is a Latin one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", ".", plain)[:64].strip(".")
