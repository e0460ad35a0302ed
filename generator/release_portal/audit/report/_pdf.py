"""HTML as PDF, by WeasyPrint: the same HTML gives the same bytes, and nothing is read but the theme's fonts."""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING

from release_portal.failure import Misconfigured
from release_portal.shipped import font

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

MISSING = "WeasyPrint is not installed, or the libraries that it needs are not"
HINT = "pip install 'release-portal[pdf]', and Pango as docs/guide/audit-package.md says; or --report html"
SCHEME = "font:"


@cache
def installed() -> bool:
    """Whether PDF can be made here: WeasyPrint is there, and loads the libraries of the system."""
    if find_spec("weasyprint") is None:
        return False
    try:
        import weasyprint  # noqa: F401  # whether it loads is the question
    except OSError:  # Pango, HarfBuzz or Fontconfig is missing
        return False
    return True


def pdf(html: str, fonts: str) -> bytes:
    """A tagged PDF. `fonts` is a style sheet that names font files of the theme as `font:NAME`.

    Raises:
        Misconfigured: WeasyPrint is not installed.

    """
    if not installed():
        raise Misconfigured(MISSING, HINT)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts_at_hand = _fetcher(), FontConfiguration()
    style = CSS(string=fonts, url_fetcher=fetcher, font_config=fonts_at_hand)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts_at_hand,
        pdf_tags=True,
        pdf_identifier=sha256(html.encode()).hexdigest()[:32].encode(),
    )
    return made


def _fetcher() -> "URLFetcher":
    """Gives fonts of the theme by name, and refuses everything else: no other file, no network, no data."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # their signature
            name = url.removeprefix(SCHEME)
            if url == name or not name.replace("-", "").removesuffix(".woff2").isalnum():
                raise ValueError(f"the report loads nothing: {url}")
            return URLFetcherResponse(url, font(name).read_bytes())

    return Fonts()
