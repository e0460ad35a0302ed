"""Makes a portal of many releases for benchmarks: `python bench/corpus.py FOLDER [RELEASES]`.

Each release is one of the sample's closed releases, lived through at another time: its own version, tickets, days
and wording, its digests computed anew. The same number of releases gives the same bytes on every machine, and the
portal checks without errors.
"""

import argparse
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from release_portal import digest, settings
from release_portal.load import load
from release_portal.release import Release

SAMPLE = Path(__file__).parents[1]
_TICKET = re.compile(r"\b(PAY|PLT|CON|REP|INC|EX|IMP|ACC)-([0-9]+)\b|\b(inc|ex)-([0-9]+)\b")
_DAY = re.compile(r"\b(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_DIGEST = re.compile(r"(?m)^digest: .*$")
_PHRASES = (
    "payout queue", "ledger partition", "consent record", "rail time-out", "settlement file", "partner limit",
    "audit trail", "rounding of fees", "access review", "reconciliation run", "key rotation", "export of reports",
)  # fmt: skip
_FINDINGS = ("held up under load", "was slower than planned", "needed a second review", "went as rehearsed")


@dataclass(frozen=True)
class Template:
    """A release of the sample: its files, and which of them each sign-off and each package is about."""

    version: str
    previous: str
    files: Mapping[str, bytes]
    subjects: Mapping[str, tuple[str, ...]]
    listed: frozenset[str]
    packages: Mapping[str, tuple[str, ...]]


def templates() -> tuple[Template, ...]:
    """A standard release and a hotfix."""
    portal = load(SAMPLE, settings.read(SAMPLE / "mkdocs.yml"))
    found = {release.version: release for release in portal.releases}
    order = portal.process.folders_before
    packages = {name: order(name) for name in ("release-package", "audit-package")}
    return _template(found["2.4.0"], "2.3.0", packages), _template(found["2.4.1"], "2.4.0", packages)


def _template(release: Release, previous: str, packages: Mapping[str, tuple[str, ...]]) -> Template:
    folder = SAMPLE / release.folder
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    about_records = (
        one for one in release.signoffs if release.subjects(one.subject)
    )  # others are about a waiver
    names = {release.relative(one.record): one.subject for one in about_records}
    subjects = {
        path: tuple(release.relative(one) for one in release.subjects(name)) for path, name in names.items()
    }
    listed = {path for path, name in names.items() if release.subjects(name)[0].type.several}
    inside = {
        release.relative(record): tuple(
            path for path in map(release.relative, release.records) if path.split("/")[0] in folders
        )
        for name, folders in packages.items()
        for record in release.named(name)
    }
    return Template(release.version, previous, files, subjects, frozenset(listed), inside)


def write(target: Path, releases: int) -> None:
    """Write a portal with a number of releases, every eighth of them a hotfix of the one before."""
    target.mkdir(parents=True)
    for name in ("mkdocs.yml", "release-process.md"):
        shutil.copyfile(SAMPLE / name, target / name)
    for name in ("docs", "overrides", "roster"):
        shutil.copytree(SAMPLE / name, target / name)
    people = target / "roster/people.yaml"
    lasting = re.sub(r", until: [0-9-]+", "", people.read_text())
    people.write_text(re.sub(r"from: 20[0-9]{2}-", "from: 1990-", lasting))
    standard, hotfix = templates()
    versions = list(_versions(releases))
    for number, (version, previous) in enumerate(versions):
        used = standard if version.endswith(".0") else hotfix
        weeks = number - len(versions)
        for path, content in _lived(used, version, previous, number, weeks).items():
            file = target / "releases" / version / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _versions(count: int) -> Iterator[tuple[str, str]]:
    """Versions from old to new, each with the one before it."""
    major, minor, patch, previous = 1, 0, 0, "0.9.0"
    for number in range(count):
        version = f"{major}.{minor}.{patch}"
        yield version, previous
        previous = version
        if number % 8 == 6:
            patch = 1
        else:
            major, minor, patch = (major, minor + 1, 0) if minor < 49 else (major + 1, 0, 0)


def _lived(template: Template, version: str, previous: str, number: int, weeks: int) -> dict[str, bytes]:
    """The template's files as those of another release."""
    chance = random.Random(number)  # noqa: S311  # the same corpus on every machine
    files: dict[str, bytes] = {}
    for path, content in template.files.items():
        text = _moved(content.decode(), template, version, previous, number, weeks)
        if path.endswith(".md"):
            text += f"\nThe {chance.choice(_PHRASES)} {chance.choice(_FINDINGS)} in {version}.\n"
        files[_renumbered(path, number)] = text.encode()
    for path, content in template.files.items():
        if path.startswith("evidence/"):
            old, new = (
                digest.of_bytes(content).encode(),
                digest.of_bytes(files[_renumbered(path, number)]).encode(),
            )
            for name, record in files.items():
                if not name.startswith("evidence/"):
                    files[name] = record.replace(old, new)
    for path, inside in template.packages.items():  # the audit package is about the release package
        _state(files, path, _listing(files, inside, number))
    for path, about in template.subjects.items():
        known = _listing(files, about, number) if path in template.listed else ""
        _state(files, path, known or digest.of_text(files[_renumbered(about[0], number)]))
    return files


def _moved(text: str, template: Template, version: str, previous: str, number: int, weeks: int) -> str:
    text = re.sub(rf"(?<![0-9.]){re.escape(template.previous)}(?![0-9.])", previous, text)
    text = re.sub(rf"(?<![0-9.]){re.escape(template.version)}(?![0-9])", version, text)
    return _DAY.sub(lambda day: _later(day, weeks), _renumbered(text, number))


def _later(day: re.Match[str], weeks: int) -> str:
    try:
        return (date(*map(int, day.groups())) + timedelta(weeks=weeks)).isoformat()
    except ValueError:
        return day[0]


def _renumbered(text: str, number: int) -> str:
    """Tickets of this release alone."""

    def ticket(match: re.Match[str]) -> str:
        prefix, old = match[1] or match[3], match[2] or match[4]
        return f"{prefix}-{int(old) + 1000 * (number + 1)}"

    return _TICKET.sub(ticket, text)


def _listing(files: Mapping[str, bytes], paths: tuple[str, ...], number: int) -> str:
    here = [_renumbered(path, number) for path in paths]
    return digest.of_listing({path: digest.of_text(files[path]) for path in here})


def _state(files: dict[str, bytes], path: str, known: str) -> None:
    files[path] = _DIGEST.sub(f'digest: "{known}"', files[path].decode()).encode()


def main() -> None:
    """Write the corpus where the command line says."""
    parser = argparse.ArgumentParser(description="Make a portal of many releases.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("releases", type=int, nargs="?", default=1000)
    given = parser.parse_args()
    write(given.folder, given.releases)


if __name__ == "__main__":
    main()
