"""Runs Pagefind, one process for each bundle, and keeps of what it writes what our own search needs."""

import gzip
import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from release_portal.failure import Failure, Misconfigured
from release_portal.search._bundles import Bundle
from release_portal.search._text import copy

_MARK = b"pagefind_dcd"
_UNUSED = ("pagefind-*.js", "pagefind-*.css")  # its own user interfaces
_FIRST_ONLY = ("pagefind.js", "wasm.*.pagefind")  # a merged index brings no program of its own
# What stands in a page's content and is not said by it: ways through the portal, digests, marks, whole registers.
_LEFT_OUT = (
    ".rp-crumbs", ".rp-print-head", ".rp-record__source", ".rp-hash", ".headerlink", ".rp-links", ".rp-head__marks",
    ".rp-register", ".rp-filters", ".rp-footnote-list",
)  # fmt: skip


def executable() -> Path:
    """The program that `pagefind[bin]` brings.

    Raises:
        Misconfigured: it is not there.

    """
    try:
        from pagefind_bin import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        hint = "install `pagefind[bin]`; `build --no-search` builds a portal that finds ids only"
        raise Misconfigured("the search index cannot be made: Pagefind is not installed", hint) from error


def run(bundle: Bundle, site_dir: Path) -> None:
    """Index a bundle's pages.

    Raises:
        Failure: Pagefind could not.

    """
    output = site_dir / bundle.path
    shutil.rmtree(output, ignore_errors=True)
    with TemporaryDirectory(prefix="release-portal-") as folder:
        copy(bundle.pages, site_dir, Path(folder))
        options = {
            "--site": folder,
            "--root-selector": "article",
            "--exclude-selectors": ", ".join(_LEFT_OUT),
            "--output-path": str(output),
        }
        command = [str(executable()), "--silent", *(word for pair in options.items() for word in pair)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # a program of ours
    if done.returncode or not (output / "pagefind-entry.json").is_file():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Failure(
            "Pagefind could not index the pages", said[-1] if said else f"exit code {done.returncode}"
        )
    _prune(output, first=bundle.number == 0)


def places(bundle: Bundle, site_dir: Path) -> dict[str, Any]:
    """Names that the index has for a bundle's pages: by path below a release, in one text, in order of the releases.

    Results carry these names, so that they can be filtered, and the newest of equals put first, before any is loaded.
    Pagefind has filters of its own; with them its files differ from run to run.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    language = ""
    for fragment in sorted((site_dir / bundle.path / "fragment").glob("*.pf_fragment")):
        page = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(_MARK))
        release, _, path = page["url"].removeprefix("/releases/").partition("/")
        language, _, found[path][release] = fragment.stem.partition("_")
    pages = {
        path: " ".join(some.get(release, "-") for release in bundle.releases)
        for path, some in sorted(found.items())
    }
    return {"language": language, "pages": pages}


def _prune(output: Path, *, first: bool) -> None:
    entry = json.loads((output / "pagefind-entry.json").read_text(encoding="utf-8"))
    unneeded = (
        () if any(one["wasm"] is None for one in entry["languages"].values()) else ("wasm.unknown.pagefind",)
    )
    for pattern in (*_UNUSED, *unneeded, *(() if first else _FIRST_ONLY)):
        for path in output.glob(pattern):
            if path.name != "pagefind-entry.json":
                path.unlink()
