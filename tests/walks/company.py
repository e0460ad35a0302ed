"""A company with a portal of its own: who works there, what they type, and when they commit it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from release_portal.demo._writing import Keys, Writer
from release_portal.records.people import Person, Tenure
from tests.conftest import Run, run

ROLES = {
    "Meera Iyer": ("release-manager",),
    "Arjun Nair": ("product-owner",),
    "Sofia Lindqvist": ("stakeholder",),
    "Kavita Rao": ("compliance-officer",),
    "Daniel Okafor": ("infosec-owner",),
    "Helen Byrne": ("cab-chair",),
    "Tomas Novak": ("engineering-lead",),
    "Priya Menon": ("developer",),
    "Ines Duarte": ("qa-lead",),
    "Yuki Tanaka": ("sre", "on-call", "deployer"),
    "Grace Mwangi": ("communications-lead",),
}
PLACEHOLDER = re.compile(r"<fill in [^<>]*>")
SIGNED = "proof: signed\n"
PRODUCT = """\
      repositories:
        - name: product
          path: ../product
          required: true
"""


@dataclass
class Company:
    """A portal as `init` made it, its owner's first commit behind it, and the people who fill it in."""

    folder: Path
    since: date
    version: str = "1.0.0"
    head: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, roles in ROLES.items():
            id_ = name.lower().replace(" ", ".")
            tenures = tuple(Tenure(role=role, from_=self.since) for role in roles)
            self.people[id_] = Person(id=id_, name=name, emails=(f"{id_}@example.com",), roles=tenures)
        keys = self.folder / "keys"
        keys.mkdir()
        self.keys = Keys(keys)
        self.portal = self.folder / "portal"
        self.writer = Writer(self.portal, self.keys)
        self.product = Writer(self.folder / "product", self.keys)

    @property
    def release(self) -> Path:
        """The folder of the release."""
        return self.portal / "releases" / self.version

    def told(self, *arguments: str, code: int = 0) -> Run:
        """Run the command line, which is to end with a code."""
        done = run(*arguments, cwd=self.portal)
        assert done.code == code, (arguments, done)
        return done

    def commit(self, person: str, at: datetime, *paths: str, message: str = "Records") -> str:
        """Commit paths of the release, or all of the portal, as a person, at a time, signed."""
        who = self.people[person]
        names = [f"releases/{self.version}/{path}" for path in paths] or ["."]
        return self.writer.commit(names, message, who, who, at, signed=True)

    def fill(self, path: str, *values: str) -> None:
        """Write each value in the place of the placeholder that stands there."""
        file = self.release / path
        text = file.read_text()
        assert len(PLACEHOLDER.findall(text)) == len(values), (path, PLACEHOLDER.findall(text))
        given = iter(values)
        file.write_text(PLACEHOLDER.sub(lambda _: next(given), text))

    def sign(self, record: str, person: str, at: datetime, *options: str) -> None:
        """Sign a record and commit the file alone, at a time of the story: `sign` itself writes this very instant."""
        path = Path(self.told("sign", self.version, record, "--as", person, *options).out.strip())
        file = self.portal / path
        file.write_text(re.sub(r"(?m)^at: .*$", f"at: {at.isoformat()}", file.read_text()))
        self.commit(person, at, str(path.relative_to(f"releases/{self.version}")), message=f"Sign {record}")


def founded(folder: Path, since: date, *, product: bool = False) -> Company:
    """The company once its portal's owner has filled in what `init` asks for first; nothing is committed yet."""
    company = Company(folder, since)
    owner = ("--name", "Meera Iyer", "--email", "meera.iyer@example.com")
    made = run("init", "portal", *owner, cwd=folder)
    assert made.code == 0, made.err
    portal = company.portal
    _edit(portal / "mkdocs.yml", "proof: roster\n", SIGNED + PRODUCT * product)
    process = portal / "release-process.md"
    process.write_text(re.sub(r"(?m)^effective: .*$", f"effective: {since}", process.read_text()))
    roster = portal / "roster/people.yaml"
    head = roster.read_text().partition("people:\n")[0]
    roster.write_text(f"{head}people:\n" + "".join(map(_entry, company.people.values())))
    signers = company.keys.allowed_signers(list(company.people.values()))
    (portal / "roster/allowed_signers").write_text(signers)
    return company


def _entry(person: Person) -> str:
    roles = "".join(f"      - {{role: {one.role}, from: {one.from_}}}\n" for one in person.roles)
    return (
        f"  - id: {person.id}\n    name: {person.name}\n    emails: [{person.emails[0]}]\n    roles:\n{roles}"
    )


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1))
