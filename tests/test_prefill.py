"""Who a new release begins with: the only one who can be meant, by the roster and by CODEOWNERS."""

import subprocess
from pathlib import Path

import pytest
import yaml

from release_portal.codeowners import owners
from tests.conftest import run

SECOND = (
    "roles:\n      - {role: product-owner, from: 2025-01-01}\n      - {role: developer, from: 2025-01-01}"
)


def begins_with(portal: Path) -> dict[str, str]:
    done = run("new", "1.1.0", cwd=portal)
    assert done.code == 0, done.err
    roles: dict[str, str] = yaml.safe_load((portal / "releases/1.1.0/release.yaml").read_text())["roles"]
    return roles


@pytest.fixture
def two_owners(base: Path) -> Path:
    """A portal in which two people hold the role that has to sign."""
    roster = base / "roster/people.yaml"
    head, _, tail = roster.read_text().rpartition("roles:\n      - {role: developer, from: 2025-01-01}")
    roster.write_text(head + SECOND + tail)
    return base


def name(portal: Path, path: str) -> None:
    """Tell a portal where its product's repository is."""
    config = portal / "mkdocs.yml"
    config.write_text(
        f"{config.read_text().rstrip()}:\n      repositories: [{{name: product, path: {path}}}]\n"
    )


def product(portal: Path, owned: str) -> None:
    """Give a portal a product repository with a CODEOWNERS."""
    folder = portal / "product"
    (folder / ".github").mkdir(parents=True)
    (folder / ".github/CODEOWNERS").write_text(owned)
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Begin"), ("tag", "-am", "One", "v1.0.0")):
        subprocess.run(["git", "-C", str(folder), *who, *words], check=True)
    name(portal, "product")


def test_the_only_holder_of_a_role_that_signs_has_it(base: Path) -> None:
    assert begins_with(base) == {"release-manager": "ana.silva", "product-owner": "ana.silva"}


def test_of_several_holders_nobody_is_chosen(two_owners: Path) -> None:
    assert begins_with(two_owners) == {"release-manager": "ana.silva"}


@pytest.mark.parametrize("named", ["@cleo.mori", "cleo@example.com", "@Cleo.Mori @somebody @org/team"])
def test_the_one_whom_codeowners_names_has_it(two_owners: Path, named: str) -> None:
    (two_owners / "CODEOWNERS").write_text(f"* {named}\n/releases/\n")

    assert begins_with(two_owners)["product-owner"] == "cleo.mori"


def test_codeowners_of_a_product_count_as_its_head_has_them(two_owners: Path) -> None:
    product(two_owners, "* @nobody\n/src/ledger cleo@example.com\n")
    (two_owners / "product/.github/CODEOWNERS").write_text("* ana@example.com\n")

    assert begins_with(two_owners)["product-owner"] == "cleo.mori"


def test_a_product_that_is_not_here_stops_nothing(two_owners: Path) -> None:
    name(two_owners, "away")

    assert begins_with(two_owners) == {"release-manager": "ana.silva"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("# all\n\n* @ana\n", ("@ana",)),
        ("* @ana # and not @ben\n", ("@ana",)),
        ("* @ana\n* @ben\n", ("@ben",)),
        ("* @ana\n/releases/\n", ("@ana",)),
        ("/docs/ @ana @ben\n/src/ @ana @org/team\n", ("@ana", "@ben", "@org/team")),
        ("/with\\ space/ ana@example.com\n", ("ana@example.com",)),
        ("/with\\#mark @ana\n", ("@ana",)),
        ("[Ledger] @ana\n/ledger/\n/other/ @ben\n", ("@ana", "@ben")),
        ("^[Ledger][2]\n/ledger/ @ana\n", ("@ana",)),
    ],
)
def test_codeowners_are_read_as_forges_read_them(text: str, expected: tuple[str, ...]) -> None:
    assert owners(text) == expected
