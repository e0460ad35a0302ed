"""Runs gpg and ssh-keygen, with a fixed environment, on files in a temporary folder."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a program said; `status` is -1 where it is not installed."""

    status: int
    out: str
    error: str


def path_of(program: str) -> str:
    """Where a program is; empty where it is not installed."""
    return shutil.which(program) or ""


def run(
    program: str, arguments: Sequence[str], stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Said:
    """What a program says to an input."""
    path = path_of(program)
    if not path:
        return Said(-1, "", f"{program} is not installed")
    done = subprocess.run(  # noqa: S603  # a fixed program; arguments are ours or names of temporary files
        [path, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", **(environment or {})},
    )
    return Said(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )
