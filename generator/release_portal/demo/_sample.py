"""The sample as files of a portal."""

import shutil
from pathlib import Path

from release_portal.shipped import sample_root

_PARTS = ("mkdocs.yml", "release-process.md", "docs", "overrides", "roster", "releases")


def copy_sample(target: Path) -> None:
    """Copy the sample's parts into a folder."""
    for part in _PARTS:
        source = sample_root() / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target / part)
