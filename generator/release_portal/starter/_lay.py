"""Lays a portal into a folder: what is missing is written, what is there stays as it is."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from release_portal import settings
from release_portal.codeowners import PLACES
from release_portal.failure import Misconfigured
from release_portal.load import load
from release_portal.records._kinds import KINDS
from release_portal.release import RELEASES
from release_portal.scaffold import scaffold
from release_portal.schemas import export
from release_portal.settings import PLUGIN, Settings
from release_portal.starter._files import SCHEMAS, files
from release_portal.starter._owner import Owner
from release_portal.wording import shown

_CONFIG = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Laid:
    """Paths, from the root: written; and left, because another file stood there. `missing` is for mkdocs.yml."""

    written: tuple[str, ...]
    left: tuple[str, ...]
    missing: tuple[str, ...]
    repository: bool


def lay(root: Path, owner: Owner, version: str) -> Laid:
    """Make a portal in a folder, with a planned release where it has none, and a repository around it.

    Raises:
        Misconfigured: the version is no SemVer version, mkdocs.yml cannot be read, or a file stands in a folder's place.

    """
    if not KINDS["version"].good(version):
        raise Misconfigured(f"{shown(version)} is no version", KINDS["version"].hint)
    config = _config(root)
    theme = _theme(config)
    docs, overrides = str(config.get("docs_dir") or "docs"), str(theme.get("custom_dir") or "overrides")
    written: list[str] = []
    left: list[str] = []
    for path, content in files(owner, datetime.now(UTC).date(), docs, overrides):
        there = _standing(root, path)
        if there is None:
            _write(root, path, content)
            written.append(path)
        elif not there.is_file() or there.read_bytes() != content:
            left.append(there.relative_to(root).as_posix())
    if not os.path.lexists(root / SCHEMAS):
        written += export(root, SCHEMAS)
    written += _plan(root, version)
    missing = _missing(config, theme, home=f"{docs}/index.md" not in left)
    return Laid(tuple(written), tuple(left), tuple(missing), _make_repository(root))


def _config(root: Path) -> dict[str, Any]:
    """What an mkdocs.yml that is there already says; nothing where there is none."""
    if os.path.lexists(root / "mkdocs.yaml"):
        raise Misconfigured("a portal is configured in mkdocs.yml", "rename mkdocs.yaml: MkDocs reads either")
    file = root / _CONFIG
    if not os.path.lexists(file):
        return {}
    if not file.is_file() or file.is_symlink():
        raise Misconfigured(f"{_CONFIG} is no file", "put the file itself there")
    return settings.document(_CONFIG, file.read_bytes())


def _theme(config: dict[str, Any]) -> dict[str, Any]:
    theme = config.get("theme")
    return theme if isinstance(theme, dict) else {"name": theme}


def _missing(config: dict[str, Any], theme: dict[str, Any], *, home: bool) -> Iterator[str]:
    """Lines that an mkdocs.yml of before has to get; `home` tells whether our home page, with its tables, is there."""
    if not config:
        return
    if theme.get("name") != "material" or not theme.get("custom_dir"):
        yield "theme: {name: material, custom_dir: overrides, font: false}"
    plugins = [] if settings.uses_plugin(config) else [PLUGIN]
    if home and not settings.uses_plugin(config, "macros"):
        plugins.append("macros: {modules: [release_portal.macros]}")
    if plugins:
        yield "plugins:"
        yield from (f"  - {one}" for one in plugins)
    have = config.get("markdown_extensions") or ()
    extensions = [one for one in ("attr_list", "md_in_html") if home and one not in have]
    if extensions:
        yield "markdown_extensions:"
        yield from (f"  - {one}" for one in extensions)


def _standing(root: Path, path: str) -> Path | None:
    """What stands in a file's place already, a broken link included; for CODEOWNERS, wherever a forge looks for it."""
    places = PLACES if path in PLACES else (path,)
    return next((root / place for place in places if os.path.lexists(root / place)), None)


def _write(root: Path, path: str, content: bytes) -> None:
    file = root / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as new:
            new.write(content)
    except OSError as error:
        raise Misconfigured(
            f"cannot write {file}: {error.strerror}", "make room for it and run again"
        ) from error


def _plan(root: Path, version: str) -> tuple[str, ...]:
    """A planned release, where there is none."""
    releases = root / RELEASES
    if releases.is_dir() and any(releases.iterdir()):
        return ()
    return scaffold(root, load(root, Settings()), version, "standard")


def _make_repository(root: Path) -> bool:
    """Make a git repository, unless the folder is in one already; gives whether it was made."""
    git = shutil.which("git")
    if git is None or any((one / ".git").exists() for one in (root.resolve(), *root.resolve().parents)):
        return False
    command = [git, "init", "--quiet", "--initial-branch=main", str(root)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  # our own arguments
