"""Builds the public site: chooses, writes, proves, publishes. Where the proof fails the old site stays as it is."""

import os
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config

from release_portal import leaks, search, settings
from release_portal.assess import Assessment, assess
from release_portal.cache import Cache, folder_of
from release_portal.failure import Failure
from release_portal.finding import Severity
from release_portal.front.guides import FOLDER
from release_portal.front.writing import write
from release_portal.leaks import Report
from release_portal.load import record_types
from release_portal.making import Refused, as_of
from release_portal.public import changed_after_sending, left_out, public
from release_portal.publish import publication
from release_portal.shelf import Shelf
from release_portal.site import failures
from release_portal.workers import cores

PROOF = "leaks.txt"


class Leaked(Failure):
    """Internal text stands in what was to be published."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages, what its owner should know of them, the proof and where it is."""

    pages: int
    remarks: tuple[str, ...]
    report: Report
    proof: Path


def build(
    config_file: Path,
    site_dir: Path | None = None,
    *,
    strict: bool = False,
    full_text: bool = True,
    jobs: int | None = None,
) -> Built:
    """Build the public site of a portal, prove that nothing internal stands in it, and publish it.

    Raises:
        Leaked: something does; the proof says what and where.
        Failure: something else that the user can do something about.

    """
    said = settings.read(config_file)
    if full_text:
        search.require()
    with publication(site_dir or config_file.parent / said.folder("public"), "public") as draft, failures():
        assessment = read(config_file, said, jobs or cores())
        if (strict or said.strict) and not assessment.passed:
            errors = assessment.counts[Severity.ERROR]
            raise Refused(f"{errors} errors in the records, nothing was built", "see `release-portal check`")
        guides = by_hand(config_file)
        pages = write(public(assessment.portal), config_file, guides, draft, search=full_text)
        report = leaks.scan(draft, leaks.internal(assessment, config_file.parent))
        proof = draft.parent / PROOF
        _keep(proof, report.text())
        if report.hits:
            raise Leaked(
                f"{len(report.hits)} internal texts stand in the public site, nothing was published",
                f"see {proof}; what may stand there all the same, name under `public: may_say` in mkdocs.yml",
            )
        if report.unread:
            raise Failure(f"{report.unread[0]} cannot be read, so nothing is proved", f"see {proof}")
    remarks = (*left_out(assessment.portal), *changed_after_sending(assessment.portal))
    return Built(pages, remarks, report, proof)


def read(config_file: Path, said: settings.Settings, jobs: int) -> Assessment:
    """Give the portal as of when its commit was made, read by way of what is kept for public builds alone."""
    root = config_file.parent
    shelf = Shelf(root, Cache(folder_of(root) / "public" / "releases"), record_types())
    assessment = assess(root, said, as_of(root), shelf=shelf)
    shelf.keep(jobs)
    return assessment


def by_hand(config_file: Path) -> Path:
    """Where pages for the public are written by hand; there need be none."""
    return Path(load_config(str(config_file), plugins=[], hooks=[]).docs_dir) / FOLDER


def _keep(path: Path, text: str) -> None:
    """Write the proof for its owner alone: what was looked for, and how much, is not for the public."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
