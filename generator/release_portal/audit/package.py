"""The audit package: what an auditor gets of one release, or of all releases of a period, in one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from string import Template

from release_portal import policy
from release_portal.assess import Assessment
from release_portal.audit import bag, statement
from release_portal.audit.atomic import atomic
from release_portal.audit.bag import Contents, Payload
from release_portal.audit.browse import browsable
from release_portal.audit.committed import refuse_uncommitted
from release_portal.audit.facts_json import git_facts, instant
from release_portal.audit.report import FOLDER as REPORTS
from release_portal.audit.report import report
from release_portal.audit.selection import Selection
from release_portal.audit.statement import as_json, content_folders
from release_portal.failure import Misconfigured
from release_portal.git import fingerprint, sign_detached
from release_portal.release import RELEASES, Release
from release_portal.source import read_bytes

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Package:
    """A package to be made. `findings` are those on the releases, as JSON; `key` is a private SSH key.

    `kind` is that of the evidence reports: pdf or html.
    """

    root: Path
    assessment: Assessment
    chosen: Selection
    findings: str
    kind: str
    key: Path | None = None

    def write(self, target: Path, *, force: bool = False) -> tuple[str, ...]:
        """Write the package, whole or not at all; gives its digests, each with what it is of.

        Raises:
            Misconfigured: the file is there and `force` was not given, is among the records, or the key cannot sign.
            NotCommitted: git history counts, and something is not as the commit has it.
            Failure: a file changed meanwhile.

        """
        if target.resolve().is_relative_to((self.root / RELEASES).resolve()):
            raise Misconfigured(f"{target} would stand among the records", f"name a file outside {RELEASES}/")
        refuse_uncommitted(self.root, self.assessment.portal, self.chosen.releases)
        with atomic(target, force=force) as file:
            made = bag.write(file, self.chosen.name, self.payload(), self.tag_files, self._signer())
        return (
            f"{made.digest}  package",
            f"{made.contents.tree}  payload (manifest-sha256.txt)",
            *(line for release in self.chosen.releases for line in self._content(release)),
        )

    def _signer(self) -> Callable[[str], str] | None:
        key = self.key
        return (lambda text: sign_detached(key, text)) if key else None

    def _content(self, release: Release) -> Iterator[str]:
        """The digest that the record `audit-package` of a release states."""
        if folders := content_folders(self.assessment.portal, release):
            of = f"content of {release.version} ({folders[0]} to {folders[-1]})"
            yield f"{release.package_digest(folders)}  {of}, as audit-package states it"

    def payload(self) -> Iterator[Payload]:
        """Every file below `data/`."""
        portal = self.assessment.portal
        for release in self.chosen.releases:
            yield from self._folder(release)
            yield Payload(f"facts/{release.version}.json", as_json(git_facts(portal, release)))
            yield report(self.assessment, release, self.kind)
        yield from browsable(self.assessment, self.chosen.releases)
        yield Payload("findings.json", self.findings.encode())
        yield from self._policy()

    def tag_files(self, contents: Contents) -> Mapping[str, bytes]:
        """What stands beside the payload."""
        return {
            "README.md": self._readme().encode(),
            "bag-info.txt": self._info(contents).encode(),
            "statement.json": statement.statement(
                self.assessment, self.chosen.releases, contents, fingerprint(self.key) if self.key else ""
            ),
            "verify.py": (_HERE / "verify.py").read_bytes(),
        }

    def _folder(self, release: Release) -> Iterator[Payload]:
        """Records and sign-offs with the line ends that their digests count, evidence as it is."""
        for record in (*release.records, *(one.record for one in release.signoffs)):
            content = read_bytes(self.root, record.path).replace(b"\r\n", b"\n")
            yield Payload(record.path, content, record.digest)
        for path, file in release.evidence.items():
            yield Payload(f"{release.folder}/{path}", self.root / release.folder / path, file.sha256)

    def _policy(self) -> Iterator[Payload]:
        """Roster and keys as they are, and each version of the process that governs one of the releases."""
        portal = self.assessment.portal
        files = policy.on_disk(self.root)
        texts = {portal.process.version: files[policy.PROCESS].decode()}
        texts |= {one.process.digest: one.text for one in portal.git.versions}
        for process in {one.version: one for one in map(portal.process_of, self.chosen.releases)}.values():
            text = texts.get(process.digest) or texts.get(process.version, "")
            yield Payload(f"policy/release-process-{process.version}.md", _plain(text.encode()))
        for path in sorted(path for path in files if path != policy.PROCESS):
            yield Payload(f"policy/{path}", _plain(files[path]))

    def _info(self, contents: Contents) -> str:
        portal = self.assessment.portal
        lines = {
            "Source-Organization": portal.settings.site_name,
            "External-Identifier": self.chosen.name,
            "External-Description": f"{self.chosen.subject}: records, evidence, pages and git facts for audit",
            "Bagging-Date": portal.as_of.date().isoformat(),
            "Bag-Software-Agent": f"release-portal {version('release-portal')}",
            "Payload-Oxum": contents.oxum,
        }
        return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in sorted(lines.items()))

    def _readme(self) -> str:
        signed = self.key is not None
        return Template((_HERE / "readme.md").read_text(encoding="utf-8")).substitute(
            name=self.chosen.name,
            subject=self.chosen.subject,
            portal=" ".join(self.assessment.portal.settings.site_name.split()),
            as_of=instant(self.assessment.portal.as_of),
            generator=f"release-portal {version('release-portal')}",
            signers=" --allowed-signers KEYS" if signed else "",
            report=f"{REPORTS}/VERSION.{self.kind}",
            vouched=", and the list of\nkeys that you trust (KEYS): the package is signed."
            if signed
            else ".",
        )


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
