"""Where what git said is kept."""

from pathlib import Path

import platformdirs

from release_portal import digest
from release_portal.git import Cache, Repository


def cache_of(root: Path, name: str, repository: Repository) -> Cache | None:
    """Where what git said is kept: in the user's cache, never where a pull request can write."""
    place = digest.of_bytes(str(root.resolve()).encode())[:16]
    folder = platformdirs.user_cache_path("release-portal") / place / name
    return None if repository.tracks(folder) else Cache(folder)
