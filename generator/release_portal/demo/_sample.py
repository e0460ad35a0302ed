"""Where the sample is: in the installed package, or at the root of the checkout."""

import shutil
from pathlib import Path

_PARTS = ("mkdocs.yml", "release-process.md", "docs", "overrides", "roster", "releases")


def sample_root() -> Path:
    """Folder that holds the sample's mkdocs.yml, process, roster, docs, overrides and releases."""
    packed = Path(__file__).parent / "sample"
    return packed if packed.is_dir() else Path(__file__).parents[3]


def copy_sample(target: Path) -> None:
    """Copy the sample's parts into a folder."""
    for part in _PARTS:
        source = sample_root() / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target / part)
