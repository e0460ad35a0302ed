"""The board for people, in a terminal: one screen."""

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from release_portal.board._answer import nothing_open
from release_portal.board._board import Board, PhaseLine, ReleaseBoard, Standing
from release_portal.board._format import Format, Screen
from release_portal.board._groups import Group, Thing, facts, groups, name, short_title, title, unasked
from release_portal.wording import printable

_MOST = 8  # things told of one release: what is more does not fit one screen
_TWO_COLUMNS = 78  # from this width on, the phases stand in two columns
_MARKS = {
    Standing.DONE: ("✓", "green"),
    Standing.IN_PROGRESS: ("◐", "yellow"),
    Standing.BLOCKED: ("✗", "red"),
    Standing.NOT_DUE: ("·", "dim"),
    Standing.NOT_APPLICABLE: ("-", "dim"),
}


def render(board: Board, screen: Screen) -> str:
    """A block for each release; with several, a list of them first, and the blocks that fit the screen."""
    if not board.releases:
        return _print(_nothing_open(board), screen)
    if len(board.releases) == 1:
        return _print(_block(board, board.releases[0], screen), screen)
    text = _print(_list(board), screen)
    for at, one in enumerate(board.releases):
        block = "\n" + _print(_block(board, one, screen), screen)
        if at and screen.height and (text + block).count("\n") >= screen.height:
            left = ", ".join(other.release.version for other in board.releases[at:])
            return text + f"\nrelease-portal status VERSION tells more of {left}.\n"
        text += block
    return text


def _print(parts: Iterable[RenderableType], screen: Screen) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=screen.width,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text) and part.no_wrap is True)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _nothing_open(board: Board) -> Iterator[RenderableType]:
    words = nothing_open(board.portal, len(board.errors))
    if not board.errors:
        yield _text(f"{words} Start one with `release-portal new VERSION`.")
        return
    yield Text.assemble(_text("✗", "bold red"), " ", _text(words, "red"))
    for one in board.errors:
        yield Padding(_text(f"{one.message} ({one.rule})"), (1, 0, 0, 2))
        place = _text(f"  {one.location}", "cyan")
        place.no_wrap = True
        yield place
    yield ""
    yield _text("How to fix each: release-portal check", "dim")


def _list(board: Board) -> Iterator[RenderableType]:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(5):
        table.add_column(no_wrap=True, overflow="ellipsis")
    for one in board.releases:
        current = next((line.phase for line in one.phases if line.current), None)
        table.add_row(
            _verdict(one),
            _text(one.release.version, "bold"),
            _text(short_title(one)),
            _text(f"{current.number} {name(current.slug)}" if current else one.release.phase),
            _text(f"{one.count} open" if one.count else "gate open"),
        )
    yield table


def _block(board: Board, one: ReleaseBoard, screen: Screen) -> Iterator[RenderableType]:
    version = one.release.version
    yield Text.assemble(_text(version, "bold"), " ", _text(title(one)))
    yield Text.assemble(_verdict(one), " ", _text(one.answer, "green" if one.ready else "red"))
    if stated := facts(board, one):
        yield _text(stated, "dim")
    yield ""
    yield Padding(_phases(one.phases, 2 if screen.width >= _TWO_COLUMNS else 1), (0, 0, 0, 2))
    yield from _open(one, groups(board, one))
    if why := unasked(board, one):
        yield _text(why, "dim")


def _open(one: ReleaseBoard, by_actor: tuple[Group, ...]) -> Iterator[RenderableType]:
    """What is open, as much as fits; of the rest, how much is whose."""
    told, left = 0, []
    for group in by_actor:
        shown = group.things[: _MOST - told]
        told += len(shown)
        if shown:
            yield ""
            yield from _group(group, shown)
        if more := len(group.things) - len(shown):
            left.append(f"{more} for {group.who.partition(',')[0]}")
    if left:
        yield ""
        yield _text(f"And {one.count - told} more: {', '.join(left)}.")
    if by_actor:
        yield ""
        yield _text(f"How to fix each: release-portal check {one.release.version}", "dim")


def _phases(lines: tuple[PhaseLine, ...], columns: int) -> Table:
    """The phases in some columns, read downwards."""
    table, rows = Table.grid(padding=(0, 1, 0, 0)), -(-len(lines) // columns)
    for width in (1, 2, 14, 19) * columns:
        table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    for at in range(rows):
        table.add_row(*(cell for line in lines[at::rows] for cell in _phase(line)))
    return table


def _phase(line: PhaseLine) -> tuple[Text, ...]:
    mark, style = _MARKS[line.standing]
    done = f"{line.complete}/{line.deliverables}"
    count = {Standing.IN_PROGRESS: f" {done}", Standing.BLOCKED: f", {done} done"}.get(line.standing, "")
    state = line.words if line.words != line.standing else f"{line.standing}{count}"
    named = "bold" if line.current else "dim" if style == "dim" else ""
    words = (_text(f"{line.phase.number:2}", named), _text(name(line.phase.slug), named))
    return (_text(mark, style), *words, _text(state, style))


def _group(group: Group, things: tuple[Thing, ...]) -> Iterator[RenderableType]:
    yield _text(group.who, "bold")
    for thing in things:
        row = Table.grid(padding=(0, 1, 0, 0), expand=True)
        row.add_column(width=4)
        row.add_column(ratio=1, overflow="fold")
        row.add_column(no_wrap=True, justify="right")
        style = "red" if thing.when.startswith("overdue") else "yellow"
        row.add_row(_text(thing.number, "dim"), _text(thing.text), _text(thing.when, style))
        yield Padding(row, (0, 0, 0, 2))
        place = _text(f"       {thing.place}", "cyan")
        place.no_wrap = True  # a path in two pieces leads nowhere
        yield place


def _verdict(one: ReleaseBoard) -> Text:
    return _text("✓", "bold green") if one.ready else _text("✗", "bold red")


def _text(words: str, style: str = "") -> Text:
    """Words as they are: nothing in them is markup, and nothing commands the terminal."""
    return Text(printable(words), style)


FORMAT = Format("text", render)
