"""Signs and packs a portal again as it stands, for cases that edit a signed record and are about something else."""

import re
from pathlib import Path

from release_portal import settings
from release_portal.load import load
from release_portal.portal import Portal
from release_portal.records._walk import evidence_of
from release_portal.release import Release

_DIGEST = re.compile(r"(?m)^digest: .*$")


def renew(root: Path) -> None:
    """Renew digests in the order in which they build on one another: evidence, packages, sign-offs."""
    for step in (_evidence, _release_package, _audit_package, _signoffs):
        portal = load(root, settings.read(root / "mkdocs.yml"))
        for release in portal.releases:
            step(root, portal, release)


def _evidence(root: Path, _: Portal, release: Release) -> None:
    for record in release.records:
        for _route, stated in evidence_of(record):
            file = release.evidence.get(stated.path)
            if file and file.sha256 != stated.sha256:
                path = root / record.path
                path.write_text(path.read_text().replace(stated.sha256, file.sha256))


def _release_package(root: Path, portal: Portal, release: Release) -> None:
    _package(root, portal, release, "release-package")


def _audit_package(root: Path, portal: Portal, release: Release) -> None:
    _package(root, portal, release, "audit-package")


def _package(root: Path, portal: Portal, release: Release, name: str) -> None:
    digest = release.package_digest(portal.process_of(release).folders_before(name))
    for record in release.named(name):
        _set_digest(root / record.path, digest)


def _signoffs(root: Path, _: Portal, release: Release) -> None:
    for signed in release.signoffs:
        _set_digest(root / signed.record.path, release.digest_of(signed.subject))


def _set_digest(path: Path, digest: str) -> None:
    path.write_text(_DIGEST.sub(f'digest: "{digest}"', path.read_text()))
