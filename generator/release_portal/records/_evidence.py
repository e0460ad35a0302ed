"""The one shape of evidence: a copied file or a link, with its SHA-256 and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from release_portal.records import _fields as field
from release_portal.records._kinds import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One artefact. Exactly one of `path` and `url` is set.

    `path` is relative to the release's folder; `sha256` is 64 hexadecimal digits, demanded for a path.
    """

    describes: str
    path: str = ""
    url: str = ""
    sha256: str = ""


class _OneSource:
    """A file with its digest, or a link: as a Cerberus `check_with`, and as `keywords` of JSON Schema."""

    keywords: ClassVar[Mapping[str, Any]] = {
        "oneOf": [
            {"required": ["path", "sha256"], "not": {"required": ["url"]}},
            {"required": ["url"], "not": {"required": ["path"]}},
        ]
    }

    def __call__(self, name: str, value: Mapping[str, object] | None, error: Report) -> None:
        if value is None:
            return  # Cerberus reports a missing value itself
        if ("path" in value) == ("url" in value):
            error(name, "evidence names either a file or a link|keep exactly one of `path` and `url`")
        elif "path" in value and "sha256" not in value:
            error(name, "an evidence file needs its digest|add `sha256`, as `sha256sum FILE` prints it")


_ITEM = field.group(
    {
        "path": field.kind(
            "evidence file", "File", "A file below the release's evidence/ folder.", optional=True
        ),
        "url": field.kind("link", "Link", "Where the artefact is, if it cannot be copied.", optional=True),
        "sha256": field.kind("SHA-256", "SHA-256", "Digest of the file: `sha256sum FILE`.", optional=True),
        "describes": field.text("What it shows", "One sentence: what a reader learns from it."),
    },
    "Evidence",
) | {"check_with": _OneSource()}


def evidence(help_: str = "Artefacts that prove this record.", *, least: int = 0) -> field.Field:
    """The field `evidence`, the same in every record; `least` is the smallest good number."""
    return field.listing(_ITEM, "Evidence", help_, optional=not least, least=least)
