"""Content digests that anyone can repeat with `sha256sum`.

A file's digest is the SHA-256 of its bytes with line ends as git stores them (LF). The digest of
several files is the SHA-256 of the listing that `sha256sum` prints for them, sorted by path. So
both can be repeated on a machine that has nothing of this project:

    sha256sum 01-planning/scope.md
    sha256sum 02-compliance/checklists/gdpr.yaml 02-compliance/checklists/soc2.yaml | sha256sum

A statement's is that of its lines: `printf '%s\\n' 5.2 kavita.rao 'No user-visible change.' | sha256sum`.
"""

import hashlib
from collections.abc import Mapping


def of_bytes(content: bytes) -> str:
    """SHA-256 of bytes taken as they are, in 64 hexadecimal digits: for evidence files."""
    return hashlib.sha256(content).hexdigest()


def of_text(content: bytes) -> str:
    """SHA-256 of a text file's bytes, CRLF counted as LF, in 64 hexadecimal digits: for records."""
    return of_bytes(content.replace(b"\r\n", b"\n"))


def of_lines(*lines: str) -> str:
    """SHA-256 of lines, each with a line end: for a statement within a record."""
    return of_bytes("".join(f"{line}\n" for line in lines).encode())


def of_listing(digests: Mapping[str, str]) -> str:
    """SHA-256 of the `sha256sum` listing of files: path -> digest, sorted by path's bytes."""
    lines = (f"{digests[path]}  {path}\n" for path in sorted(digests, key=str.encode))
    return of_bytes("".join(lines).encode())
