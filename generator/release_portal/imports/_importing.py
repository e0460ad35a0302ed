"""One import from beginning to end: facts are merged into their records, and the files copied beside them.

All of it is worked out before anything is written. Copies are written first and records last, each whole, so that an
import that was cut short leaves at most a copy that no record lists yet, and the next run completes it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from release_portal import evidence, imports
from release_portal.drafts import put
from release_portal.evidence._evidence import Broken, Format, report
from release_portal.failure import Misconfigured
from release_portal.imports._age import refuse_older, tagged
from release_portal.imports._draft import draft
from release_portal.imports._importer import Facts, Importer, Request
from release_portal.imports._inputs import read_input
from release_portal.imports._placing import Placing, placing
from release_portal.imports._settling import settle
from release_portal.load import record_types
from release_portal.portal import Portal
from release_portal.registry import collect
from release_portal.release import CLOSED, WITHDRAWN
from release_portal.wording import nearest


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: paths written, from the root; or conflicts, and then nothing was written."""

    written: tuple[str, ...]
    conflicts: tuple[str, ...]
    notices: tuple[str, ...]


def importers() -> dict[str, Importer]:
    """All importers by the names of their formats."""
    return {one.name: one for one in collect(imports, "IMPORTER", Importer)}


def importer_of(name: str) -> Importer:
    """The importer of a format.

    Raises:
        Misconfigured: there is none of that name.

    """
    known = importers()
    if name not in known:
        raise Misconfigured(f"there is no import '{name}'", nearest(name, list(known)))
    return known[name]


def request_of(
    importer: Importer,
    portal: Portal,
    version: str,
    paths: Sequence[str],
    said: Sequence[str],
    now: datetime,
) -> Request:
    """What an importer is given, with the files read.

    Raises:
        Misconfigured: there is no such release, it is over, a file is missing or empty, or `--set` is misspelt.

    """
    release = portal.release(version)
    if release is None:
        hint = nearest(version, [one.version for one in portal.releases])
        raise Misconfigured(f"there is no release '{version}'", hint)
    if release.phase in {CLOSED, WITHDRAWN}:
        hint = "its records stay as they were judged; a correction is a pull request of its own"
        raise Misconfigured(f"release {version} is {release.phase}", hint)
    if importer.takes_files and not paths:
        raise Misconfigured(f"import {importer.name} needs a file", "name the file that the tool wrote")
    wrong = next((one for one in said if "=" not in one), None)
    if wrong is not None:
        raise Misconfigured(
            f"--set {wrong} has no value", "write --set KEY=VALUE, such as --set area=security"
        )
    return Request(
        files=tuple(map(read_input, dict.fromkeys(paths))) if importer.takes_files else (),
        paths=tuple(paths),
        portal=portal,
        release=release,
        now=now,
        settled={key: value for key, _, value in (one.partition("=") for one in said)},
    )


def import_into(root: Path, importer: Importer, request: Request, *, force: bool) -> Imported:
    """Import what was asked for. With `force` the import wins over what stands in a record.

    Raises:
        Misconfigured: a file is malformed, older than the tag, or would make a record invalid.

    """
    types = record_types()
    first, *others = importer.read(request)
    found = (settle(first, request.settled, types[first.record]), *others)
    for facts in found:
        _refuse_twins(facts)
    placed = placing(request.release, (copy for facts in found for copy in facts.copies), request.now)
    _refuse_broken(placed)
    request.notices.extend(
        refuse_older(tuple(placed.copies.values()), tagged(request.portal, request.release))
    )
    drafts = [draft(root, request, types[one.record], one, placed.places, force=force) for one in found]
    conflicts = [told for one in drafts for told in one.told()]
    if not force:
        conflicts += placed.conflicts()
    changed = {**placed.files(), **{one.after.path: one.after.text.encode() for one in drafts if one.changed}}
    for path, content in () if conflicts else changed.items():
        put(root, path, content)
    return Imported(() if conflicts else tuple(changed), tuple(conflicts), tuple(request.notices))


def _refuse_twins(facts: Facts) -> None:
    """Refuse two entries of one import that could not be told apart."""
    named = Counter(tuple(entry.identity.items()) for entry in facts.entries)
    double = next((identity for identity, count in named.items() if count > 1), None)
    if double is not None:
        words = ", ".join(f"{key} {value}" for key, value in double)
        raise Misconfigured(f"two entries of {facts.record} would have {words}", "import them one at a time")


def _refuse_broken(placed: Placing) -> None:
    """Refuse a copy that the check would take for a report that cannot be read."""
    formats = collect(evidence, "FORMAT", Format)
    for name, copy in placed.copies.items():
        found = report(formats, placed.places[name]["path"], copy.source.data)
        if isinstance(found, Broken):
            raise Misconfigured(
                f"{copy.source.path} would be taken for {found.format}, and {found.reason}",
                "export it in another form, or shorter",
            )
