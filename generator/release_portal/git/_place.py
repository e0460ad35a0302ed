"""Where a repository's git directory is, found without asking git."""

from dataclasses import dataclass
from pathlib import Path

from release_portal.git.unverifiable import absent, damaged


@dataclass(frozen=True, slots=True)
class Place:
    """A git directory; `common` is the one that holds objects and references where work trees share them.

    `top` is the work tree's top folder, None for a bare repository.
    """

    git_dir: Path
    common: Path
    top: Path | None


def find(path: Path) -> Place:
    """The repository that is exactly at a path: a work tree's top folder, its .git, or a bare repository.

    No parent folder is searched: a product repository that is not there must not turn into the portal's.

    Raises:
        Unverifiable: there is none.

    """
    path = path.resolve()
    if (path / ".git").exists():
        return _place(_linked(path / ".git"), path)
    if (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir():
        return _place(path, path.parent if path.name == ".git" else None)
    raise absent(str(path))


def find_around(path: Path) -> Place:
    """The repository whose work tree holds a folder.

    Only folders with a .git count, which no commit can bring along; a bare repository in the tree is a
    folder of files.

    Raises:
        Unverifiable: there is none.

    """
    path = path.resolve()
    for folder in (path, *path.parents):
        if (folder / ".git").exists():
            return _place(_linked(folder / ".git"), folder)
    raise absent(str(path))


def _linked(entry: Path) -> Path:
    """The git directory that a .git entry is or, as in linked work trees and submodules, names."""
    if entry.is_dir():
        return entry
    text = entry.read_text(encoding="utf-8", errors="surrogateescape")
    target = entry.parent / text.removeprefix("gitdir:").strip()
    if not text.startswith("gitdir:") or not target.is_dir():
        raise damaged(str(entry.parent), ".git names no git directory")
    return target


def _place(git_dir: Path, top: Path | None) -> Place:
    git_dir = git_dir.resolve()
    shared = git_dir / "commondir"
    common = git_dir / shared.read_text(encoding="utf-8").strip() if shared.is_file() else git_dir
    return Place(git_dir, common.resolve(), top)
