"""What releases are judged by, read: the process document, the roster, the key list."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from release_portal import process as process_document
from release_portal.facts import ProcessVersion
from release_portal.failure import Misconfigured
from release_portal.finding import Finding, Location
from release_portal.folder import fault
from release_portal.git import Keys
from release_portal.process import Process
from release_portal.records._record import RecordType, read
from release_portal.roster import Roster
from release_portal.source import Unreadable, parse, read_bytes

PROCESS = "release-process.md"
ROSTER = "roster/people.yaml"
SIGNERS = "roster/allowed_signers"
_KEYS = "roster/keys"
Types = Mapping[str, RecordType[Any]]
Files = Mapping[str, bytes]


def on_disk(root: Path) -> Files:
    """The policy's files by path, as they are on disk.

    Raises:
        Misconfigured: one of them is no regular file.

    """
    paths = [PROCESS, ROSTER, SIGNERS]
    folder = root / _KEYS
    if folder.is_dir() and not folder.is_symlink():
        paths += [f"{_KEYS}/{name}" for name in sorted(os.listdir(folder)) if name.endswith(".asc")]
    try:
        return {path: read_bytes(root, path) for path in paths if os.path.lexists(root / path)}
    except Unreadable as error:
        raise Misconfigured(f"{error.location}: {error.message}", error.hint) from error


def phase_types(types: Types) -> list[str]:
    """Names of the record types that a process may bind."""
    return [name for name, type_ in types.items() if type_.home == "phase"]


def read_process(files: Files, types: Types, findings: list[Finding]) -> Process:
    """The process; what is wrong in it is added to the findings.

    Raises:
        Misconfigured: it is missing, or not good enough to judge by.

    """
    if PROCESS not in files:
        raise Misconfigured(f"no {PROCESS}", "a portal has its process document beside mkdocs.yml")
    try:
        process, problems = process_document.parse(parse(PROCESS, files[PROCESS]), phase_types(types))
    except Unreadable as error:
        raise Misconfigured(f"{error.location}: {error.message}", error.hint) from error
    if process is None:
        first = problems[0]
        raise Misconfigured(f"{first.location}: {first.message}", first.hint)
    findings.extend(problems)
    return process


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
    return Roster.from_record(reading.record)


def read_keys(files: Files, findings: list[Finding]) -> Keys:
    """The key list; what of it cannot be used is added to the findings."""
    keys = Keys.from_files({path: files[path] for path in files if path not in {PROCESS, ROSTER}})
    hint = "see the guide, under Proof by git"
    findings += [fault("unusable-key", at, why, hint) for at, why in keys.problems]
    return keys


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
