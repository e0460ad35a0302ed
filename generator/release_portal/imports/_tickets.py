"""Tickets that texts name, and what a commit's subject says by Conventional Commits."""

import re
from dataclasses import dataclass

_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,15}-[0-9]{1,10}\b")
_SUBJECT = re.compile(r"(?P<type>[A-Za-z]+)(?:\((?P<scope>[^()]*)\))?(?P<breaking>!)?: *(?P<text>.+)")
_KINDS = {
    "feat": "feature",
    "feature": "feature",
    "fix": "fix",
    "hotfix": "fix",
    "perf": "fix",
    "revert": "fix",
    "security": "fix",
    "db": "migration",
    "migrate": "migration",
    "migration": "migration",
}


def tickets_in(*texts: str) -> tuple[str, ...]:
    """The tickets that the first text with any in it names, in its order."""
    for text in texts:
        if found := tuple(dict.fromkeys(_TICKET.findall(text))):
            return found
    return ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A commit's subject: the kind of change, empty where its type says none; what it touches; what it says."""

    kind: str
    scope: str
    is_breaking: bool
    title: str


def subject_of(line: str) -> Subject:
    """What a subject says, such as `feat(ledger)!: keep entries (PAY-201)`."""
    match = _SUBJECT.fullmatch(line)
    type_, scope, breaking, title = match.groups() if match else ("", "", "", line)
    return Subject(
        _KINDS.get(type_.lower(), ""), (scope or "").strip(), bool(breaking), _without_tickets(title)
    )


def _without_tickets(title: str) -> str:
    words = re.sub(rf"\s*[(\[]\s*{_TICKET.pattern}(?:[,\s]+{_TICKET.pattern})*\s*[)\]]", "", title)
    words = re.sub(rf"^{_TICKET.pattern}[:\s-]+", "", words).strip()
    return words[:1].upper() + words[1:] or title
