"""CSV that a spreadsheet shows as it stands: no cell of it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# Full-width forms count too: spreadsheets read them as their ASCII twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV of RFC 4180: a line of column names, lines that end in CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what would begin a formula, were it trimmed or not."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
