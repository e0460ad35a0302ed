"""What this program runs on: versions of its parts and of the tools beside it, and the days on which their support ends."""

import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

# The day after which nobody mends it, as its makers say.
_PYTHON_ENDS = {
    (3, 11): date(2027, 10, 31),
    (3, 12): date(2028, 10, 31),
    (3, 13): date(2029, 10, 31),
    (3, 14): date(2030, 10, 31),
}
_ENDS = {"mkdocs-material": date(2027, 5, 5)}
_INSTEAD = {"mkdocs-material": "`release-portal build --engine plain` does without"}
_NEEDED = (
    "mkdocs",
    "mkdocs-material",
    "mkdocs-macros-plugin",
    "markdown-it-py",
    "pyyaml",
    "cerberus",
    "gitpython",
)
_EXTRAS = {"weasyprint": "the PDF of an audit package", "distributed": "builds on a cluster"}
_TOOLS = {"git": ("--version", "proof by git"), "ssh-keygen": ("", "signatures by SSH keys")}
_WARN = 180  # days before support ends


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its version, empty where it is not there; what it is for; whether nothing works without; its last day."""

    name: str
    version: str
    purpose: str = ""
    needed: bool = True
    ends: date | None = None

    def fault(self, today: date) -> str:
        """What is wrong with it as of a day; empty where nothing is."""
        if self.needed and not self.version:
            return (
                f"not installed: without it there is no {self.purpose}" if self.purpose else "not installed"
            )
        if self.ends and self.ends < today:
            return "; ".join(filter(None, ("its makers no longer mend it", _INSTEAD.get(self.name))))
        return ""

    def note(self, today: date) -> str:
        """What to know of it as of a day."""
        if not self.version:
            return f"not installed: {self.purpose}" if self.purpose else ""
        if self.ends is None:
            return ""
        left = (self.ends - today).days
        soon = 0 <= left <= _WARN
        instead = f"; {_INSTEAD[self.name]}" if soon and self.name in _INSTEAD else ""
        return f"support ends {self.ends}" + (f", in {left} days" if soon else "") + instead


def parts() -> Iterator[Part]:
    """Every part, this program first."""
    yield Part("release-portal", version("release-portal"))
    running = platform.python_version()
    major, minor = platform.python_version_tuple()[:2]
    yield Part("python", running, ends=_PYTHON_ENDS.get((int(major), int(minor))))
    for name, (option, purpose) in _TOOLS.items():
        yield Part(name, _tool(name, option), purpose)
    for name in _NEEDED:
        yield Part(name, _installed(name), ends=_ENDS.get(name))
    for name, purpose in _EXTRAS.items():
        yield Part(name, _installed(name), purpose, needed=False)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _tool(name: str, option: str) -> str:
    """Version of a program; `found` where it tells none."""
    path = shutil.which(name)
    if path is None or not option:
        return "found" if path else ""
    order = [path, option]
    try:  # S603: name and option are of our own list, and no shell reads them
        done = subprocess.run(order, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    number = re.search(r"\d+(\.\d+)+", done.stdout)
    return number[0] if number else "found"
