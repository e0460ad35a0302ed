"""Everything that this repository's process asks for has a rule of its own, and what has none is told."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import all_rules, assess
from release_portal.coverage import SIGN_OFFS, coverage
from release_portal.load import record_types
from release_portal.pages import rules as page
from release_portal.policy import on_disk, phase_types, read_process
from release_portal.process import Process
from release_portal.rules._rule import EVERYTHING, Rule
from tests.conftest import ROOT

RULES = all_rules()


@pytest.fixture(scope="module")
def process() -> Process:
    return read_process(on_disk(ROOT), record_types(), [])


def holes(process: Process, rules: Iterable[Rule]) -> list[str]:
    return [row.number or row.text for row in coverage(process, rules).holes]


def test_every_deliverable_reference_and_action_is_guarded(
    process: Process, record_property: Callable[[str, object], None]
) -> None:
    covered = coverage(process, RULES)
    for name, guarded, all_ in covered.figures:
        record_property(name, f"{guarded}/{all_}")

    assert [(name, of) for name, _, of in covered.figures] == [
        ("deliverables", 27),
        ("references", 6),
        ("actions", 1),
    ]
    assert [row.number for row in covered.actions] == ["3.c"]
    assert not holes(process, RULES)
    assert all(part.rules for part in covered.beside)
    assert covered.signing
    assert covered.general


@pytest.mark.parametrize(
    "name", sorted({name for rule in RULES for name in rule.guards} - {*EVERYTHING, "process"})
)
def test_without_the_rules_of_a_record_its_deliverables_are_told_as_holes(
    name: str, process: Process
) -> None:
    """The control: a table that never shows a hole proves nothing."""
    others = [rule for rule in RULES if name not in rule.guards]
    named = {one.number for one in process.deliverables if name in one.subjects}
    named |= {
        one.number
        for phase in process.phases
        for one in phase.actions
        if one.binding and name in one.binding.records
    }
    if name == "references":
        named = {slot.text for slot in process.slots}

    assert named <= set(holes(process, others))
    assert bool(named) is (name in phase_types(record_types()) or name == "references")


def test_rules_guard_only_what_exists(process: Process) -> None:
    known = {*EVERYTHING, *record_types(), "process", *(f"slot:{slot.slug}" for slot in process.slots)}

    assert {name for rule in RULES for name in rule.guards} <= known
    assert all(rule.guards for rule in RULES)
    assert not [rule.name for rule in RULES if set(rule.guards) > set(EVERYTHING)]


def test_general_and_sign_off_rules_fill_no_hole(process: Process) -> None:
    general = [rule for rule in RULES if rule.guards in {EVERYTHING, (SIGN_OFFS,)}]

    assert len(general) > 1
    assert len(holes(process, general)) == 27 + 6 + 1


def test_the_page_of_the_rules_shows_what_guards_what_and_what_nothing_guards(sample: Path) -> None:
    document = sample / "release-process.md"
    bullet = "- Documented deployment/rollback plan <!--"
    text = document.read_text()
    assert bullet in text
    document.write_text(text.replace(bullet, f"- Letter to the bank\n{bullet}"))

    html = next(iter(page.build(assess(sample, settings.read(sample / "mkdocs.yml"))))).html
    table = html.partition('id="what-guards-what"')[2]

    assert "27 / 28" in table
    assert "6.3 Letter to the bank" in table
    assert table.count("No rule of its own") == 1
    assert not [
        rule.name for rule in RULES if f"rules/{rule.name}/" not in table and f'"{rule.name}/"' not in table
    ]
