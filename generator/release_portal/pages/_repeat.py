"""How an auditor repeats what the evidence page says, in a clone: commands that depend on no page of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from shlex import quote
from typing import Any

from release_portal.pages._keys import Used
from release_portal.pages._tags import TagFact, tag_facts
from release_portal.pages._unchecked import folder
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.release import Release, SignedRecord

SUMS = "sha256sums.txt"
_SIGNERS = "roster/allowed_signers"


@dataclass(frozen=True, slots=True)
class Step:
    """What a command shows and what to compare it with, and the command itself."""

    what: str
    command: str


def steps(portal: Portal, release: Release, keys: tuple[Used, ...], tool: str) -> Iterator[Step]:
    """Every step, in the order in which they are taken; `tool` is the version of release-portal."""
    yield from _clones(portal)
    yield Step(
        f"The tool, version {tool}, from a checkout of its source beside this clone. It needs Python 3.11 or newer.",
        "python3 -m venv .venv && . .venv/bin/activate && python -m pip install ../release-portal",
    )
    if any(not one.fingerprint.startswith("SHA256:") for one in keys):
        yield Step("The OpenPGP keys of the roster.", "gpg --import roster/keys/*.asc")
    yield Step(
        "Who committed each record and sign-off, and by which key. Each line has the commit, its time, G for a good "
        "signature, the address that the key is listed for, the fingerprint of that key, author and committer. The address "
        "must be one of the committer, and the fingerprint stand above, under Keys, for that person.",
        commits_command(release.folder),
    )
    for one in tag_facts(portal, release):
        yield from _tag(portal, one)
    yield Step(
        "That the records keep every rule, and each sign-off is proved. It ends with what stands above, under Findings; "
        "on a later day more may be overdue.",
        f"release-portal check {release.version}",
    )
    yield Step(
        f"That no file of the release has changed, is gone or has come since. Save {SUMS}, below, beside mkdocs.yml. "
        "Nothing is printed where all is the same.",
        f"cd {release.folder} && find . ! -type d -exec sha256sum {{}} + | sed 's, [.]/, ,' | LC_ALL=C sort -k 2 | "
        f"diff ../../{SUMS} -",
    )


def steps_of(portal: Portal, release: Release, signed: SignedRecord) -> Iterator[Step]:
    """How the proof of one sign-off is repeated, in a clone of the portal."""
    records, path, value = release.subjects(signed.subject), signed.record.path, signed.value
    if records:
        yield Step(
            "The digest of what is signed, as it stands in the clone. The sign-off names the same, unless it is stale.",
            _digest_command(release, records, signed.subject),
        )
    yield Step(
        "Who committed the sign-off, and by which key: G for a good signature, the address that the key is listed for, its "
        "fingerprint, author and committer.",
        commits_command(path),
    )
    person = portal.roster.person(value.by) if value and value.signature else None
    if person:
        text = f"echo {quote(f'sign-off on {signed.subject} of {release.version}')}; sed '/^signature:/,$d' {quote(path)}"
        yield Step(
            "That the signature in the file is of all that it says, by a key of the signer.",
            f"sed '1,/^signature:/d; s/^  //' {quote(path)} > signature.txt && {{ {text}; }} | ssh-keygen -Y verify "
            f"-f {_SIGNERS} -I {quote(person.emails[0])} -n release-portal -s signature.txt",
        )


def _digest_command(release: Release, records: tuple[Record[Any], ...], subject: str) -> str:
    """Prints what a sign-off on a subject binds to: the digest of the record, or of the listing of several."""
    if not (records[0].type.several and records[0].type.name == subject):
        return f"sha256sum {quote(records[0].path)}"
    names = " ".join(quote(name) for name in sorted(release.relative(one) for one in records))
    return f"(cd {release.folder} && sha256sum {names} | sha256sum)"


def commits_command(path: str) -> str:
    """The command that verifies each commit of a file or a folder, in the portal's folder."""
    listed = f"git -c gpg.ssh.allowedSignersFile={_SIGNERS} log"
    return f"{listed} --format='%h %cI %G? %GS %GF %ae %ce %s' -- {quote(path)}"


def _clones(portal: Portal) -> Iterator[Step]:
    for one in portal.settings.repositories:
        where = quote(folder(one.path, one.name))
        yield Step(
            f"The tags and commits of {one.name}: its own repository, which this one does not hold. "
            + ("" if one.url else "Its address is not in mkdocs.yml: put it in place of ADDRESS."),
            f"git clone {quote(one.url) if one.url else 'ADDRESS'} {where}",
        )


def _tag(portal: Portal, one: TagFact) -> Iterator[Step]:
    """The proof of a tag, also of one that was not looked at here."""
    setting = next((each for each in portal.settings.repositories if each.name == one.repository), None)
    if setting and (one.tag or portal.git.product(one.repository) is None):
        git, name = f"git -C {quote(folder(setting.path, setting.name))}", quote(one.name)
        yield Step(
            f"By which key {one.name} of {one.repository} is signed, and which commit it names. Address and fingerprint "
            "stand above, under Keys; the commit stands at the top.",
            f'{git} -c gpg.ssh.allowedSignersFile="$PWD/{_SIGNERS}" verify-tag {name} && '
            f"{git} rev-parse {quote(one.name + '^{commit}')}",
        )
