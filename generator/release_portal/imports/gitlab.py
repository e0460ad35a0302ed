"""GitLab: deployments with their approvals, and merge requests with theirs, from the JSON of its REST interface.

A release of GitLab names no digests of artefacts, so nothing of it becomes a record.
"""

from collections.abc import Sequence

from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import Group, groups, instant, text
from release_portal.imports._exports import Item, from_each, of_kinds
from release_portal.imports._forges import Review, Run, deployments, reviews
from release_portal.imports._importer import Facts, Importer, Request

_KINDS = {
    "deployment": ("environment", "sha", "status"),
    "approvals": ("iid", "approved_by"),
    "merge request": ("iid", "source_branch", "author"),
}
_OUTCOMES = {"success": "succeeded", "failed": "failed", "canceled": "failed"}


def read(request: Request) -> tuple[Facts, ...]:
    """The records that the exports have something for.

    Raises:
        Misconfigured: an export cannot be used, or holds nothing of this release.

    """
    by_kind = of_kinds(request, _KINDS, "deployment, merge request or approval of GitLab")
    facts = []
    if by_kind["deployment"]:
        runs = from_each(by_kind["deployment"], _run)
        facts.append(deployments(request, "GitLab", runs, [file for file, _ in by_kind["deployment"]]))
    if by_kind["merge request"] or by_kind["approvals"]:
        sources = [file for file, _ in (*by_kind["merge request"], *by_kind["approvals"])]
        decided = from_each(by_kind["merge request"], lambda one: _review(one, by_kind["approvals"]))
        facts.append(reviews(request, "GitLab", decided, sources))
    return tuple(facts)


def _run(one: Group) -> Run:
    began = instant(
        text(one, "deployable", "started_at") or text(one, "created_at"), "the time of a deployment"
    )
    if began is None:
        raise Unusable("has a deployment without a time")
    outcome = _OUTCOMES.get(text(one, "status"), "")
    ended = text(one, "deployable", "finished_at") or text(one, "updated_at")
    approved = [each for each in groups(one, "approvals") if text(each, "status") == "approved"]
    return Run(
        environment=text(one, "environment", "name"),
        ref=text(one, "ref"),
        commit=text(one, "sha"),
        started_at=began,
        finished_at=instant(ended, "the end of a deployment") if outcome else None,
        outcome=outcome,
        deployer=text(one, "user", "username"),
        approver=text(approved[-1], "user", "username") if approved else "",
        url=text(one, "deployable", "pipeline", "web_url"),
    )


def _review(merge: Group, approvals: Sequence[Item]) -> Review:
    """Who approved a merge request, and when where GitLab says so."""
    own = [
        each
        for _, one in approvals
        if (one["iid"], one.get("project_id")) == (merge["iid"], merge.get("project_id"))
        for each in groups(one, "approved_by")
    ]
    given = [instant(text(one, "approved_at"), "the time of an approval") for one in own]
    return Review(
        name=f"!{text([str(merge['iid'])], 0)}",
        url=text(merge, "web_url"),
        texts=(text(merge, "title"), text(merge, "source_branch").upper(), text(merge, "description")),
        authors=(text(merge, "author", "username"),),
        reviewers=tuple(text(one, "user", "username") for one in own),
        approved_at=max((one for one in given if one), default=None),
        commit=text(merge, "sha"),
        outcome="approved" if own else "",
    )


IMPORTER = Importer(
    name="gitlab",
    help="deployments and reviews, from exports of GitLab.",
    records=("deployments", "code-review"),
    read=read,
)
