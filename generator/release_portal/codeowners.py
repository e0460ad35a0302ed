"""CODEOWNERS: who consents to changes of a repository, as GitHub and GitLab read the file."""

import re

PLACES = (
    ".github/CODEOWNERS",
    "CODEOWNERS",
    ".gitlab/CODEOWNERS",
    "docs/CODEOWNERS",
)  # where forges look for it
_GAP = re.compile(r"(?<!\\)\s+")  # a space in a path is escaped
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?(?:\s+(?P<owners>.*))?")


def owners(text: str) -> tuple[str, ...]:
    """Everybody who owns something: addresses, `@user` and `@group/team`, in the order of the file, each once.

    Of two lines with the same pattern the last one counts. Owners behind the name of a section of GitLab's own what
    names none in it.
    """
    found: dict[str, list[str]] = {}
    of_section: list[str] = []
    in_section = False
    for line in text.splitlines():
        said = _COMMENT.sub("", line).strip()
        if section := _SECTION.fullmatch(said):
            of_section, in_section = (section["owners"] or "").split(), True
        elif said:
            pattern, *named = _GAP.split(said)
            found.pop(pattern, None)
            found[pattern] = named or (of_section if in_section else [])
    return tuple(dict.fromkeys(owner for named in found.values() for owner in named))
