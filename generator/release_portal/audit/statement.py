"""The package as an in-toto Statement v1: which manifest it is about, which tags, and what is said of each release.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from release_portal import sealing
from release_portal.assess import Assessment
from release_portal.audit.bag import MANIFEST, Contents
from release_portal.audit.broken import broken_seal
from release_portal.audit.committed import commit_of
from release_portal.audit.facts_json import Json, instant, product_tags
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.seal import Seal
from release_portal.release import Release

TYPE, PREDICATE = "https://in-toto.io/Statement/v1", "urn:release-portal:audit-package:1"


def statement(
    assessment: Assessment, releases: Sequence[Release], contents: Contents, signer: str = ""
) -> bytes:
    """The statement as JSON. `signer` is the fingerprint of the key that signs the package; empty without one."""
    portal = assessment.portal
    commit = commit_of(portal)
    said = {
        "_type": TYPE,
        "subject": [
            {"name": MANIFEST, "digest": {"sha256": contents.tree}},
            *([{"name": "portal", "digest": {"gitCommit": commit}}] if commit else []),
            *(subject for release in releases for subject in _tags(portal, release)),
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "generator": f"release-portal {version('release-portal')}",
            "portal": portal.settings.site_name,
            "asOf": instant(portal.as_of),
            "proofAsked": portal.settings.proof,
            "signed": bool(signer),
            "signer": signer or None,
            "findings": _findings(assessment, ""),
            "releases": [_release(assessment, one) for one in releases],
        },
    }
    return as_json(said)


def content_folders(portal: Portal, release: Release) -> tuple[str, ...]:
    """Folders whose records the record `audit-package` states a digest of; empty where the process has none."""
    return portal.process_of(release).folders_before("audit-package")


def as_json(value: object) -> bytes:
    """JSON for people and programs."""
    return (json.dumps(value, indent=2, ensure_ascii=True) + "\n").encode()


def _tags(portal: Portal, release: Release) -> Iterable[Json]:
    for repository, tag in product_tags(portal, release):
        digests = {"gitCommit": tag.target} | ({"gitTag": tag.id} if tag.annotated else {})
        yield {"name": f"{repository}@{tag.name}", "digest": digests}


def _release(assessment: Assessment, release: Release) -> Json:
    portal, facts = assessment.portal, release.facts
    folders = content_folders(portal, release)
    seal = release.one(Seal)
    proofs = Counter(one.attestation.proof.value for one in release.signoffs)
    return {
        "version": release.version,
        "title": release.title,
        "phase": release.phase,
        "process": release.process_version,
        "closedAt": instant(facts.closed_at) if facts else None,
        "files": {
            "records": len(release.records),
            "signoffs": len(release.signoffs),
            "evidence": len(release.evidence),
        },
        "content": {"folders": list(folders), "sha256": release.package_digest(folders)} if folders else None,
        "seal": _seal(assessment, release, seal) if seal and seal.value else None,
        "signoffs": dict(sorted(proofs.items())),
        "findings": _findings(assessment, release.version),
    }


def _seal(assessment: Assessment, release: Release, seal: Record[Seal]) -> Json:
    """Digests of the seal, of what it was set on and of what was found; whether it held when this was packed."""
    return {
        "sha256": seal.digest,
        "content": seal.value.digest if seal.value else None,
        "found": sealing.of_listing(sealing.listing(sealing.files(release))),
        "broken": bool(broken_seal(assessment, release)),
    }


def _findings(assessment: Assessment, version: str) -> Json:
    """How many findings of each severity there are on a release; without a version, on the portal as a whole."""
    return dict(sorted(Counter(one.severity.value for one in assessment.of(version)).items()))
