"""The shape of a format of the board, and the screen that it is written for."""

from collections.abc import Callable
from dataclasses import dataclass

from release_portal.board._board import Board


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text goes: columns, lines (0 for no end), and whether colour is wanted."""

    width: int = 80
    height: int = 0
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, and how it writes a board, with its last newline."""

    name: str
    render: Callable[[Board, Screen], str]
