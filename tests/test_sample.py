"""The sample: clean as it stands, and every record in it is missed when it goes."""

import json
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import assess
from release_portal.demo._product import write_product
from release_portal.demo._writing import Keys
from release_portal.finding import Severity
from release_portal.load import load, record_types
from release_portal.portal import Portal
from release_portal.progress import Stage
from tests.conftest import ROOT, run

PORTAL = load(ROOT, settings.read(ROOT / "mkdocs.yml"))


def demanded(portal: Portal) -> list[tuple[str, str, str]]:
    """Release, deliverable and path of every record without which a completed phase is not complete."""
    found = []
    for release in portal.releases:
        seen = set()
        for phase in portal.progress[release.version].phases:
            for item in phase.deliverables if phase.stage is Stage.PASSED else ():
                for subject in item.deliverable.subjects:
                    records = release.subjects(subject)
                    if len(records) == 1 and subject not in seen:
                        seen.add(subject)
                        found.append((release.version, item.deliverable.number, records[0].path))
    return found


DEMANDED = demanded(PORTAL)


def test_the_sample_checks_clean() -> None:
    done = run("check", cwd=ROOT)

    assert done.code == 0
    assert "\n0 errors, " in done.out


@pytest.mark.parametrize(("version", "number", "path"), DEMANDED, ids=[path for _, _, path in DEMANDED])
def test_a_record_that_is_deleted_is_missed(version: str, number: str, path: str, sample: Path) -> None:
    (sample / path).unlink()

    findings = assess(sample, settings.read(sample / "mkdocs.yml")).findings

    named = [one for one in findings if one.rule == "missing-deliverable" and one.severity is Severity.ERROR]
    assert [one.release for one in named] == [version]
    assert f"deliverable {number} " in named[0].message
    assert f" of {version} " in named[0].message


def test_most_deliverables_were_deleted_in_turn() -> None:
    assert len(DEMANDED) > 60


def test_a_deleted_record_makes_check_exit_1(sample: Path) -> None:
    (sample / "releases/2.4.0/02-compliance/risk-assessment.yaml").unlink()

    done = run("check", "--format", "json", cwd=sample)

    assert done.code == 1
    assert any("deliverable 2.1 " in one["message"] for one in json.loads(done.out)["findings"])


def test_the_sample_uses_every_record_type_and_every_decision() -> None:
    used = {record.type.name for release in PORTAL.releases for record in release.records}
    signed = [one.value for release in PORTAL.releases for one in release.signoffs if one.value]

    assert used | {"signoff", "people", "document", "seal"} == set(record_types())
    assert {one.decision for one in signed} == {"approve", "reject", "abstain"}
    assert {one.meaning for one in signed} == {"authored", "reviewed", "approved", "witnessed"}


def test_the_sample_tells_of_all_kinds_of_state() -> None:
    phases = {release.version: release.phase for release in PORTAL.releases}
    stated = [key for release in PORTAL.releases if release.facts for key in release.facts.not_applicable]

    assert phases == {"2.6.0": "planning", "2.5.0": "monitoring", "2.4.1": "closed", "2.4.0": "closed"}
    assert stated


def test_its_commits_are_those_of_the_product_repository(tmp_path: Path) -> None:
    """The product's commits have the same ids on every machine, and the records name them."""
    product = write_product(tmp_path / "platform", PORTAL.roster, Keys(tmp_path), with_tags=False)

    stated = {
        tag.name: tag.commit for release in PORTAL.releases if release.facts for tag in release.facts.tags
    }

    assert stated
    assert stated.items() <= {tag.name: tag.commit for tag in product.tags}.items()
