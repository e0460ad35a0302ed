"""JSON Schema (draft-07) for editors: the record types, as YAML 1.2 reads their files.

Our reader takes every scalar as the text that stands in the file. An editor makes numbers and booleans of some,
so a number is good where its text would be, and a boolean where true or false is asked for. A day or an instant
is text to both. docs/guide/editors.md lists what the two cannot agree on.
"""

import json
from pathlib import Path
from typing import Any

from release_portal.failure import Misconfigured
from release_portal.load import record_types
from release_portal.records._fields import Schema
from release_portal.records._json_schema import JsonSchema, json_schema
from release_portal.records._kinds import Kind
from release_portal.records._record import RecordType
from release_portal.release import RELEASES

ENDING = ".schema.json"
VSCODE = "vscode-settings.json"
_FOLDERS = {"phase": f"{RELEASES}/*/[0-9][0-9]-*", "release": f"{RELEASES}/*", "roster": "roster"}

_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_MONTH_DAY = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
_DAY = f"(?=19|2)(?:[0-9]{{4}}-(?:{_MONTH_DAY})|{_LEAP_YEAR}-02-29)"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_ZONE = "(?:Z|[+-](?:(?:[01][0-9]|2[0-2]):[0-9]{2}|23:[0-5][0-9]))"
_NUMBER = "(?:0|[1-9][0-9]*)"
_LABEL = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_BUILD = r"\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"

# Kinds whose own pattern lets a function decide the rest, as patterns that decide alone.
_EXACT = {
    "day": _DAY,
    "instant": f"{_DAY}[Tt ]{_TIME}{_ZONE}",
    "version": rf"(?=.{{5,80}}$){_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_LABEL}(?:\.{_LABEL})*)?(?:{_BUILD})?",
}
# Kinds of text that YAML may read as a number. Digests are not among them: a number has lost leading zeros.
_NUMBERS: dict[str, JsonSchema] = {
    "whole number": {"type": ["string", "integer"], "minimum": 0, "maximum": 10**12 - 1},
    "number": {"type": ["string", "number"], "exclusiveMinimum": -(10**12), "exclusiveMaximum": 10**12},
    "process version": {"type": ["string", "number"], "minimum": 0, "exclusiveMaximum": 10**4},
    "person id": {"type": ["string", "number"], "minimum": 0},
    "name": {"type": ["string", "number"], "minimum": 0},
}
# Not as booleans: an editor would propose true and false in every text.
_WORDS: JsonSchema = {
    "type": ["string", "number"],
    "minLength": 1,
    "errorMessage": "write text; put true, false and null in quotes",
}
# Two or more: an editor writes a single one into the record by itself. None for digests, which nobody types.
_EXAMPLES = {
    "day": ["2026-03-18", "2026-12-01"],
    "instant": ["2026-03-18T09:30:00+05:30", "2026-03-18T04:00:00Z"],
    "whole number": [0, 42],
    "number": [99.95, 250],
    "version": ["2.4.0", "2.5.0-rc.1"],
    "process version": ["1.0", "1.1"],
    "person id": ["ana.silva", "kavita.rao"],
    "ticket": ["PAY-217", "OPS-31"],
    "link": ["https://example.com/run/42", "https://example.com/board"],
    "e-mail address": ["ana.silva@example.com", "kavita.rao@example.com"],
    "evidence file": ["evidence/junit-features.xml", "evidence/access-log.csv"],
}


def editor_schema(type_: RecordType[Any]) -> JsonSchema:
    """The JSON Schema of a record type's YAML: of the whole file, or of a Markdown file's front matter."""
    return json_schema(type_.title, type_.purpose, type_.schema, _scalar)


def vscode_settings(folder: str) -> JsonSchema:
    """Settings that tell VS Code which file has which schema; `folder` holds the schemas, seen from the root."""
    yaml = [one for one in record_types().values() if one.file.endswith(".yaml")]
    return {"yaml.schemas": {f"./{folder}/{one.name}{ENDING}": [glob(one)] for one in yaml}}


def glob(type_: RecordType[Any]) -> str:
    """Pattern of the paths at which records of a type stand, from the portal's root."""
    return f"{_FOLDERS[type_.home]}/{type_.file}"


def export(root: Path, folder: str) -> tuple[str, ...]:
    """Write every schema, and the settings, into a folder below the root; gives the paths written, from there.

    Raises:
        Misconfigured: the folder is not below the root, or cannot be written to.

    """
    place = (root / folder).resolve()
    if not place.is_relative_to(root.resolve()):
        raise Misconfigured(f"{folder} is not in {root}", "name a folder of the portal, such as schemas")
    inside = place.relative_to(root.resolve()).as_posix()
    files = {f"{one.name}{ENDING}": editor_schema(one) for one in record_types().values()}
    files[VSCODE] = vscode_settings(inside)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (place / name).write_text(f"{json.dumps(content, indent=2)}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Misconfigured(f"cannot write to {folder}: {error.strerror}", "name another folder") from error
    return tuple(f"{inside}/{name}" for name in files)


def _scalar(rules: Schema) -> JsonSchema:
    check, allowed = rules.get("check_with"), rules.get("allowed")
    if isinstance(check, Kind):
        return _kind(check)
    if allowed == ["true", "false"]:
        return {
            "type": ["boolean", "string"],
            "pattern": "^(?:true|false)$",
            "errorMessage": "write true or false",
        }
    return {"type": "string", "enum": allowed} if allowed else _WORDS


def _kind(kind: Kind) -> JsonSchema:
    pattern = _EXACT.get(kind.name, kind.pattern)
    examples = {"examples": _EXAMPLES[kind.name]} if kind.name in _EXAMPLES else {}
    shape = {"type": "string"} | _NUMBERS.get(kind.name, {})
    return shape | {"pattern": f"^(?:{pattern})$", "errorMessage": kind.hint} | examples
