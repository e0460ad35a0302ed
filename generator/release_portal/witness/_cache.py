"""Where what git said is kept."""

from pathlib import Path

from release_portal.cache import folder_of
from release_portal.git import Cache, Repository


def cache_of(root: Path, name: str, repository: Repository) -> Cache | None:
    """Where what git said is kept: in the user's cache, never where a pull request can write."""
    folder = folder_of(root.resolve()) / name
    return None if repository.tracks(folder) else Cache(folder)
