"""The board as Markdown, for a comment on a pull request or a job's summary.

Words from records are plain where nothing in them can mean anything to Markdown or to a forge. All
others are set as code, in which no forge makes links, mentions, references or HTML.
"""

import re
from collections.abc import Iterator

from release_portal.board._answer import nothing_open
from release_portal.board._board import Board, ReleaseBoard, Standing
from release_portal.board._format import Format, Screen
from release_portal.board._groups import facts, groups, title, unasked
from release_portal.wording import printable

# Letters, digits, spaces, and marks that are only punctuation where they stand.
_PLAIN = re.compile(
    r"(?:[^\W_]|[ ,;()'\u2019\u201c\u201d\u2013\u2026\u00b7]|[.:](?=\s|$)|&(?= )"
    r"|(?<=\d)[.-](?=\d)|(?<=[^\W\d_])-(?=[^\W\d_]))+"
)
_COMMIT = re.compile(r"\b[0-9a-fA-F]{7,}\b")
_MARKS = {
    Standing.DONE: "✅",
    Standing.IN_PROGRESS: "🟡",
    Standing.BLOCKED: "🔴",
    Standing.NOT_DUE: "⚪",
    Standing.NOT_APPLICABLE: "\u2796",
}


def render(board: Board, screen: Screen) -> str:  # noqa: ARG001  # one shape for all formats
    """A section for each release: the answer, its phases, who must do what."""
    if not board.releases:
        return "".join(f"{line}\n" for line in _nothing_open(board))
    return "\n".join("".join(f"{line}\n" for line in _section(board, one)) for one in board.releases)


def _nothing_open(board: Board) -> Iterator[str]:
    words = nothing_open(board.portal, len(board.errors))
    yield f"❌ **{safe(words)}**" if board.errors else words
    if board.errors:
        yield ""
        yield from _row("What", "Rule", "Where")
        yield from _row("---", "---", "---")
    for one in board.errors:
        yield from _row(safe(one.message), one.rule, code(str(one.location)))


def _section(board: Board, one: ReleaseBoard) -> Iterator[str]:
    yield f"## {safe(one.release.version)} {safe(title(one))}"
    yield ""
    yield f"{'✅' if one.ready else '❌'} **{safe(one.answer)}**"
    if stated := facts(board, one):
        yield ""
        yield safe(stated)
    yield ""
    yield from _row("", "Phase", "State", "Complete")
    yield from _row("---", "---", "---", "---:")
    for line in one.phases:
        complete = f"{line.complete} of {line.deliverables}"
        phase = safe(f"{line.phase.number}. {line.phase.title}")
        named = f"**{phase}**" if line.current else phase
        yield from _row(_MARKS[line.standing], named, line.words, complete)
    if one.count:
        yield ""
        yield from _row("Who", "What", "Since", "Where")
        yield from _row("---", "---", "---", "---")
    for group in groups(board, one):
        for thing in group.things:
            what = f"{thing.number} {safe(thing.text)}".strip()
            yield from _row(safe(group.who), what, thing.when, code(thing.place))
    if why := unasked(board, one):
        yield ""
        yield safe(why)


def _row(*cells: str) -> Iterator[str]:
    """One row of a table: a bar inside a cell is escaped, and never by a backslash of the cell's own."""
    escaped = (cell.replace("\\|", "\\ |").replace("|", "\\|") for cell in cells)
    yield f"| {' | '.join(escaped)} |"


def safe(words: str) -> str:
    """Words that can do nothing: as they are where that is so, else as code."""
    line = printable(" ".join(words.split()))
    return line if _PLAIN.fullmatch(line) and not _COMMIT.search(line) else code(line)


def code(words: str) -> str:
    """Words as code, fenced by more backticks than any run of them has; nothing for no words."""
    line = printable(" ".join(words.split()))
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


FORMAT = Format("markdown", render)
