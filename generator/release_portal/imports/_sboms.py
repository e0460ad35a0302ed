"""What the two formats of bills of materials share: they go beside the dependency scan, as its inventory."""

from collections.abc import Mapping

from release_portal.imports._importer import Copy, Entry, Facts, Value

RECORDS = ("scans",)


def beside_dependency_scan(copies: tuple[Copy, ...], offers: Mapping[str, Value]) -> tuple[Facts, ...]:
    """Evidence of the dependency scan. An inventory is no scan: what a scan says is left to be filled in."""
    entry = Entry(identity={"kind": "dependencies"}, offers=offers, evidence=copies)
    return (Facts(record="scans", listing="scans", entries=(entry,)),)


def inventory(kind: str, count: int, of: str, tool: str) -> str:
    """One sentence on what a bill of materials lists."""
    words = f"{kind} bill of materials{f' of {of}' if of else ''}: {count} component{'s' * (count != 1)}"
    return f"{words}, written by {tool}" if tool else words
