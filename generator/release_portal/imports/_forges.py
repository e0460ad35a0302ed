"""What forges say of runs and reviews, in one form, and how that becomes entries of records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from release_portal.failure import Misconfigured
from release_portal.imports._document import written
from release_portal.imports._importer import Copy, Entry, Facts, Input, Request, Value
from release_portal.imports._people import by_login, each_once
from release_portal.imports._tickets import tickets_in
from release_portal.records.changes import Changes

_ENVIRONMENT = re.compile(
    r"(?:(?P<production>prod(?:uction)?)|stag(?:e|ing)|stg)(?:[-_/: (]+(?P<region>[^()]+?)\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A deployment: logins of who started it and who let it pass, empty where nobody is named."""

    environment: str
    ref: str
    commit: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    deployer: str
    approver: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review of a pull or merge request: logins, and the texts in which its ticket is looked for."""

    name: str
    url: str
    texts: tuple[str, ...]
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    approved_at: datetime | None
    commit: str
    outcome: str


def copy_of(file: Input, describes: str, made_at: datetime | None = None) -> Copy:
    """The copy of an export."""
    return Copy(source=file, describes=describes, name=f"{PurePath(file.name).stem}.json", made_at=made_at)


def deployments(request: Request, forge: str, runs: Sequence[Run], files: Iterable[Input]) -> Facts:
    """The runs that brought this release somewhere.

    Raises:
        Misconfigured: none did.

    """
    own = [one for one in runs if _is_of(request, one)]
    places = [(one, match) for one in own if (match := _ENVIRONMENT.fullmatch(one.environment))]
    passed = sorted({one.environment for one in own} - {one.environment for one, _ in places})
    if passed:
        request.notices.append(f"left out, being neither staging nor production: {', '.join(passed)}")
    if not places:
        hint = "export the deployments of its tag; a run is found by its ref or its commit"
        raise Misconfigured(f"there is no deployment of {request.release.version} in the export", hint)
    made_at = max(one.started_at for one, _ in places)
    copies = tuple(copy_of(file, f"{forge} export of deployments", made_at) for file in dict.fromkeys(files))
    entries = tuple(_deployment(request, one, match, copies) for one, match in places)
    return Facts(record="deployments", listing="deployments", entries=entries)


def _deployment(request: Request, run: Run, match: re.Match[str], copies: tuple[Copy, ...]) -> Entry:
    roster = request.portal.roster
    facts = {
        "version": request.release.version,
        "commit": run.commit,
        "finished_at": written(run.finished_at),
        "deployed_by": by_login(roster, run.deployer),
        "approved_by": by_login(roster, run.approver),
        "outcome": run.outcome,
    }
    offers = {"region": match["region"] or "", "pipeline": run.url}
    return Entry(
        identity={
            "environment": "production" if match["production"] else "staging",
            "started_at": written(run.started_at),
        },
        facts={key: value for key, value in facts.items() if value},
        offers={key: value for key, value in offers.items() if value},
        evidence=copies,
    )


def _is_of(request: Request, run: Run) -> bool:
    """Whether a run deployed this release: its tag by name, or the commit that the tag is recorded to point at."""
    facts = request.release.facts
    tags = facts.tags if facts else ()
    version = request.release.version
    names = {version, f"v{version}", *(tag.name for tag in tags)}
    return run.ref.removeprefix("refs/tags/") in names or run.commit in {tag.commit for tag in tags}


def reviews(request: Request, forge: str, found: Sequence[Review], files: Iterable[Input]) -> Facts:
    """The reviews of the release's changes; of all that name a ticket where there is no change log yet.

    Raises:
        Misconfigured: there is none.

    """
    log = request.release.one(Changes)
    logged = {change.ticket for change in log.value.changes} if log and log.value else None
    entries, left = [], []
    for one in found:
        named = [
            ticket
            for ticket in tickets_in(*one.texts)
            if one.outcome and (logged is None or ticket in logged)
        ]
        entries += [_review(request, one, ticket) for ticket in named]
        left += [] if named else [one.name]
    if left:
        request.notices.append(f"left out, since undecided or of no change of the release: {', '.join(left)}")
    if not entries:
        raise Misconfigured(
            f"the export holds no review of a change of {request.release.version}",
            "a ticket is read from title, branch or description",
        )
    copies = tuple(copy_of(file, f"{forge} export of reviews") for file in dict.fromkeys(files))
    return Facts(record="code-review", listing="reviews", entries=tuple(entries), evidence=copies)


def _review(request: Request, review: Review, ticket: str) -> Entry:
    roster = request.portal.roster
    facts: dict[str, Value] = {
        "authors": each_once([by_login(roster, one) for one in review.authors]),
        "reviewers": each_once([by_login(roster, one) for one in review.reviewers]),
        "approved_at": written(review.approved_at),
        "commit": review.commit,
        "outcome": review.outcome,
    }
    return Entry(
        identity={"ticket": ticket, "url": review.url},
        facts={key: value for key, value in facts.items() if value},
    )


def moments(said: Iterable[datetime | None]) -> Iterator[datetime]:
    """The instants among some that may be missing."""
    return (one for one in said if one)
