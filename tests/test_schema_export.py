"""The schemas that editors get: good draft-07, at one with the sample and with Cerberus, and understood by an editor."""

import json
import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from release_portal.load import record_types
from release_portal.records import _fields as field
from release_portal.records._json_schema import DRAFT
from release_portal.records._kinds import KINDS
from release_portal.schemas import VSCODE, editor_schema
from release_portal.source import parse
from tests.conftest import ROOT, Run, copy_sample, run
from tests.language_server import editor
from tests.test_json_schema import ROSTER, SEAL, documents, mutant, places
from tests.test_records import BAD, GOOD

TYPES = record_types()
MUTANTS = 10_000
SERVER = "yaml-language-server@1.25.0"
needs_npm = pytest.mark.skipif(
    shutil.which("npm") is None, reason="npm is not installed, so the YAML language server cannot be had"
)


class _AsText(SafeConstructor):
    """YAML 1.2 knows no dates: `2026-03-18` is text."""


_AsText.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def as_editor(text: str) -> Any:
    """Values of a YAML document, as YAML 1.2 reads them."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsText
    return yaml.load(text)


# Scalars as the core schema of YAML 1.2.2 resolves them (§10.3.2).
_CORE: tuple[tuple[str, Callable[[str], Any]], ...] = (
    (r"null|Null|NULL|~", lambda _: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text, 16)),
    (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(?:inf|Inf|INF)", lambda text: float(text.replace(".", ""))),
    (r"\.(?:nan|NaN|NAN)", lambda _: float("nan")),
)


def core(text: str) -> Any:
    """What an editor makes of an unquoted scalar."""
    return next((value(text) for pattern, value in _CORE if re.fullmatch(pattern, text)), text)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A copy of the sample with the schemas exported into it."""
    root = copy_sample(tmp_path_factory.mktemp("editor") / "portal")
    return root, run("schema", "export", "schemas", cwd=root)


def schema_of(root: Path, name: str) -> Any:
    return json.loads((root / f"schemas/{name}.schema.json").read_text(encoding="utf-8"))


@cache
def checker(name: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(editor_schema(TYPES[name]))


def test_export_writes_a_schema_of_every_type_and_the_settings(exported: tuple[Path, Run]) -> None:
    root, done = exported

    assert done.code == 0, done.err
    assert done.out.splitlines() == [*(f"schemas/{name}.schema.json" for name in TYPES), f"schemas/{VSCODE}"]
    assert sorted(done.out.splitlines()) == sorted(
        f"schemas/{path.name}" for path in (root / "schemas").iterdir()
    )
    assert "copy schemas/vscode-settings.json to .vscode/settings.json" in done.err
    before = {path: path.read_bytes() for path in (root / "schemas").iterdir()}
    assert run("schema", "export", "schemas", cwd=root).code == 0
    assert before == {path: path.read_bytes() for path in before}


def test_export_refuses_a_folder_that_is_not_the_portals(sample: Path) -> None:
    outside = run("schema", "export", "../elsewhere", cwd=sample)
    assert (outside.code, outside.out) == (2, "")
    assert "name a folder of the portal" in outside.err
    assert not (sample.parent / "elsewhere").exists()

    taken = run("schema", "export", "mkdocs.yml", cwd=sample)
    assert taken.code == 2
    assert "cannot write to mkdocs.yml" in taken.err


@pytest.mark.parametrize("name", TYPES)
def test_a_schema_is_good_draft_07_with_help_and_good_examples(name: str, exported: tuple[Path, Run]) -> None:
    schema = schema_of(exported[0], name)

    assert schema["$schema"] == DRAFT
    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["description"] == TYPES[name].purpose
    for key, rules in schema["properties"].items():
        assert rules["title"] == TYPES[name].schema[key]["meta"]["label"]
        assert rules.get("description", "") == TYPES[name].schema[key]["meta"]["help"]
    for part in parts(schema):
        for example in part.get("examples", ()):
            assert jsonschema_rs.Draft7Validator(part).is_valid(example), (part, example)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)


def test_every_record_of_the_sample_is_to_an_editor_what_it_is_to_cerberus(
    exported: tuple[Path, Run],
) -> None:
    root = exported[0]
    settings = json.loads((root / f"schemas/{VSCODE}").read_text(encoding="utf-8"))["yaml.schemas"]
    seen: Counter[str] = Counter()
    for path in [*root.glob("releases/**/*.yaml"), *root.glob("releases/**/*.md"), root / ROSTER]:
        place = path.relative_to(root).as_posix()
        name = type_of(place, settings) if path.suffix == ".yaml" else markdown_type(place)
        text = path.read_text(encoding="utf-8")
        source = parse(place, text.encode())
        good = TYPES[name].validator.validate(source.data, normalize=False)
        front = text.split("---\n")[1] if path.suffix == ".md" else text

        assert checker(name).is_valid(as_editor(front)) == good, place
        assert good or "<fill" in text, place
        seen[name] += 1
    assert seen.total() > 150
    assert set(TYPES) - set(seen) == {"seal", "document"}  # no release of the sample has one


