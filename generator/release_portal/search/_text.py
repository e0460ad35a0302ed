"""What of a page is indexed: its content alone, with a space wherever the page shows one."""

import re
from pathlib import Path

# Elements that begin on a line or in a cell of their own, which is all that keeps their words apart.
_APART = re.compile(r"<(?=(?:span|br|th|td|dt|dd|li|div|summary|time|button|small)\b)")
_LANGUAGE = re.compile(r"<html[^>]*\blang=\"?([A-Za-z-]+)")


def content(html: str) -> str:
    """A page of nothing but the article, its words apart; empty where the page has none."""
    _, start, rest = html.partition("<article")
    inside, end, _ = rest.rpartition("</article>")
    if not end:
        return ""
    language = _LANGUAGE.search(html)
    text = _APART.sub(" <", f"{start}{inside}{end}")
    return f'<!doctype html><html lang="{language[1] if language else "en"}"><body>{text}</body></html>'


def copy(pages: tuple[Path, ...], site_dir: Path, target: Path) -> None:
    """Write what is indexed of some pages below another folder, at the same paths."""
    for page in pages:
        if text := content((site_dir / page).read_text(encoding="utf-8")):
            path = target / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
