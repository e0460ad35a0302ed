"""A record type's schema as JSON Schema, draft-07: for editors, and to tell good records quickly.

Cerberus is the reference and writes every report. Where the JSON Schema finds a record good, so does
Cerberus; a test compares the two on thousands of damaged records.
"""

from collections.abc import Callable
from typing import Any

import jsonschema_rs

from release_portal.records._fields import Schema
from release_portal.records._kinds import KINDS, Kind

DRAFT = "http://json-schema.org/draft-07/schema#"
JsonSchema = dict[str, Any]
Scalar = Callable[[Schema], JsonSchema]


def text(rules: Schema) -> JsonSchema:
    """The schema of a value that arrives as text, exactly as typed."""
    check = rules.get("check_with")
    if isinstance(check, Kind):
        return {"type": "string", "pattern": f"^(?:{check.pattern})$"} | (
            {"format": _format(check)} if check.judges else {}
        )
    if "allowed" in rules:
        return {"type": "string", "enum": list(rules["allowed"])}
    return {"type": "string"} if rules.get("empty", True) else {"type": "string", "minLength": 1}


def json_schema(title: str, purpose: str, schema: Schema, scalar: Scalar = text) -> JsonSchema:
    """The JSON Schema of a record: same fields, labels and help as title and description.

    `scalar` gives the schema of a single value, for readers that make numbers of what looks like one.
    """
    return {"$schema": DRAFT, "title": title, "description": purpose, **_group(schema, scalar)}


def checker(schema: Schema) -> jsonschema_rs.Draft7Validator:
    """What says whether a document fits a schema, and nothing more."""
    formats = {_format(kind): kind.good for kind in KINDS.values() if kind.judges}
    return jsonschema_rs.Draft7Validator(_group(schema, text), formats=formats, validate_formats=True)


def _group(schema: Schema, scalar: Scalar) -> JsonSchema:
    return {
        "type": "object",
        "properties": {key: _field(rules, scalar) for key, rules in schema.items()},
        "required": [key for key, rules in schema.items() if rules["required"]],
        "additionalProperties": False,
    }


def _field(rules: Schema, scalar: Scalar) -> JsonSchema:
    meta = rules.get("meta", {})
    words = {"title": meta.get("label", ""), "description": meta.get("help", "")}
    shape = scalar(rules) if rules["type"] == "string" else _SHAPES[rules["type"]](rules, scalar)
    return {name: said for name, said in words.items() if said} | shape


def _list(rules: Schema, scalar: Scalar) -> JsonSchema:
    least = {"minItems": rules["minlength"]} if "minlength" in rules else {}
    return {"type": "array", "items": _field(rules["schema"], scalar)} | least


def _dict(rules: Schema, scalar: Scalar) -> JsonSchema:
    if "valuesrules" in rules:
        names, values = text(rules["keysrules"]), _field(rules["valuesrules"], scalar)
        return {"type": "object", "propertyNames": names, "additionalProperties": values}
    check = rules.get("check_with")
    return _group(rules["schema"], scalar) | (check.keywords if check else {})


def _format(kind: Kind) -> str:
    return kind.name.lower().replace(" ", "-")


_SHAPES = {"list": _list, "dict": _dict}
