"""The head of the process document: its name, version, terms and roles."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from release_portal.process._faults import Faults
from release_portal.source import Source
from release_portal.wording import nearest, shown

_ROLE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that must be there: what a missing one means, how its text is good, and the value it gives."""

    purpose: str
    kind: str
    pattern: str
    convert: Callable[[str], Any]
    hint: str


_WHOLE = ("whole number", "0|[1-9][0-9]{0,3}", int, "write a count such as 10")
_KEYS = {
    "name": _Key("name of the process", "text", r".*\S.*", str, "write the name of the process"),
    "version": _Key(
        "version of the process, which releases refer to",
        "process version",
        r"[0-9]{1,4}\.[0-9]{1,4}",
        str,
        "write two numbers such as 1.1",
    ),
    "effective": _Key(
        "first day on which the process holds",
        "day",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        date.fromisoformat,
        "write a day that exists, as YYYY-MM-DD",
    ),
    "hotfix_fill_days": _Key("days after deployment in which a hotfix may complete its records", *_WHOLE),
    "retention_years": _Key("years for which a release's records are kept", *_WHOLE),
}
_ALL_KEYS = (*_KEYS, "roles")


def read_front_matter(source: Source, faults: Faults) -> dict[str, Any]:
    """Read the values by key; None for what is missing or wrong. Roles without a title are left out."""
    data = source.data
    if not isinstance(data, dict):
        faults.add(source.locate(), "front matter must be a group of fields", "write it as `key: value`")
        return dict.fromkeys(_ALL_KEYS)
    for key in data:
        if key not in _ALL_KEYS:
            faults.add(source.locate_key(key), f"unknown key {shown(key)}", nearest(key, _ALL_KEYS))
    values = {key: _value(source, key, about, faults) for key, about in _KEYS.items()}
    return {**values, "roles": _roles(source, faults)}


def _value(source: Source, key: str, about: _Key, faults: Faults) -> Any:
    if key not in source.data:
        faults.add(source.locate_key(), f"key '{key}' is missing", f"{about.purpose}: {about.hint}")
        return None
    text = source.data[key]
    if isinstance(text, str) and re.match(rf"(?:{about.pattern})\Z", text):
        try:
            return about.convert(text)
        except ValueError:
            pass  # the 31st of June: told below like any other text that is no day
    told = shown(text) if isinstance(text, str) else f"'{key}'"
    faults.add(source.locate(key), f"{told} is no {about.kind}", about.hint)
    return None


def _roles(source: Source, faults: Faults) -> dict[str, str] | None:
    hint = "write a line `role-id: Title` for each role that signs"
    if "roles" not in source.data:
        faults.add(source.locate_key(), "key 'roles' is missing", hint)
        return None
    roles = source.data["roles"]
    if not isinstance(roles, dict) or not roles:
        faults.add(source.locate("roles"), "'roles' must be a group of fields", hint)
        return None
    titled = {}
    for role, title in roles.items():
        if not _ROLE.match(role):
            hint = "use a-z, 0-9 and dashes: qa-lead"
            faults.add(source.locate_key("roles", role), f"{shown(role)} is no role id", hint)
        elif not isinstance(title, str) or not title.strip():
            hint = f"write it as `{role}: Title`"
            faults.add(source.locate("roles", role), f"role '{role}' has no title", hint)
        else:
            titled[role] = title
    return titled