def type_of(place: str, settings: dict[str, list[str]]) -> str:
    """The record type whose files VS Code takes this one for: exactly one."""
    path = PurePosixPath(place)
    (schema,) = (
        schema for schema, globs in settings.items() if any(whole_match(path, glob) for glob in globs)
    )
    return schema.removeprefix("./schemas/").removesuffix(".schema.json")


def whole_match(path: PurePosixPath, glob: str) -> bool:
    return len(path.parts) == len(PurePosixPath(glob).parts) and path.match(glob)


def markdown_type(place: str) -> str:
    inside = PurePosixPath(*PurePosixPath(place).parts[3:])
    (name,) = (one.name for one in TYPES.values() if one.name != "document" and whole_match(inside, one.file))
    return name


# What an editor and `check` cannot agree on, because the spelling of an unquoted value is lost to the editor.
# docs/guide/editors.md lists the same.
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,8}[1-9])?")
DIFFERENCES: dict[str, Callable[[str, str], bool]] = {
    "null": lambda _, text: core(text) is None,
    "truth": lambda _, text: isinstance(core(text), bool),
    "spelling": lambda _, text: type(core(text)) in {int, float} and not PLAIN_NUMBER.fullmatch(text),
    "process version": lambda key, text: key in {"process", "version"} and text.isdigit(),
}
SPELLINGS = ["~", "null", "True", "0o17", "0x1f", "+5", "1e3", ".5", "1.10", "007", "no", ".inf", "-.INF"]


def view(chance: random.Random, value: Any, lost: set[str], *, quoted: bool = False, key: str = "") -> Any:
    """A document of texts as an editor reads it, each scalar quoted or not; adds to `lost` what gets lost.

    With `quoted`, as if the author had put quotes around everything that gets lost.
    """
    if isinstance(value, dict):
        return {name: view(chance, item, lost, quoted=quoted, key=name) for name, item in value.items()}
    if isinstance(value, list):
        return [view(chance, item, lost, quoted=quoted, key=key) for item in value]
    if value is None or chance.random() < 0.3:
        return value
    reasons = {name for name, gets_lost in DIFFERENCES.items() if gets_lost(key, value)}
    lost |= reasons
    return value if quoted and reasons else core(value)


