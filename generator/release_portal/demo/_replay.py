"""Makes the demo: product repository first, then the portal, commit by commit."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from release_portal import settings
from release_portal.demo._events import Event, events
from release_portal.demo._guards import demo_guards
from release_portal.demo._product import write_product
from release_portal.demo._sample import copy_sample
from release_portal.demo._writing import Keys, Writer
from release_portal.failure import Misconfigured
from release_portal.load import load
from release_portal.policy import PROCESS
from release_portal.portal import Portal
from release_portal.records.people import Person
from release_portal.scaffold import GITATTRIBUTES
from release_portal.shipped import sample_root
from release_portal.source import read

_PRODUCT = "repositories/platform"
_URL = "https://git.dealsphere.example/platform"
_ROSTER = "proof: roster"
_SIGNED = f"""proof: signed
      repositories:
        - name: platform
          path: {_PRODUCT}
          url: {_URL}
          tag_pattern: "v{{version}}"
          required: true"""


def replay(target: Path) -> int:
    """Write the demo into a new folder; gives the number of commits to the portal.

    Raises:
        Misconfigured: the folder exists and is not empty.
        CannotVerify: git or ssh-keygen is not installed.

    """
    if target.exists() and any(target.iterdir()):
        raise Misconfigured(f"{target} is not empty", "name a folder that does not exist yet")
    portal = load(sample_root(), settings.read(sample_root() / "mkdocs.yml"))
    with tempfile.TemporaryDirectory() as folder:
        keys = Keys(Path(folder))
        target.mkdir(parents=True, exist_ok=True)
        write_product(target / _PRODUCT, portal.roster, keys)
        return _write_portal(target, portal, keys)


def _write_portal(target: Path, portal: Portal, keys: Keys) -> int:
    copy_sample(target)
    sample = {path: path.read_bytes() for path in (target / "releases").rglob("*") if path.is_file()}
    for path in sample:
        path.unlink()
    _configure(target, portal, keys)
    writer = Writer(target, keys)
    writer.init()
    count = 0
    for event in _history(target, portal):
        for name in event.paths:
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if file in sample:
                file.write_bytes(sample[file])
        if event.text is not None:
            (target / event.paths[0]).write_text(event.text, encoding="utf-8")
        person = portal.roster.people[event.person]
        writer.commit(event.paths, event.message, person, person, event.at, signed=True)
        count += 1
    return count


def _configure(target: Path, portal: Portal, keys: Keys) -> None:
    """What the demo has and the sample has not: keys, a product repository, and proof by both; where lines end."""
    config = target / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(_ROSTER, _SIGNED), encoding="utf-8")
    signers = keys.allowed_signers(list(portal.roster.people.values()))
    (target / "roster/allowed_signers").write_text(signers, encoding="utf-8")
    (target / ".gitattributes").write_text(GITATTRIBUTES, encoding="utf-8")


def _history(target: Path, portal: Portal) -> Iterator[Event]:
    """All commits in the order of their times, the portal's own foundation first."""
    told = [event for release in portal.releases for event in events(portal, release)]
    owner = portal.roster.holders("release-manager", portal.process.effective)[0]
    start = min(event.at for event in told) - timedelta(days=30)
    process = (target / PROCESS).read_text(encoding="utf-8")
    guards = _guard(target, owner, start)
    foundation = (".gitattributes", "mkdocs.yml", "docs", "overrides", "roster", *guards)
    yield Event(start, owner.id, "Process 1.0", (PROCESS,), _earlier(process))
    yield Event(start + timedelta(hours=1), owner.id, "Portal, roster and keys", foundation)
    changed = datetime.combine(portal.process.effective, datetime.min.time(), UTC) + timedelta(hours=4)
    told.append(Event(changed, owner.id, f"Process {portal.process.version}", (PROCESS,), process))
    yield from sorted(told)


def _guard(target: Path, owner: Person, start: datetime) -> tuple[str, ...]:
    """Write what guards the repository; gives the paths."""
    texts = dict(demo_guards(owner, start.date(), _URL, _PRODUCT))
    for name, text in texts.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return tuple(texts)


def _earlier(process: str) -> str:
    """The process document's first version, from the changes that the second one made."""
    changes: Any = read(Path(__file__).parent, "process.yaml").data
    for change in changes["changes"]:
        if change["now"] not in process:
            raise ValueError(f"the process document no longer says: {change['now']}")
        process = process.replace(change["now"], change["before"])
    return process
