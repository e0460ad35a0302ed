"""The quick check and Cerberus, the reference, agree on damaged records; and the schema itself is good draft-07."""

import copy
import random
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from release_portal import settings
from release_portal.load import load, record_types
from release_portal.records._json_schema import DRAFT, json_schema
from release_portal.source import parse
from tests.conftest import ROOT
from tests.test_records import BAD, GOOD

TYPES = record_types()
MUTANTS = 10_000
_TEXTS = [
    *GOOD.values(),
    *(text for texts in BAD.values() for text in texts),
    *(f"{text}\n" for text in GOOD.values()),
    "", " ", "true", "True", "none", "high", "<fill this>", "\u0661\u0662", "x" * 5000, "2026-03-18\u2028",
]  # fmt: skip
_OTHERS = [
    None,
    True,
    False,
    0,
    42,
    1.5,
    float("nan"),
    float("inf"),
    [],
    {},
    [None],
    {"a": "b"},
    [[]],
    10**30,
]
ROSTER = "roster/people.yaml"
SEAL = "tests/cases/broken-seal-chain/good-in-order/releases/1.1.0/seal.yaml"
Path = tuple[Any, Any]


def documents() -> dict[str, list[Any]]:
    """Documents of each record type, as the sample has them."""
    portal = load(ROOT, settings.read(ROOT / "mkdocs.yml"))
    found: dict[str, list[Any]] = {name: [] for name in TYPES}
    for release in portal.releases:
        for record in (*release.records, *(one.record for one in release.signoffs)):
            found[record.type.name].append(record.source.data)
    return found


@pytest.fixture(scope="module")
def samples() -> dict[str, list[Any]]:
    found = documents()
    found["people"] = [parse(ROSTER, (ROOT / ROSTER).read_bytes()).data]
    found["seal"] = [parse(SEAL, (ROOT / SEAL).read_bytes()).data]
    found["document"] = [{"title": "A", "author": "ana.silva", "written_on": "2026-01-02"}]
    return {name: listed for name, listed in found.items() if listed}


def places(value: Any, at: Path = (None, None)) -> list[Path]:
    """Every place of a document, as the collection around it and its key there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    return [at, *(place for key, item in inside for place in places(item, (value, key)))]


def replace_value(chance: random.Random, around: Any, key: Any) -> None:
    around[key] = copy.deepcopy(chance.choice([*_TEXTS, *_OTHERS] if chance.random() < 0.7 else _OTHERS))


def remove(_: random.Random, around: Any, key: Any) -> None:
    del around[key]


def rename(chance: random.Random, around: Any, key: Any) -> None:
    if isinstance(around, dict):
        around[chance.choice(["evidence", "url", "path", "Name", "a b", "", "sha256", f"{key}\n"])] = (
            around.pop(key)
        )


def repeat(_: random.Random, around: Any, key: Any) -> None:
    if isinstance(around, list):
        around.append(copy.deepcopy(around[key]))


def wrap(_: random.Random, around: Any, key: Any) -> None:
    around[key] = [around[key]]


def empty(_: random.Random, around: Any, key: Any) -> None:
    around[key] = type(around[key])()


WAYS: list[Callable[[random.Random, Any, Any], None]] = [replace_value, remove, rename, repeat, wrap, empty]


def mutant(chance: random.Random, document: Any) -> Any:
    """A copy of a document, damaged in one to three places."""
    damaged = copy.deepcopy(document)
    for _ in range(chance.choice([1, 1, 2, 3])):
        around, key = chance.choice(places(damaged))
        if around is not None:
            chance.choice(WAYS)(chance, around, key)
    return damaged


@pytest.mark.parametrize("name", TYPES)
def test_the_quick_check_agrees_with_cerberus_on_damaged_records(
    name: str, samples: dict[str, list[Any]]
) -> None:
    chance = random.Random(name)  # the same mutants each time
    verdicts = {True: 0, False: 0}
    for _ in range(MUTANTS // len(TYPES) + 1):
        document = mutant(chance, chance.choice(samples[name]))
        reference = TYPES[name].validator.validate(document, normalize=False)
        assert TYPES[name].checker.is_valid(document) == reference, document
        verdicts[reference] += 1
    assert min(verdicts.values()) > 5, f"mutants of one kind only: {verdicts}"


@pytest.mark.parametrize("name", TYPES)
def test_undamaged_records_are_good_to_both(name: str, samples: dict[str, list[Any]]) -> None:
    for document in samples[name]:
        assert TYPES[name].validator.validate(document, normalize=False) == TYPES[name].checker.is_valid(
            document
        )


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_is_good_draft_07_and_tells_what_fields_mean(name: str) -> None:
    type_ = TYPES[name]
    schema = json_schema(type_.title, type_.purpose, type_.schema)

    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["$schema"] == DRAFT
    for key, rules in schema["properties"].items():
        assert rules["title"], key
