"""Builds the portal without MkDocs: pages from records and by hand, the portal's styles and scripts, search."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from release_portal import search as index
from release_portal import settings
from release_portal.assess import Assessment
from release_portal.book import Book, portal_pages
from release_portal.failure import Failure
from release_portal.finding import Severity
from release_portal.making import Manner, Refused, Summary, fill, judged
from release_portal.plain._configuration import read
from release_portal.plain._files import copy, put, sitemap
from release_portal.plain._guides import Guide, guides
from release_portal.plain._shell import PlainShell
from release_portal.publish import publication


def build(
    config_file: Path,
    site_dir: Path,
    *,
    strict: bool = False,
    search: bool = True,
    manner: Manner | None = None,
) -> Summary:
    """Build the portal of a mkdocs.yml and publish it; on any failure the old site stays as it is.

    Without `search` the pages are not indexed: the portal finds ids only.

    Raises:
        Refused: it is strict, and there are errors in the records, or links in docs/ that lead nowhere.
        Failure: something else that the user can do something about.

    """
    started, manner, said = perf_counter(), manner or Manner(), settings.read(config_file)
    strict = strict or said.strict
    configuration = read(config_file)
    full_text = search and configuration.search
    if full_text:
        index.require()
    with publication(site_dir) as draft:
        assessment, notes = judged(config_file.parent, said, manner.jobs, strict=strict)
        assessed = perf_counter()
        by_hand = tuple(guides(configuration, assessment))
        taken = copy(configuration, draft)
        shell = PlainShell(configuration, portal_pages(assessment), by_hand)
        pages = dict(shell.guides())
        put(draft, {page.file: html for page, html in pages.items()}, taken)
        put(draft, {"404.html": shell.not_found(), **sitemap(configuration, pages, assessment)}, taken)
        written = perf_counter()
        book = Book(assessment, shell, config_file.parent)
        try:
            done = fill(book, config_file, draft, taken, manner, "plain", full_text=full_text)
        except FileExistsError as error:
            raise Failure(str(error), "rename what is in docs/") from error
        broken = tuple(_broken(by_hand, draft))
        if strict and broken:
            raise Refused(f"{len(broken)} links in docs/ lead nowhere, nothing was built", broken[0])
        filled = perf_counter()
    seconds = {"assess": assessed - started, **done.seconds, "docs": written - assessed}
    remarks = (*configuration.remarks, *_errors(assessment), *broken, *notes, *done.remarks)
    return Summary(done.written, {**seconds, "publish": perf_counter() - filled}, remarks)


def _errors(assessment: Assessment) -> Iterator[str]:
    counts = assessment.counts
    if counts[Severity.ERROR]:
        yield f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings in the records"


def _broken(by_hand: Sequence[Guide], draft: Path) -> Iterator[str]:
    """Links of pages by hand to nothing: neither a file in docs/ nor a page made from records."""
    for one in by_hand:
        yield from one.broken
        for target in one.wanted:
            path = draft / target
            if not (path.is_file() or (path / "index.html").is_file()):
                yield f"docs/{one.source}: nothing is made from the records at '{target}'"
