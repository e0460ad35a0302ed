"""Evidence for readers: a copy of each file under its digest, never under a name or a type of its author's.

A browser takes a type from a name: HTML, SVG or XML of an author would run as a page of the portal. A name of
hexadecimal digits that ends in `.bin` is served as bytes to be saved, and can stand in the place of no page. Only what
a record lists, and what has the digest that is listed, is there to be had.
"""

import hashlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from release_portal.failure import Failure
from release_portal.pages._files import files
from release_portal.release import Release
from release_portal.units import Write

_PIECE = 1024 * 1024  # bytes


def downloads(root: Path, release: Release) -> Iterator[tuple[str, Write]]:
    """Each evidence file that a release offers: its path in the site, and what writes it to a path.

    Raises:
        Failure: while it is written: the file is no longer the one that was read.

    """
    for sha256, path in {file.sha256: file.path for file in files(release) if file.offered}.items():
        place = f"releases/{release.version}/evidence/{sha256}.bin"
        yield place, partial(_copy, root / release.folder / path, sha256)


def _copy(source: Path, sha256: str, target: str) -> None:
    found = hashlib.sha256()
    with (
        open(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file,
        open(target, "xb") as copy,
    ):
        while piece := file.read(_PIECE):
            found.update(piece)
            copy.write(piece)
    if found.hexdigest() != sha256:
        raise Failure(f"{source.name} changed while the portal was built", "build again")
