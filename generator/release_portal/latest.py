"""Whether a build is still what would be built: nothing it was made from has changed, and the site stands there."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from release_portal.recall import Answer, Recall
from release_portal.settings import Settings

_TREES = ("docs", "overrides", "mkdocs.yml")
_GIT = ("HEAD", "packed-refs", "shallow", "refs", "reftable")


class Latest:
    """The latest build of a portal to a folder, in some manner. Made before the build, so that no change goes unseen."""

    def __init__(self, root: Path, config: Path, settings: Settings, site_dir: Path, **manner: bool) -> None:
        self._site_dir = site_dir
        # Without git a site is made as of now. Then only SOURCE_DATE_EPOCH can let two builds be the same.
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._dated = bool(epoch) or any((folder / ".git").is_dir() for folder in (root, *root.parents))
        self._request = json.dumps([str(site_dir), epoch, manner])
        places = [root / name for name in _TREES]
        self._recall = Recall(root, config, "builds", (*places, *_repositories(root, settings)))
        self._begun = datetime.now(UTC)

    def stands(self) -> bool:
        """Whether building again would give the site that is there."""
        found = self._recall.answer(self._request, self._begun) if self._dated else None
        return found is not None and found.output == self._mark()

    def keep(self) -> None:
        """Remember that the site has just been built."""
        if self._dated:
            self._recall.keep(self._request, Answer(0, self._mark()), self._begun, None)

    def _mark(self) -> str:
        """What tells the published site from any other: each build makes a new folder of it."""
        try:
            seen = os.stat(self._site_dir)
        except OSError:
            return ""
        return f"{seen.st_ino} {seen.st_mtime_ns}"


def _repositories(root: Path, settings: Settings) -> Iterator[Path]:
    """What changes in a product repository when a tag or a commit comes."""
    for one in settings.repositories:
        folder = root / one.path
        inner = folder / ".git"
        yield from (place / name for place in (folder, inner) for name in _GIT)
