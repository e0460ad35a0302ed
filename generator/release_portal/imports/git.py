"""Git: the change log from the commits that came with a version, and who reviewed them by their trailers.

Risk and impact are for people to say; so is when a review was given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import semver

from release_portal.failure import Misconfigured
from release_portal.git import Commit, History, Repository
from release_portal.imports._document import text, written
from release_portal.imports._importer import Entry, Facts, Importer, Request, Value
from release_portal.imports._people import by_address, by_trailer, each_once
from release_portal.imports._tickets import Subject, subject_of, tickets_in
from release_portal.roster import Roster

_SHOWN = 5
_KINDS = ("migration", "feature", "fix")  # what a change of several kinds is, first of all


@dataclass(frozen=True, slots=True)
class Work:
    """The commits of a ticket, oldest first; `span` says where they were found."""

    ticket: str
    commits: tuple[Commit, ...]
    span: str

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What the commits' subjects say."""
        return tuple(subject_of(text([one.subject], 0)) for one in self.commits)

    def authors(self, roster: Roster) -> list[str]:
        """Who wrote it: authors, and those whom `Co-authored-by` names."""
        found = [by_address(roster, one.author.email or str(one.author)) for one in self.commits]
        return each_once(found + self._trailers(roster, "co-authored-by"))

    def reviewers(self, roster: Roster) -> list[str]:
        """Whom `Reviewed-by` names."""
        return each_once(self._trailers(roster, "reviewed-by"))

    def _trailers(self, roster: Roster, wanted: str) -> list[str]:
        pairs = [pair for one in self.commits for pair in one.trailers]
        return [by_trailer(roster, value) for key, value in pairs if key.casefold() == wanted]


def read(request: Request) -> tuple[Facts, ...]:
    """The change log, and the reviews where trailers name reviewers.

    Raises:
        Misconfigured: there is no repository, or no commit that names a ticket.

    """
    works = _works(request)
    roster, at = request.portal.roster, written(request.now)
    changes = Facts(
        record="changes", listing="changes", entries=tuple(_change(one, roster, at) for one in works)
    )
    reviews = tuple(_review(one, roster, at) for one in works if one.reviewers(roster))
    return (
        (changes, Facts(record="code-review", listing="reviews", entries=reviews)) if reviews else (changes,)
    )


def _change(work: Work, roster: Roster, at: str) -> Entry:
    subjects = work.subjects
    kinds = {one.kind for one in subjects}
    kind = next((one for one in _KINDS if one in kinds), "")
    scopes = each_once([one.scope for one in subjects])
    breaking = " A commit marks it as breaking." if any(one.is_breaking for one in subjects) else ""
    offers: dict[str, Value] = {"title": subjects[0].title, "note": f"{_origin(work, at)}{breaking}"}
    offers |= {"kind": kind} if kind else {}
    offers |= {"components": scopes} if scopes else {}
    return Entry(identity={"ticket": work.ticket}, facts={"authors": work.authors(roster)}, offers=offers)


def _review(work: Work, roster: Roster, at: str) -> Entry:
    facts = {"authors": work.authors(roster), "reviewers": work.reviewers(roster)}
    offers = {
        "commit": work.commits[-1].id,
        "outcome": "<fill in approved or changes-requested>",
        "note": _origin(work, at),
    }
    return Entry(identity={"ticket": work.ticket}, facts=facts, offers=offers)


def _origin(work: Work, at: str) -> str:
    count = len(work.commits)
    return f"{count} commit{'s' * (count != 1)} in {work.span}, imported at {at}."


def _works(request: Request) -> tuple[Work, ...]:
    found: dict[str, list[Commit]] = {}
    spans: dict[str, list[str]] = {}
    untold: list[Commit] = []
    for name, history in _histories(request):
        span, commits = _range(name, history, request.release.version)
        for one in reversed(commits):
            named = tickets_in(one.subject, one.message)
            untold += [] if named or one.is_merge else [one]
            for ticket in named:
                found.setdefault(ticket, []).append(one)
                spans.setdefault(ticket, []).append(span)
    if untold:
        listed = ", ".join(f"{one.id[:12]} '{text([one.subject], 0)[:60]}'" for one in untold[:_SHOWN])
        more = f" and {len(untold) - _SHOWN} more" if len(untold) > _SHOWN else ""
        request.notices.append(f"in no change, since they name no ticket: {listed}{more}")
    if not found:
        raise Misconfigured(
            "no commit of the range names a ticket", "name tickets in commits, such as PAY-217"
        )
    return tuple(Work(key, tuple(each), ", ".join(each_once(spans[key]))) for key, each in found.items())


def _histories(request: Request) -> Iterator[tuple[str, History]]:
    """The repositories that were named; without any, those that mkdocs.yml names and that are here."""
    for path in request.paths:
        yield Path(path).resolve().name, _tagged(Repository.open(Path(path)))
    if not request.paths:
        products = request.portal.git.checked
        if not products:
            raise Misconfigured(
                "there is no product repository to read",
                "name its path, or set `repositories` in mkdocs.yml and clone it there",
            )
        yield from ((one.repository.name, one.history) for one in products)


def _tagged(repository: Repository) -> History:
    """The history by tags such as `v2.6.0`, or such as `2.6.0` where there is none with a v."""
    usual, bare = (repository.history(pattern) for pattern in ("v{version}", "{version}"))
    return bare if bare.released.tags and not usual.released.tags else usual


def _range(name: str, history: History, version: str) -> tuple[str, Sequence[Commit]]:
    """Commits of a version, newest first: up to its tag, or up to HEAD where it has none yet.

    Raises:
        Misconfigured: there is no commit, or a later version is tagged and this one is not.

    """
    found = history.range_of(version)
    if found:
        since, tip, commits = found.base, found.tag.tag.name, found.commits
    else:
        since = history.released.tags[-1] if history.released.tags else None
        tip, commits = "HEAD", history.log.commits(history.unreleased)
        if since and semver.Version.parse(since.version) > semver.Version.parse(version):
            hint = "tag the release first: without a tag nobody knows which commits are its own"
            raise Misconfigured(f"{name} has tag {since.tag.name}, but none of {version}", hint)
    span = f"{name} {f'{since.tag.name}..{tip}' if since else tip}"
    if not commits:
        raise Misconfigured(f"there is no commit in {span}", "fetch it, with its tags")
    return span, commits


IMPORTER = Importer(
    name="git",
    help="the change log and reviewers, from the commits between two tags.",
    records=("changes", "code-review"),
    read=read,
    takes_files=False,
)
