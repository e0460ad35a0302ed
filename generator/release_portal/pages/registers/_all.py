"""All rows of a register as plain pages, for readers without scripts: the register's own page has room for few."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from release_portal.pages._render import render
from release_portal.pages.registers._register import Register
from release_portal.portal import Portal

EACH = 200  # rows on a page


def file(part: int) -> str:
    """Name of a page's file, beside the register's page; the first is 1."""
    return f"all-{part}.html"


def all_rows(register: Register, rendered: Sequence[Markup], portal: Portal) -> Iterator[tuple[str, str]]:
    """Every row, `EACH` to a file, as (name, HTML)."""
    starts = range(0, len(rendered), EACH)
    for part, start in enumerate(starts, start=1):
        rows = rendered[start : start + EACH]
        title = (
            f"{register.title}: all rows" if len(starts) == 1 else f"{register.title}: all rows, page {part}"
        )
        yield (
            file(part),
            render(
                "registers/all.html",
                f"{register.uri}{file(part)}",
                register=register,
                rows=rows,
                title=title,
                part=part,
                parts=len(starts),
                first=start + 1,
                last=start + len(rows),
                count=f"{len(rendered):,}",
                file=file,
                portal=portal,
                crumbs=[("Home", "./"), (register.title, register.uri), ("All rows", "")],
                print_marks=(portal.settings.site_name, f"Process {portal.process.version}"),
            ),
        )