def texts(value: Any) -> Any:
    """A document with every scalar as the text that would stand in a file."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return value if value is None or isinstance(value, str) else str(value)


@pytest.fixture(scope="module")
def samples() -> dict[str, list[Any]]:
    found = documents()
    found["people"] = [parse(ROSTER, (ROOT / ROSTER).read_bytes()).data]
    found["seal"] = [parse(SEAL, (ROOT / SEAL).read_bytes()).data]
    found["document"] = [{"title": "A", "author": "ana.silva", "written_on": "2026-01-02"}]
    return found


def damaged(chance: random.Random, document: Any) -> Any:
    """A damaged copy of a document, now and then with a value that YAML 1.2 takes for something else than text."""
    damage = texts(mutant(chance, document))
    around, key = chance.choice(places(damage))
    if around is not None and chance.random() < 0.2:
        around[key] = chance.choice([*SPELLINGS, "42", "99.5", "-1"])
    return damage


def test_editor_and_cerberus_agree_on_10_000_damaged_records(samples: dict[str, list[Any]]) -> None:
    chance = random.Random("editors")  # the same mutants each time
    verdicts: Counter[bool] = Counter()
    excused: Counter[str] = Counter()
    for number in range(MUTANTS):
        name = list(TYPES)[number % len(TYPES)]
        document, lost = damaged(chance, chance.choice(samples[name])), set[str]()
        reference = TYPES[name].validator.validate(document, normalize=False)

        assert checker(name).is_valid(document) == reference, document  # all quoted: nothing is lost
        if checker(name).is_valid(view(random.Random(number), document, lost)) != reference:
            kept = view(random.Random(number), document, lost, quoted=True)
            assert checker(name).is_valid(kept) == reference, (name, document)
            excused.update(lost)
        verdicts[reference] += 1
    assert min(verdicts.values()) > MUTANTS / 10, verdicts
    assert excused.total() < MUTANTS / 20, excused
    assert set(excused) >= {"null", "truth", "spelling"}, "a difference that does not show is none"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_text_may_stand_without_quotes(name: str) -> None:
    schema = editor_schema(_probe(field.kind(name, "Value")))
    judge = jsonschema_rs.Draft7Validator(schema)

    assert judge.is_valid({"value": GOOD[name]})
    for text in BAD[name]:
        assert not judge.is_valid({"value": text}), text
        spelled = any(
            gets_lost("version" if name == "process version" else "", text)
            for gets_lost in DIFFERENCES.values()
        )
        assert spelled or not judge.is_valid({"value": core(text)}), text
    assert judge.is_valid({"value": core(GOOD[name])}) == (name != "SHA-256"), (
        "a digest of digits is no number"
    )


@pytest.mark.parametrize(
    ("text", "good"),
    [("42", True), ("1.10", True), ("a", True), ("true", False), ("~", False), ("null", False)],
)
def test_words_may_look_like_a_number_but_not_like_nothing(text: str, good: bool) -> None:  # noqa: FBT001  # a case
    judge = jsonschema_rs.Draft7Validator(editor_schema(_probe(field.text("Value"))))

    assert judge.is_valid({"value": text})
    assert judge.is_valid({"value": core(text)}) == good
    assert not judge.is_valid({"value": ""})


@pytest.mark.parametrize(
    ("of", "text", "to_check", "to_editor"),
    [
        (field.text("Value"), "null", True, False),
        (field.text("Value"), "true", True, False),
        (field.yes_no("Value"), "True", False, True),
        *((field.kind("number", "Value"), text, False, True) for text in ("+5", "0x1F", "1e3", ".5")),
        (field.kind("whole number", "Value"), "007", False, True),
        (field.kind("process version", "Value"), "5", False, True),
        (field.kind("SHA-256", "Value"), "1" * 64, True, False),
        (field.kind("commit", "Value"), "1" * 40, True, False),
    ],
)
def test_editor_and_check_differ_where_the_guide_says_so(
    of: field.Field,
    text: str,
    to_check: bool,  # noqa: FBT001  # a case
    to_editor: bool,  # noqa: FBT001  # a case
) -> None:
    type_ = _probe(of)
    judge = jsonschema_rs.Draft7Validator(editor_schema(type_))

    assert type_.validator.validate({"value": text}, normalize=False) == to_check
    assert judge.is_valid({"value": core(text)}) == to_editor
    assert judge.is_valid({"value": text}) == to_check, "quotes settle it"


def test_yes_and_no_are_booleans_or_their_words() -> None:
    judge = jsonschema_rs.Draft7Validator(editor_schema(_probe(field.yes_no("Value"))))

    assert all(judge.is_valid({"value": value}) for value in (True, False, "true", "false"))
    assert not any(judge.is_valid({"value": value}) for value in ("True", "yes", 1, 0, None, ""))


def _probe(of: field.Field) -> Any:
    """A record type of one field."""
    return replace(TYPES["document"], schema={"value": of})


@pytest.mark.parametrize("name", ["day", "instant", "version"])
def test_a_pattern_decides_as_the_kind_does(name: str) -> None:
    (rules,) = (
        part
        for part in parts(editor_schema(_probe(field.kind(name, "Value"))))
        if part.get("title") == "Value"
    )
    judge, chance = jsonschema_rs.Draft7Validator(rules), random.Random(name)
    verdicts: Counter[bool] = Counter()
    for text in [*edges(name), *(typo(chance, GOOD[name]) for _ in range(20_000))]:
        assert judge.is_valid(text) == KINDS[name].good(text), text
        verdicts[judge.is_valid(text)] += 1
    assert min(verdicts.values()) > 500, verdicts


def edges(name: str) -> Iterator[str]:
    """Every day of a leap year, a common year and the turns of centuries, also with days that do not exist."""
    if name == "version":
        yield from (
            "1.0.0-0",
            "1.0.0-01",
            "1.0.0-a.01",
            "1.0.0-01a",
            "1.0.0+001",
            f"1.0.0-{'a' * 74}",
            f"1.0.0-{'a' * 75}",
        )
        return
    rest = {"day": "", "instant": "T09:30Z"}[name]
    for year in (0, 1, 1900, 2000, 2023, 2024, 2100, 9999):
        yield from (f"{year:04}-{month:02}-{day:02}{rest}" for month in range(14) for day in range(33))
    day = date(2026, 1, 1)
    for offset in range(366 * 8):
        yield f"{day + timedelta(offset)}{rest}"
    if name == "instant":
        yield from (
            f"2026-03-18T09:30:00{sign}{h:02}:{m:02}" for sign in "+-" for h in range(26) for m in range(100)
        )


def typo(chance: random.Random, text: str) -> str:
    """A text with one or two of its characters replaced, doubled or taken away."""
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(("", text[at] * 2, *"0123459-.:+TZ")) + text[at + 1 :]
    return text


@pytest.mark.parametrize("text", [*GOOD.values(), *SPELLINGS])
def test_unquoted_scalars_are_read_as_a_yaml_1_2_parser_reads_them(text: str) -> None:
    assert as_editor(f"- {text}") == [core(text)]


@pytest.fixture(scope="module")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The YAML language server of VS Code, Neovim and others, as npm installs it."""
    folder = tmp_path_factory.mktemp("npm")
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        SERVER,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "node_modules"


