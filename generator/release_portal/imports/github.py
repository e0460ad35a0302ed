"""GitHub: deployments, reviews and release assets, from the JSON of its REST interface and of `gh pr list`.

Deployments come with their statuses; pull requests as `gh pr list --json` gives them, with their reviews; a release
with the SHA-256 of its assets.
"""

from collections.abc import Sequence
from datetime import datetime

from release_portal.evidence._evidence import Unusable
from release_portal.failure import Misconfigured
from release_portal.imports._document import Group, groups, instant, text
from release_portal.imports._exports import Item, from_each, of_kinds
from release_portal.imports._forges import (
    Review,
    Run,
    deployments,
    moments,
    reviews,
)
from release_portal.imports._importer import Entry, Facts, Importer, Request

_KINDS = {
    "deployment": ("environment", "sha", "statuses_url"),
    "status": ("state", "deployment_url"),
    "pull request": ("number", "author", "reviews"),
    "release": ("tag_name", "assets"),
}
_OUTCOMES = {"success": "succeeded", "failure": "failed", "error": "failed"}
_DECISIONS = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes-requested"}
_SHA256 = "sha256:"


def read(request: Request) -> tuple[Facts, ...]:
    """The records that the exports have something for.

    Raises:
        Misconfigured: an export cannot be used, or holds nothing of this release.

    """
    by_kind = of_kinds(request, _KINDS, "deployment, status, pull request or release of GitHub")
    facts = []
    if by_kind["deployment"] or by_kind["status"]:
        sources = [file for file, _ in (*by_kind["deployment"], *by_kind["status"])]
        runs = from_each(by_kind["deployment"], lambda one: _run(one, by_kind["status"]))
        facts.append(deployments(request, "GitHub", runs, sources))
    if by_kind["pull request"]:
        pulls = by_kind["pull request"]
        facts.append(reviews(request, "GitHub", from_each(pulls, _review), [file for file, _ in pulls]))
    if by_kind["release"]:
        facts.append(_artefacts(request, by_kind["release"]))
    return tuple(facts)


def _run(one: Group, statuses: Sequence[Item]) -> Run:
    own = [status for _, status in statuses if status["deployment_url"] == one.get("url")]
    own.sort(key=lambda status: text(status, "created_at"))
    began = instant(text(one, "created_at"), "the time of a deployment")
    if began is None:
        raise Unusable("has a deployment without a time")
    started = next(moments(_at(status) for status in own if text(status, "state") == "in_progress"), began)
    ended = next((status for status in reversed(own) if text(status, "state") in _OUTCOMES), None)
    return Run(
        environment=text(one, "environment"),
        ref=text(one, "ref"),
        commit=text(one, "sha"),
        started_at=started,
        finished_at=_at(ended) if ended else None,
        outcome=_OUTCOMES[text(ended, "state")] if ended else "",
        deployer=text(one, "creator", "login"),
        approver="",
        url=next((link for status in reversed(own) if (link := text(status, "log_url"))), ""),
    )


def _at(status: Group) -> datetime | None:
    return instant(text(status, "created_at"), "the time of a status")


def _review(pull: Group) -> Review:
    """The decision of each reviewer is the last that they gave; one who asks for changes outweighs approvals."""
    latest: dict[str, Group] = {}
    for one in sorted(groups(pull, "reviews"), key=lambda one: text(one, "submittedAt")):
        if text(one, "state") in {*_DECISIONS, "DISMISSED"}:
            latest[text(one, "author", "login")] = one
    decided = {login: one for login, one in latest.items() if text(one, "state") in _DECISIONS}
    outcomes = [_DECISIONS[text(one, "state")] for one in decided.values()]
    outcome = next((one for one in ("changes-requested", "approved") if one in outcomes), "")
    last = max(decided.values(), key=lambda one: text(one, "submittedAt"), default={})
    return Review(
        name=f"#{text([str(pull['number'])], 0)}",
        url=text(pull, "url"),
        texts=(text(pull, "title"), text(pull, "headRefName").upper(), text(pull, "body")),
        authors=(text(pull, "author", "login"),),
        reviewers=tuple(decided),
        approved_at=instant(text(last, "submittedAt"), "the time of a review"),
        commit=text(last, "commit", "oid"),
        outcome=outcome,
    )


def _artefacts(request: Request, releases: Sequence[Item]) -> Facts:
    """The assets of this version's release, for the release package."""
    names = {request.release.version, f"v{request.release.version}"}
    own = [one for _, one in releases if text(one, "tag_name") in names]
    if not own:
        raise Misconfigured(f"the export holds no release of {request.release.version}", "export its tag")
    entries = tuple(
        Entry(
            identity={"name": text(asset, "name")},
            facts={"sha256": text(asset, "digest").removeprefix(_SHA256)},
        )
        for one in own
        for asset in groups(one, "assets")
        if text(asset, "digest").startswith(_SHA256)
    )
    if not entries:
        raise Misconfigured("the release has no asset with a SHA-256", "publish its artefacts as assets")
    return Facts(record="release-package", listing="artefacts", entries=entries)


IMPORTER = Importer(
    name="github",
    help="deployments, reviews and artefacts, from exports of GitHub.",
    records=("deployments", "code-review", "release-package"),
    read=read,
)
