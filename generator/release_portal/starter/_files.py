"""The files of a new portal, as texts: templates beside this module, and parts of the sample."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from release_portal.policy import PROCESS
from release_portal.scaffold import GITATTRIBUTES
from release_portal.schemas import vscode_settings
from release_portal.shipped import sample_root
from release_portal.source import read
from release_portal.starter._owner import Owner

SCHEMAS = "schemas"
_TEMPLATES = Path(__file__).parent / "files"
_GUARDS = ("CODEOWNERS", ".gitignore", ".gitlab-ci.yml", ".github/", ".pre-commit-config.yaml")


def files(owner: Owner, today: date, docs: str, overrides: str) -> Iterator[tuple[str, bytes]]:
    """Path from the root, and content, of each file; `docs` and `overrides` are the folders that mkdocs.yml names."""
    for path, text in _templates(owner, today):
        yield path.replace("docs/", f"{docs}/", 1) if path.startswith("docs/") else path, text.encode()
    yield PROCESS, _process(today).encode()
    yield ".gitattributes", GITATTRIBUTES.encode()
    yield ".vscode/settings.json", f"{json.dumps(vscode_settings(SCHEMAS), indent=2)}\n".encode()
    theme = sample_root() / "overrides"
    for file in sorted(one for one in theme.rglob("*") if one.is_file()):
        yield f"{overrides}/{file.relative_to(theme).as_posix()}", file.read_bytes()


def guards(owner: Owner, today: date) -> Iterator[tuple[str, str]]:
    """Path and text of what guards a portal in its repository: owners, CI, the hook, and what is not committed."""
    yield from ((path, text) for path, text in _templates(owner, today) if path.startswith(_GUARDS))


def _templates(owner: Owner, today: date) -> Iterator[tuple[str, str]]:
    words = _words(owner, today)
    for file in sorted(one for one in _TEMPLATES.rglob("*") if one.is_file()):
        text = file.read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        yield file.relative_to(_TEMPLATES).as_posix().replace("dot.", "."), text


def _words(owner: Owner, today: date) -> dict[str, str]:
    """What stands in a template, and what takes its place. JSON's strings are YAML's too."""
    return {
        "<<id>>": json.dumps(owner.id),
        "<<name>>": json.dumps(owner.name, ensure_ascii=False),
        "<<email>>": json.dumps(owner.email, ensure_ascii=False),
        "<<owner>>": owner.email,
        "<<today>>": today.isoformat(),
        "<<version>>": version("release-portal"),
    }


def _process(today: date) -> str:
    """The sample's process document, without the sample's company and history."""
    text = (sample_root() / PROCESS).read_text(encoding="utf-8")
    changes: Any = read(Path(__file__).parent, "process.yaml").data
    for change in changes["changes"]:
        if change["sample"] not in text:
            raise ValueError(f"the process document no longer says: {change['sample']}")
        text = text.replace(change["sample"], change["start"].replace("<<today>>", today.isoformat()))
    return text
