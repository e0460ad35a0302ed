"""A record type's schema as JSON Schema, draft-07: for editors, and to tell good records quickly.

Cerberus is the reference and writes every report. Where the JSON Schema finds a record good, so does
Cerberus; a test compares the two on thousands of damaged records.
"""

from typing import Any

import jsonschema_rs

from release_portal.records._fields import Schema
from release_portal.records._kinds import KINDS, Kind

DRAFT = "http://json-schema.org/draft-07/schema#"
JsonSchema = dict[str, Any]


def json_schema(title: str, purpose: str, schema: Schema) -> JsonSchema:
    """The JSON Schema of a record: same fields, same kinds of text, labels and help as title and description."""
    return {"$schema": DRAFT, "title": title, "description": purpose, **_group(schema)}


def checker(schema: Schema) -> jsonschema_rs.Draft7Validator:
    """What says whether a document fits a schema, and nothing more."""
    formats = {_format(kind): kind.good for kind in KINDS.values() if kind.judges}
    return jsonschema_rs.Draft7Validator(_group(schema), formats=formats, validate_formats=True)


def _group(schema: Schema) -> JsonSchema:
    return {
        "type": "object",
        "properties": {key: _field(rules) for key, rules in schema.items()},
        "required": [key for key, rules in schema.items() if rules["required"]],
        "additionalProperties": False,
    }


def _field(rules: Schema) -> JsonSchema:
    meta = rules.get("meta", {})
    words = {"title": meta.get("label", ""), "description": meta.get("help", "")}
    return {name: text for name, text in words.items() if text} | _SHAPES[rules["type"]](rules)


def _string(rules: Schema) -> JsonSchema:
    check = rules.get("check_with")
    if isinstance(check, Kind):
        return {"type": "string", "pattern": f"^(?:{check.pattern})$"} | (
            {"format": _format(check)} if check.judges else {}
        )
    if "allowed" in rules:
        return {"type": "string", "enum": list(rules["allowed"])}
    return {"type": "string"} if rules.get("empty", True) else {"type": "string", "minLength": 1}


def _list(rules: Schema) -> JsonSchema:
    least = {"minItems": rules["minlength"]} if "minlength" in rules else {}
    return {"type": "array", "items": _field(rules["schema"])} | least


def _dict(rules: Schema) -> JsonSchema:
    if "valuesrules" in rules:
        names, values = _string(rules["keysrules"]), _field(rules["valuesrules"])
        return {"type": "object", "propertyNames": names, "additionalProperties": values}
    check = rules.get("check_with")
    return _group(rules["schema"]) | (check.keywords if check else {})


def _format(kind: Kind) -> str:
    return kind.name.lower().replace(" ", "-")


_SHAPES = {"string": _string, "list": _list, "dict": _dict}
