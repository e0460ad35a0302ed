"""What releases are judged by, read: the process document, the roster, the key list."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from release_portal import process as process_document
from release_portal.facts import ProcessVersion
from release_portal.failure import Misconfigured
from release_portal.finding import Finding, Location
from release_portal.folder import fault
from release_portal.git import Keys, Repository, every_key
from release_portal.process import Process
from release_portal.records._record import RecordType, read
from release_portal.release import RELEASES
from release_portal.roster import Roster, doubles
from release_portal.settings import Settings
from release_portal.settings import parse as parse_settings
from release_portal.source import Unreadable, parse, read_bytes

PROCESS = "release-process.md"
ROSTER = "roster/people.yaml"
SIGNERS = "roster/allowed_signers"
_KEYS = "roster/keys"
_FOLDERS = ("roster", _KEYS, RELEASES)
_NO_LINK = "put it there itself: what a link leads to changes without review by its owners"
Types = Mapping[str, RecordType[Any]]
Files = Mapping[str, bytes]


def on_disk(root: Path) -> Files:
    """The policy's files by path, as they are on disk.

    Raises:
        Misconfigured: one of them is no regular file, or a folder on the way to it is a link.

    """
    for link in (one for one in _FOLDERS if (root / one).is_symlink()):
        raise Misconfigured(f"{link} is a link", _NO_LINK)
    paths = [PROCESS, ROSTER, SIGNERS]
    folder = root / _KEYS
    if folder.is_dir():
        paths += [f"{_KEYS}/{name}" for name in sorted(os.listdir(folder)) if name.endswith(".asc")]
    try:
        return {path: read_bytes(root, path) for path in paths if os.path.lexists(root / path)}
    except Unreadable as error:
        raise Misconfigured(f"{error.location}: {error.message}", error.hint) from error


def at_commit(repository: Repository, commit: str, config: str) -> Files:
    """The policy's files by path as a commit has them, and mkdocs.yml, whose name is `config`.

    Raises:
        Misconfigured: one of them is there, and no regular file.

    """
    tree = repository.tree(commit, ("roster", PROCESS, config))
    blobs = {path: blob for path, blob in tree.items() if path in {*_FOLDERS, config} or is_policy(path)}
    for path in (path for path, blob in blobs.items() if not blob.is_regular):
        raise Misconfigured(f"{path} is a link at {commit[:12]}, or of another repository", _NO_LINK)
    contents = repository.contents(blob.id for blob in blobs.values())
    return {path: contents[blob.id] for path, blob in blobs.items()}


def is_policy(path: str) -> bool:
    """Whether releases are judged by a file, other than mkdocs.yml."""
    return path in {PROCESS, ROSTER, SIGNERS} or (path.startswith(f"{_KEYS}/") and path.endswith(".asc"))


def settings_at(files: Files, today: Settings) -> Settings:
    """The settings of today with what decides how strictly records are judged as a commit's files have it.

    Raises:
        Misconfigured: the commit has no mkdocs.yml of a portal.

    """
    if today.config not in files:
        raise Misconfigured(
            f"the base branch has no {today.config}", "merge the portal's configuration first"
        )
    return today.judging_as(parse_settings(today.config, files[today.config]))


def phase_types(types: Types) -> list[str]:
    """Names of the record types that a process may bind."""
    return [name for name, type_ in types.items() if type_.home == "phase"]


def read_process(files: Files, types: Types, findings: list[Finding]) -> Process:
    """The process; what is wrong in it is added to the findings.

    Raises:
        Misconfigured: it is missing, or not good enough to judge by.

    """
    process, problems = _process(files, types)
    if process is None:
        first = problems[0]
        raise Misconfigured(f"{first.location}: {first.message}", first.hint)
    findings.extend(problems)
    return process


def _process(files: Files, types: Types) -> tuple[Process | None, tuple[Finding, ...]]:
    """The process, and what is wrong in it; None where it is not good enough to judge by."""
    if PROCESS not in files:
        hint = "a portal has its process document beside mkdocs.yml"
        return None, (fault("malformed-process", Location(PROCESS), f"no {PROCESS}", hint),)
    try:
        return process_document.parse(parse(PROCESS, files[PROCESS]), phase_types(types))
    except Unreadable as error:
        return None, (fault(error.rule, error.location, error.message, error.hint),)


def faults(files: Files, types: Types) -> Iterator[Finding]:
    """Everything that is wrong in process, roster and key list."""
    findings = [*_process(files, types)[1]]
    read_keys(files, read_roster(files, types["people"], findings), findings)
    yield from findings


def read_roster(files: Files, type_: RecordType[Any], findings: list[Finding]) -> Roster:
    """The roster, empty where it cannot be read; what is wrong in it is added to the findings."""
    if ROSTER not in files:
        hint = "nobody can sign without it"
        findings.append(fault("missing-roster", Location(ROSTER), "there is no roster", hint))
        return Roster()
    try:
        reading = read(type_, parse(ROSTER, files[ROSTER]))
    except Unreadable as error:
        findings.append(fault(error.rule, error.location, error.message, error.hint))
        return Roster()
    findings += [fault(one.rule, at, one.message, one.hint) for at, one in reading.errors]
    findings += [fault(*one) for one in doubles(reading.record)]
    return Roster.from_record(reading.record)


def read_keys(files: Files, roster: Roster, findings: list[Finding]) -> Keys:
    """The key list; what of it cannot be used, or is listed for two people, is added to the findings."""
    listed = {SIGNERS, *(path for path in files if path.startswith(f"{_KEYS}/") and path.endswith(".asc"))}
    keys = Keys.from_files({path: files[path] for path in files if path in listed})
    hint = "see the guide, under Proof by git"
    findings += [fault("unusable-key", at, why, hint) for at, why in keys.problems]
    findings += _shared(keys, roster)
    return keys


def _shared(keys: Keys, roster: Roster) -> Iterator[Finding]:
    """A key that two people have proves neither of them."""
    owners: dict[str, str] = {}
    places = [*keys.listed]
    places += [
        (Location(f"{_KEYS}/{key.principal}.asc"), key)
        for key in every_key(replace(keys, allowed_signers=""))
    ]
    for at, key in places:
        person = roster.by_email(key.principal)
        owner = person.name if person else key.principal
        first = owners.setdefault(key.fingerprint, owner)
        if first != owner:
            hint = "a key is one person's: let each make a key of their own"
            yield fault("shared-key", at, f"the key of {owner} is that of {first} too", hint)


def governing(versions: Sequence[ProcessVersion], today: Process) -> dict[str, Process]:
    """The process by version, each as it stood when it took effect.

    Commits after that day may mend its wording; what they add to its demands binds no release that names the
    version. A version that history does not know is as the document has it today.
    """
    found: dict[str, Process] = {}
    for one in versions:
        name, known = one.process.version, found.get(one.process.version)
        if known is None or _in_time(one) or known.demands == one.process.demands:
            found[name] = one.process
    if today.version not in found or found[today.version].demands == today.demands:
        found[today.version] = today
    return found


def _in_time(one: ProcessVersion) -> bool:
    """Whether a text was committed before the day on which its version takes effect had passed."""
    committed = one.commit.committer.at
    return committed is not None and committed.date() <= one.process.effective
