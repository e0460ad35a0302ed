"""Fuzzing guided by coverage, for `make fuzz`: python -m tests.security.fuzz TARGET SECONDS.

A crash is an exception other than those that the readers say they raise; atheris writes its input beside.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["release_portal", "yaml"]):
    from release_portal import process
    from release_portal.evidence._evidence import report
    from release_portal.evidence_files import _formats
    from release_portal.load import record_types
    from release_portal.policy import phase_types
    from release_portal.prose import html
    from release_portal.records._record import read
    from release_portal.source import Unreadable, parse

CORPUS = Path(__file__).parent / "corpus"
_TYPES = record_types()
_KNOWN = phase_types(_TYPES)


def source(data: bytes) -> None:
    for path, type_ in (("r.yaml", "changes"), ("r.md", "scope")):
        try:
            found = parse(path, data)
        except Unreadable:
            continue
        read(_TYPES[type_], found)
        html(found.body[:2000])


def processes(data: bytes) -> None:
    try:
        found = parse("release-process.md", data)
    except Unreadable:
        return
    process.parse(found, _KNOWN)


def reports(data: bytes) -> None:
    for path in ("a.xml", "a.sarif"):
        report(_formats(), path, data)


TARGETS: dict[str, Callable[[bytes], None]] = {"source": source, "process": processes, "reports": reports}


def main() -> None:
    name, seconds = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as found:
        atheris.Setup(
            [
                sys.argv[0],
                found,
                str(CORPUS / name),
                f"-max_total_time={seconds}",
                "-seed=8",
                "-max_len=4096",
                "-timeout=10",
            ],
            TARGETS[name],
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
