"""What git says of a release, for programs: its tags, what came with them, its records' history, who signed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from release_portal.facts import NotChecked, Product
from release_portal.git import Commit, Ident, Signature, Tag
from release_portal.portal import Portal
from release_portal.release import Release, SignedRecord

Json = dict[str, Any]


def git_facts(portal: Portal, release: Release) -> Json:
    """The facts. What git was not asked, or could not answer, is told with the reason."""
    known = portal.git.process(release.process_version)
    return {
        "schema": 1,
        "release": release.version,
        "as_of": instant(portal.as_of),
        "process": {
            "named": release.process_version,
            "judged_by": portal.process_of(release).version,
            "sha256": portal.process_of(release).digest,
            "commit": known.commit.id if known else None,
        },
        "roster": {"path": portal.roster.path, "sha256": portal.roster.digest},
        "portal": _portal(portal, release),
        "signoffs": [_signoff(release, one) for one in release.signoffs],
        "products": [_product(release, one) for one in portal.git.products],
    }


def instant(at: datetime | None) -> str | None:
    """An instant in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _portal(portal: Portal, release: Release) -> Json:
    own = portal.git.own
    if isinstance(own, NotChecked):
        return _unchecked(own)
    files = {}
    for path in (path for path in own.files.paths if path.startswith(f"{release.folder}/")):
        history = own.of(path)
        changes = history.changes if history else ()
        files[path] = {
            "in_head": bool(history and history.tip),
            "changes": [{"kind": one.kind, "commit": one.commit.id} for one in changes],
        }
    return {
        "checked": True,
        "head": own.files.head,
        "closed_by": [one.id for one in own.closings.get(release.folder, ())],
        "commits": [_commit(one.commit) for one in own.touching(release.folder)],
        "files": files,
    }


def _signoff(release: Release, signed: SignedRecord) -> Json:
    found, value = signed.attestation, signed.value
    return {
        "path": release.relative(signed.record),
        "about": signed.subject,
        "by": value.by if value else None,
        "role": value.role if value else None,
        "decision": value.decision if value else None,
        "at": instant(value.at) if value else None,
        "proof": found.proof.value,
        "why": found.why,
        "commit": found.commit or None,
        "committed_at": instant(found.committed_at),
        "key": found.key or None,
    }


def _product(release: Release, product: Product | NotChecked) -> Json:
    if isinstance(product, NotChecked):
        return _unchecked(product)
    name = product.repository.name
    recorded = [one for one in (release.facts.tags if release.facts else ()) if one.repository == name]
    by_name = {tag.name: tag for tag in product.history.tags}
    tags = [by_name[one.name] for one in recorded if one.name in by_name]
    found = product.history.range_of(release.version)
    return {
        "name": name,
        "checked": True,
        "recorded": [{"tag": one.name, "commit": one.commit} for one in recorded],
        "tags": [_tag(tag, product.signatures.get(tag.name)) for tag in tags],
        "range": {
            "from": found.base.tag.name if found and found.base else None,
            "to": found.tag.tag.name if found else None,
            "commits": [_commit(one) for one in found.commits] if found else [],
        },
    }


def product_tags(portal: Portal, release: Release) -> Iterator[tuple[str, Tag]]:
    """The tags that release.yaml names, where their repository could be read, with its name."""
    for one in release.facts.tags if release.facts else ():
        product = portal.git.product(one.repository)
        tags = product.history.tags if product else ()
        yield from ((one.repository, tag) for tag in tags if tag.name == one.name)


def _tag(tag: Tag, signature: Signature | None) -> Json:
    return {
        "name": tag.name,
        "object": tag.id,
        "annotated": tag.annotated,
        "commit": tag.target,
        "tagger": _ident(tag.tagger) if tag.tagger else None,
        "message": tag.message if tag.annotated else None,
        "signature": _signature(signature),
    }


def _signature(found: Signature | None) -> Json | None:
    if found is None:
        return None
    return {
        "verdict": found.verdict.value,
        "detail": found.detail,
        "listed_for": found.signer or None,
        "key": found.key or None,
    }


def _commit(commit: Commit) -> Json:
    return {
        "id": commit.id,
        "parents": list(commit.parents),
        "author": _ident(commit.author),
        "committer": _ident(commit.committer),
        "subject": commit.subject,
        "trailers": [list(one) for one in commit.trailers],
    }


def _ident(who: Ident) -> Json:
    return {"name": who.name, "email": who.email, "at": instant(who.at)}


def _unchecked(one: NotChecked) -> Json:
    return {"name": one.name, "checked": False, "reason": one.reason}
