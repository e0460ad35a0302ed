"""Where a repository's git directory is, found without asking git."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from release_portal.git.unverifiable import absent, damaged


@dataclass(frozen=True, slots=True)
class Place:
    """A git directory. `top` is the work tree's top folder, None for a bare repository.

    `is_shallow`: whether git keeps a list of commits whose parents it does not have.
    """

    git_dir: Path
    top: Path | None
    is_shallow: bool


def find(path: Path) -> Place:
    """The repository that is exactly at a path: a work tree's top folder, its .git, or a bare repository.

    No parent folder is searched: a product repository that is not there must not turn into the portal's.

    Raises:
        Unverifiable: there is none.

    """
    path = path.resolve()
    with _readable(path):
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
    with _readable(path):
        for folder in (path, *path.parents):
            if (folder / ".git").exists():
                return _place(_linked(folder / ".git"), folder)
    raise absent(str(path))


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tells a file that may not be read from one that is not there."""
    try:
        yield
    except OSError as error:
        raise damaged(str(path), error.strerror or "it cannot be read") from error


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
    """The place of a git directory. Linked work trees share the objects and references of another one."""
    git_dir = git_dir.resolve()
    shared = git_dir / "commondir"
    common = git_dir / shared.read_text(encoding="utf-8").strip() if shared.is_file() else git_dir
    cut = common / "shallow"
    return Place(git_dir, top, is_shallow=cut.is_file() and cut.stat().st_size > 0)
