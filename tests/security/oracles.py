"""What must never come of hostile input, each as a function that counts it: 0 is good."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

from release_portal.pages._csv import _FORMULA
from tests.security.planting import CANARY

_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")
_OWN = re.compile(r"::(error|warning|notice) file=[^:,]*,line=\d+,col=\d+,title=[a-z-]+::[^\r]*\Z")
_ACTIVE = {"script", "iframe", "object", "embed", "base", "meta", "link", "style", "form", "frame", "img"}
_MARKS = re.compile(r"\brp-(status|proof|severity|decision|level)")


def control_characters(text: str) -> int:
    """Characters that a terminal obeys or that change how others are read."""
    return len(_NOT_SHOWN.findall(text.replace("\r\n", "\n")))


def commands(text: str, own: int = 0) -> int:
    """Lines that a CI runner takes for commands, but for so many annotations of ours. Runners trim lines."""
    lines = [line.strip() for line in text.splitlines()]
    foreign = sum(line.startswith("::") and not _OWN.match(line) for line in lines)
    annotations = sum(bool(_OWN.match(line)) for line in lines)
    return foreign + max(0, annotations - own) + len(re.findall(r"##(vso)?\[", text))


def formulas(text: str) -> int:
    """Cells of a CSV file that a spreadsheet runs."""
    return sum(cell.lstrip(" ").startswith(_FORMULA) for row in csv.reader(io.StringIO(text)) for cell in row)


def calculated(text: str) -> int:
    """How often a template worked out 7*191."""
    return len(re.findall(r"\b1337\b", text))


def leaked(text: str) -> int:
    """How often words of the file outside stand in a text."""
    return text.count(CANARY) + text.count("root:x:0:")


def ran(*folders: Path) -> int:
    """Files that a payload made."""
    return sum(len(list(folder.rglob("PWNED*"))) for folder in folders)


class _Nodes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.active, self.forged = 0, 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: (value or "") for name, value in attrs}
        script = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)
        self.active += tag in _ACTIVE or any(name.startswith("on") for name in words)
        self.active += any(
            script.match(re.sub(r"[\t\n\r]", "", words.get(name, ""))) for name in ("href", "src", "action")
        )
        self._open.append(bool(_MARKS.search(words.get("class", ""))))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.forged += "PWNEDMARK" in data and bool(self._open) and self._open[-1]


def active_nodes(html: str) -> int:
    """Elements and attributes in the content of a page that could run or load something."""
    return _parsed(html).active


def forged_marks(html: str) -> int:
    """Words of an author inside of one of the portal's own marks."""
    return _parsed(html).forged


def _parsed(html: str) -> _Nodes:
    nodes = _Nodes()
    nodes.feed(html)
    return nodes
