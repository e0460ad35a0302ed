"""The index of a register: what the reader's browser filters, sorts and groups rows by, as JSON.

All of it is by row number, in a file for each purpose, so that a question loads what it needs and a page that is only
looked at loads none. Order is worked out here, so that browser and CSV agree on it: the browser compares whole numbers
only.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from release_portal.pages.registers._register import Column, Register, Row


def index(register: Register, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Files of the index, as (name, content).

    `choices.json` has what readers can filter by, `index.json` which rows have it; the others have the words, the days
    that are due, the anchors, and the order of one column each.
    """
    ordered = sorted({one.key for one in (*register.heads, *register.facets)})
    known = {one.key: choices(one, rows) for one in register.facets}
    filters = {
        "newest": [one.key for one in register.columns if one.newest],
        "ordered": ordered,
        "facets": {key: _held(key, found, rows) for key, found in known.items()},
    }
    yield "choices.json", dump(known)
    yield "index.json", dump(filters)
    yield "text.json", dump([fold(" ".join(_said(register, row))) for row in rows])
    yield "due.json", dump([row.due.isoformat() if row.due else "" for row in rows])
    yield "ids.json", dump([row.id for row in rows])
    for key in ordered:
        yield f"rank-{key}.json", dump(_ranks(key, rows))


def dump(value: Any) -> str:
    """JSON without a byte to spare."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fold(text: str) -> str:
    """Text as a search compares it, without case and accents; register-query.js does the same to words."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.category(one).startswith("M")).lower()


def choices(column: Column, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What a column can be filtered by, as (value, label), in the column's order."""
    found = {one.token: one for row in rows for one in row.cell(column.key).facets}
    ordered: list[Any] = sorted(found.values(), key=lambda one: one.key, reverse=column.newest)
    return [(one.token, one.text) for one in ordered]


def _said(register: Register, row: Row) -> list[str]:
    """Every text of a row, and the id where a name stands for it."""
    cells = [row.cell(one.key) for one in register.columns]
    return [
        word for cell in cells for word in (cell.text, cell.value if cell.kind == "person" else "") if word
    ]


def _held(key: str, known: Sequence[tuple[str, str]], rows: Sequence[Row]) -> list[Any]:
    """For each row the numbers of the choices that it has."""
    numbers = {value: number for number, (value, _) in enumerate(known)}
    held = [[numbers[one.token] for one in row.cell(key).facets] for row in rows]
    return [one[0] if len(one) == 1 else one for one in held]


def _ranks(key: str, rows: Sequence[Row]) -> list[int]:
    """Place of each row in the order of a column; equal values share one, -1 is an empty cell."""
    keys = [row.cell(key).key for row in rows]
    order: list[Any] = sorted({one for one in keys if one is not None})
    places = {one: place for place, one in enumerate(order)}
    return [-1 if one is None else places[one] for one in keys]
