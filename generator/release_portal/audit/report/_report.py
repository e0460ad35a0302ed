"""The report as a file of the package."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from release_portal.assess import Assessment
from release_portal.audit.bag import Payload
from release_portal.audit.report._content import content
from release_portal.audit.report._pdf import pdf
from release_portal.pages._render import with_templates
from release_portal.release import Release

FOLDER, KINDS = "report", ("pdf", "html")
_HERE = Path(__file__).parent
_BEYOND = re.compile("[^\u0000-\u00ff\u2000-\u206f]")
_ELSEWHERE = re.compile(r' href="(?!#|https?://)[^"]*"')


def report(assessment: Assessment, release: Release, kind: str) -> Payload:
    """The report of a release as one of KINDS."""
    html = document(assessment, release)
    made = pdf(html, _fonts(html)) if kind == "pdf" else html.encode()
    return Payload(f"{FOLDER}/{release.version}.{kind}", made)


def document(assessment: Assessment, release: Release) -> str:
    """The report as HTML, with its style inside. Links to pages of the portal are text."""
    html = _environment().get_template("report.html").render(
        here="",
        style=Markup(_read("report.css")),  # noqa: S704  # a file of ours
        figure_style=_read("figure.css"),
        **content(assessment, release),
    )  # fmt: skip
    return _ELSEWHERE.sub("", html)


def _fonts(html: str) -> str:
    """The font faces that a document needs: each takes time to unpack."""
    return _read("fonts.css") + (_read("fonts-ext.css") if _BEYOND.search(html) else "")


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = with_templates(_HERE)
    environment.filters = {**environment.filters, "styled": _styled}
    return environment


def _styled(svg: Markup, style: str) -> Markup:
    """A drawing with its style inside: WeasyPrint applies none from outside."""
    return Markup(str(svg).replace(">", f"><style>{style}</style>", 1))  # noqa: S704  # both are ours
