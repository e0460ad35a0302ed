"""What comes with the program: in the installed package, or at the root of the checkout."""

from pathlib import Path


def sample_root() -> Path:
    """Folder that holds the sample's mkdocs.yml, process, roster, docs, overrides and releases."""
    packed = Path(__file__).parent / "demo/sample"
    return packed if packed.is_dir() else Path(__file__).parents[2]


def font(name: str) -> Path:
    """A file of the theme's fonts, such as `ibm-plex-sans-latin-400-normal.woff2`."""
    return sample_root() / "overrides/assets/fonts" / name
