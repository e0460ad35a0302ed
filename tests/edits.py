"""Edits of a portal, as people make them between two builds, each drawn at random from a seed."""

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

WORDS = ("ledger", "payout", "settlement", "consent", "quota")
AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # of every build between them
Edit = Callable[[Path, random.Random], None]


def records(root: Path) -> list[Path]:
    return sorted(path for path in (root / "releases").rglob("*") if path.suffix in {".yaml", ".md"})


def edit_words(root: Path, chance: random.Random) -> None:
    """Change a word of free text in a record."""
    path = chance.choice(records(root))
    found = list(re.finditer(r"\b[a-z]{5,}\b(?=[ .,])", path.read_text()))
    if found:
        at, text = chance.choice(found), path.read_text()
        path.write_text(text[: at.start()] + chance.choice(WORDS) + text[at.end() :])


def edit_value(root: Path, chance: random.Random) -> None:
    """Change a number or a day, so that judgements change too."""
    path = chance.choice(records(root))
    found = list(re.finditer(r"[1-9](?=[0-9]*\b)", path.read_text()))
    if found:
        at, text = chance.choice(found), path.read_text()
        path.write_text(text[: at.start()] + str(chance.randint(1, 9)) + text[at.end() :])


def delete(root: Path, chance: random.Random) -> None:
    chance.choice(records(root)).unlink()


def rename(root: Path, chance: random.Random) -> None:
    path = chance.choice(records(root))
    path.rename(path.with_name(f"{chance.choice(WORDS)}-{path.name}"))


def add_evidence(root: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted((root / "releases").iterdir())) / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / f"note-{chance.randint(1, 9)}.txt").write_text(chance.choice(WORDS))


def add_release(root: Path, chance: random.Random) -> None:
    version = f"{chance.choice((1, 2, 3))}.{chance.randint(0, 9)}.{chance.randint(0, 9)}"
    source = chance.choice(sorted((root / "releases").iterdir()))
    if not (root / "releases" / version).exists():
        shutil.copytree(source, root / "releases" / version)
        path = root / "releases" / version / "release.yaml"
        if path.exists():
            path.write_text(path.read_text().replace(source.name, version))


def remove_release(root: Path, chance: random.Random) -> None:
    folders = sorted((root / "releases").iterdir())
    if len(folders) > 2:
        shutil.rmtree(chance.choice(folders))


def move_phase(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "releases").glob("*/release.yaml")) or [root / "mkdocs.yml"])
    phase = chance.choice(("planning", "testing", "deployment", "closed", "withdrawn"))
    path.write_text(re.sub(r"(?m)^phase: .*$", f"phase: {phase}", path.read_text()))


def rename_person(root: Path, chance: random.Random) -> None:
    path = root / "roster/people.yaml"
    names = re.findall(r"(?m)name: ([A-Z][\w' -]+)", path.read_text())
    path.write_text(path.read_text().replace(chance.choice(names), f"Ada {chance.choice(WORDS).title()}"))


def edit_process(root: Path, chance: random.Random) -> None:
    path = root / "release-process.md"
    path.write_text(path.read_text().replace("Release", chance.choice(WORDS).title(), 1))


def edit_audience(root: Path, chance: random.Random) -> None:
    """Show a document or a notice to others than before."""
    shown = re.compile(r"(?m)^(\s*)(public|audience): .*$")
    path = chance.choice([one for one in records(root) if shown.search(one.read_text())])
    found, text = chance.choice(list(shown.finditer(path.read_text()))), path.read_text()
    said = {"public": ("true", "false"), "audience": ("public", "customers", "regulator")}[found[2]]
    path.write_text(
        text[: found.start()] + f"{found[1]}{found[2]}: {chance.choice(said)}" + text[found.end() :]
    )


def edit_docs(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "docs/guide").glob("*.md")))
    path.write_text(f"{path.read_text()}\nAnother line on the {chance.choice(WORDS)}.\n")


def edit_theme(root: Path, chance: random.Random) -> None:
    path = root / "overrides/partials/copyright.html"
    path.write_text(path.read_text().replace("As of", f"Made for the {chance.choice(WORDS)} as of"))


def edit_settings(root: Path, chance: random.Random) -> None:
    path = root / "mkdocs.yml"
    path.write_text(
        path.read_text().replace("DealSphere release portal", f"The {chance.choice(WORDS)} portal")
    )


# Of a portal whose own history, and that of its product, are asked.


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=Ada", "-c", "user.email=ada@dealsphere.example", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *name, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(root: Path, chance: random.Random) -> None:
    """Commit what is in the working tree."""
    git(root, "add", "-A")
    git(root, "commit", "--allow-empty", "-qm", f"Say more on the {chance.choice(WORDS)}")


def retag(root: Path, chance: random.Random) -> None:
    """Move a release's tag, make it anew, or take it away."""
    product = root / "repositories/platform"
    tag = chance.choice(git(product, "tag").split())
    other = chance.choice(git(product, "rev-list", "--all").split())
    chance.choice(
        [
            lambda: git(product, "tag", "-f", "-a", "-m", chance.choice(WORDS), tag, other),
            lambda: git(product, "tag", "-f", "-a", "-m", chance.choice(WORDS), tag, f"{tag}^{{commit}}"),
            lambda: git(product, "tag", "-f", tag, other),
            lambda: git(product, "tag", "-d", tag),
        ]
    )()


OF_RECORDS: dict[Edit, int] = {
    edit_words: 8, edit_value: 8, delete: 2, rename: 2, add_evidence: 2, add_release: 2, remove_release: 1,
    move_phase: 3, rename_person: 1, edit_process: 1, edit_audience: 3,
}  # fmt: skip
OF_HISTORY: dict[Edit, int] = {**OF_RECORDS, retag: 10, commit: 6}
OF_THE_WHOLE: list[Edit] = [edit_docs, edit_theme, edit_settings]


def some(edits: dict[Edit, int], chance: random.Random) -> list[Edit]:
    """Draw one to three of them."""
    return chance.choices([*edits], [*edits.values()], k=chance.randint(1, 3))
