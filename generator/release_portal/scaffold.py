"""Writes the records that a release lacks, from the scaffolds of their types. Nothing is overwritten."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import semver

from release_portal.drafts import put
from release_portal.failure import Misconfigured
from release_portal.load import record_types
from release_portal.portal import Portal
from release_portal.prefill import Said, prefilled
from release_portal.process import Phase
from release_portal.progress import holds
from release_portal.release import RELEASES, Release

NOTHING = Said()
# A portal's .gitattributes. Evidence is bound by its digest, so no checkout may change a byte of it.
GITATTRIBUTES = """\
* text=auto eol=lf
releases/*/evidence/** -text
"""


def scaffold(
    root: Path, portal: Portal, version: str, type_: str, said: Said = NOTHING, *, all_phases: bool = False
) -> tuple[str, ...]:
    """Write what is missing up to the release's phase, or in all phases; gives the paths written, from the root.

    Raises:
        Misconfigured: the version is no SemVer version, or a file cannot be written.

    """
    if not semver.Version.is_valid(version):
        raise Misconfigured(f"'{version}' is no SemVer version", "write MAJOR.MINOR.PATCH, such as 2.7.0")
    release = portal.release(version)
    first = portal.process.phases[0]
    phase = release.facts.phase if release and release.facts else first.slug
    upto = len(portal.process.phases) if all_phases else portal.process.order(phase)
    words = prefilled(root, portal, version, type_, said)
    written = []
    for path, text in _missing(portal, release, upto, words):
        below = f"{RELEASES}/{version}/{path}"
        if not (root / below).exists():
            put(root, below, text.encode())
            written.append(below)
    return tuple(written)


def _missing(
    portal: Portal, release: Release | None, upto: int, words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Paths below the release's folder, with the scaffold's text, of records that a release has to have."""
    types = record_types()
    for name in ("release", "references"):
        yield types[name].file, types[name].filled(words)
    for phase in portal.process.phases[:upto]:
        for name in _demanded(phase, release):
            if release is None or not release.named(name):
                yield f"{phase.folder}/{types[name].file.replace('*', 'name-it')}", types[name].filled(words)
        for item in phase.documents:
            yield f"{phase.folder}/{item.document}.md", types["document"].filled(words)


def _demanded(phase: Phase, release: Release | None) -> Iterator[str]:
    """Record types of a phase that are not optional, or whose condition holds."""
    bindings = [*(item.binding for item in phase.actions), *(item.binding for item in phase.deliverables)]
    for binding in bindings:
        if binding is None or (binding.optional and not (release and holds(binding.when, release))):
            continue
        yield from (name for name in binding.records if name in phase.record_types)
