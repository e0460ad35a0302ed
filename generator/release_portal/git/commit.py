"""One commit, read from the text of `git log --format=raw`.

That text is the commit object as it is stored, before mailmap, replacement and re-encoding, with its
message set in by four spaces.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from release_portal.git import _header, ident
from release_portal.git.ident import Ident

_TRAILER = re.compile(r"([A-Za-z0-9-]+): *(.*)")


class SignatureKind(StrEnum):
    """What a signature claims to be made with. It says nothing about whether it holds."""

    NONE = "none"
    PGP = "pgp"
    SSH = "ssh"
    X509 = "x509"
    UNKNOWN = "unknown"


KINDS = {
    b"-----BEGIN PGP SIGNATURE-----": SignatureKind.PGP,
    b"-----BEGIN PGP MESSAGE-----": SignatureKind.PGP,
    b"-----BEGIN SSH SIGNATURE-----": SignatureKind.SSH,
    b"-----BEGIN SIGNED MESSAGE-----": SignatureKind.X509,
}


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit's own data. `author` and `committer` are what the commit says, not who they are."""

    id: str
    parents: tuple[str, ...]
    author: Ident
    committer: Ident
    message: str
    signature: SignatureKind = SignatureKind.NONE

    @property
    def is_merge(self) -> bool:
        """Whether it has several parents."""
        return len(self.parents) > 1

    @property
    def subject(self) -> str:
        """The message's first paragraph on one line."""
        return " ".join(self.message.strip().partition("\n\n")[0].split("\n"))

    @property
    def body(self) -> str:
        """The message after its subject."""
        return self.message.strip().partition("\n\n")[2].strip()

    @property
    def trailers(self) -> tuple[tuple[str, str], ...]:
        """`Key: value` lines of the last paragraph, if it has nothing else: `Reviewed-by` and the like."""
        lines = self.body.rpartition("\n\n")[2].splitlines()
        found = [match.groups() for line in lines if (match := _TRAILER.fullmatch(line))]
        return tuple((key, value.strip()) for key, value in found) if len(found) == len(lines) else ()


def parse(record: bytes) -> Commit:
    """The commit in a record: `commit ID`, header lines, an empty line, the message set in."""
    head, _, message = record.partition(b"\n\n")
    header = _header.parse(head)
    encoding = header.get(b"encoding", [b"utf-8"])[0].decode("ascii", "replace")
    signatures = [*header.get(b"gpgsig", ()), *header.get(b"gpgsig-sha256", ())]
    return Commit(
        id=header[b"commit"][0].decode(),
        parents=tuple(parent.decode() for parent in header.get(b"parent", ())),
        author=_header.identity(header, b"author", encoding),
        committer=_header.identity(header, b"committer", encoding),
        message=ident.decode(message.removeprefix(b"    ").replace(b"\n    ", b"\n"), encoding).rstrip("\n"),
        signature=KINDS.get(signatures[0], SignatureKind.UNKNOWN) if signatures else SignatureKind.NONE,
    )