BROKEN = """\
changes:
  - ticket: pay
    title:
    kind: feat
    risk: low
    authors: [ana.silva]
    planned: 2026-03-18
"""


@needs_npm
def test_an_editor_completes_and_checks_records(exported: tuple[Path, Run], node_modules: Path) -> None:
    root = exported[0]
    settings = json.loads((root / f"schemas/{VSCODE}").read_text(encoding="utf-8"))
    settings |= {
        "yaml.schemaStore": {"enable": False},
        "yaml.validate": True,
        "yaml.completion": True,
        "yaml.hover": True,
    }
    server = str(node_modules / "yaml-language-server/bin/yaml-language-server")
    record = root / "releases/9.0.0/01-planning/changes.yaml"
    record.parent.mkdir(parents=True)
    record.write_text(BROKEN, encoding="utf-8")
    good = [
        *sorted(root.glob("releases/2.4.1/0*/*.yaml")),
        root / "releases/2.4.1/release.yaml",
        root / ROSTER,
    ]
    elsewhere = root / "elsewhere.yaml"  # of no pattern in the settings: its first line names the schema
    elsewhere.write_text(
        f"# yaml-language-server: $schema=schemas/changes.schema.json\n{BROKEN}", encoding="utf-8"
    )
    with editor(["node", server, "--stdio"], root, settings) as code:
        assert {path.name: code.open(path) for path in good} == {path.name: [] for path in good}
        told = {(one["range"]["start"]["line"] + 1, one["message"]) for one in code.open(record)}
        named = {(one["range"]["start"]["line"], one["message"]) for one in code.open(elsewhere)}
        kinds = code.complete(record, 3, 10)
        keys = code.complete(record, 6, 4)
        hover = code.ask("textDocument/hover", at(record, 1, 6))["contents"]["value"]

    assert told == {
        (2, "write a ticket id such as PAY-217"),
        (2, 'Missing property "regulatory_impact".'),
        (2, 'Missing property "customer_impact".'),
        (2, 'Missing property "security_impact".'),
        (3, "write text; put true, false and null in quotes"),
        (4, 'Value is not accepted. Valid values: "feature", "fix", "migration".'),
        (7, "Property planned is not allowed."),
    }
    assert named == told
    assert set(kinds) == {"feature", "fix", "migration"}
    assert keys["regulatory_impact"]["insertText"] == "regulatory_impact: "
    assert keys["regulatory_impact"]["documentation"] == "`material` calls for a notice."
    assert keys["note"]["insertText"] == "note: "
    assert "The change's own ticket; no two changes share one." in hover
    assert "PAY-217" in hover


def at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": column}}


@needs_npm
def test_ecmascript_takes_every_pattern_and_reads_scalars_as_we_say(
    exported: tuple[Path, Run], node_modules: Path
) -> None:
    patterns = sorted(
        {
            part["pattern"]
            for name in TYPES
            for part in parts(schema_of(exported[0], name))
            if isinstance(part.get("pattern"), str)
        }
    )
    scalars = [
        text for text in (*GOOD.values(), *SPELLINGS) if "inf" not in text.lower()
    ]  # JSON has no infinity
    script = """
      const {patterns, scalars} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
      patterns.forEach(pattern => new RegExp(pattern, 'u'));
      console.log(JSON.stringify(scalars.map(text => require('yaml').parse(`- ${text}`)[0])));
    """  # fmt: skip
    done = subprocess.run(
        ["node", "-e", script], input=json.dumps({"patterns": patterns, "scalars": scalars}),
        cwd=node_modules.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert len(patterns) > 10
    assert json.loads(done.stdout) == [core(text) for text in scalars]
