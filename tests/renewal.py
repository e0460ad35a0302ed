"""Signs and packs a portal again as it stands, for cases that edit a signed record and are about something else."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from release_portal import settings
from release_portal.folder import Folder
from release_portal.load import load, record_types
from release_portal.process import Process
from release_portal.records._walk import evidence_of
from release_portal.release import Release
from release_portal.stated import stated

_DIGEST = re.compile(r"(?m)^digest: .*$")


def renew(root: Path) -> None:
    """Renew digests in the order in which they build on one another: evidence, packages, sign-offs."""
    portal, types = load(root, settings.read(root / "mkdocs.yml")), record_types()
    for release in portal.releases:
        process, closed_on = portal.process_of(release), stated(root, release.version).closed_on
        for step in (_evidence, _release_package, _audit_package, _signoffs):
            if step(root, process, release):  # read anew, for the next step to build on
                release = Folder(root, process, closed_on, types, []).release(release.version)


def _evidence(root: Path, _: Process, release: Release) -> bool:
    changed = [
        _write(root / record.path, partial(re.sub, re.escape(said.sha256), file.sha256))
        for record in release.records
        for _route, said in evidence_of(record)
        if (file := release.evidence.get(said.path))
    ]
    return any(changed)


def _release_package(root: Path, process: Process, release: Release) -> bool:
    return _package(root, process, release, "release-package")


def _audit_package(root: Path, process: Process, release: Release) -> bool:
    return _package(root, process, release, "audit-package")


def _package(root: Path, process: Process, release: Release, name: str) -> bool:
    digest = release.package_digest(process.folders_before(name))
    changed = [_set_digest(root / record.path, digest) for record in release.named(name)]
    return any(changed)


def _signoffs(root: Path, _: Process, release: Release) -> bool:
    changed = [
        _set_digest(root / signed.record.path, release.digest_of(signed.subject))
        for signed in release.signoffs
    ]
    return any(changed)


def _set_digest(path: Path, digest: str) -> bool:
    return _write(path, lambda text: _DIGEST.sub(f'digest: "{digest}"', text))


def _write(path: Path, change: Callable[[str], str]) -> bool:
    """Change a file; gives whether that made a difference."""
    old = path.read_text()
    new = change(old)
    if new != old:
        path.write_text(new)
    return new != old
