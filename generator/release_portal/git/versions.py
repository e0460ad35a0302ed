"""Which tags carry releases: the ones that a pattern such as `v{version}` gives, in order of their versions."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import semver

from release_portal.git.tags import Tag

_LONGEST = 100
_PLAIN = ("", "v", "V")
_LOOSE = re.compile(r"[vV]?0*([0-9]+)\.0*([0-9]+)\.0*([0-9]+)((?:-[^+]*)?)(?:\+.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReleaseTag:
    """The tag of a version; final if it is no pre-release."""

    version: str
    tag: Tag
    is_final: bool


@dataclass(frozen=True)
class ReleaseTags:
    """Release tags in ascending order of version.

    `ambiguous` groups tags that spell one version: v1.0.0 beside 1.0.0, V1.0.0 or v1.0.0+5. None of such
    a group is in `tags`. `unusable` are release tags that stand for a tree or a file, not for a commit.
    """

    tags: tuple[ReleaseTag, ...] = ()
    ambiguous: tuple[tuple[Tag, ...], ...] = ()
    unusable: tuple[Tag, ...] = ()

    def of(self, version: str) -> ReleaseTag | None:
        """The tag of a version."""
        return self._by_version.get(version)

    @cached_property
    def _by_version(self) -> dict[str, ReleaseTag]:
        return {one.version: one for one in self.tags}

    @cached_property
    def bases(self) -> tuple[tuple[ReleaseTag, ReleaseTag | None], ...]:
        """Each tag with the tag before it: a final version follows a final one, a pre-release any version."""
        pairs: list[tuple[ReleaseTag, ReleaseTag | None]] = []
        previous: ReleaseTag | None = None
        final: ReleaseTag | None = None
        for one in self.tags:
            pairs.append((one, final if one.is_final else previous))
            previous, final = one, one if one.is_final else final
        return tuple(pairs)


def release_tags(tags: Iterable[Tag], pattern: str) -> ReleaseTags:
    """The release tags among tags. `pattern` holds `{version}` once."""
    spelling = _Spelling(*pattern.split("{version}", 1))
    alike: dict[str, list[Tag]] = defaultdict(list)
    exact: dict[str, ReleaseTag] = {}
    order: dict[str, tuple[Any, ...]] = {}
    for tag in tags:
        text = spelling.within(tag.name)
        match = _LOOSE.fullmatch(text) if len(text) <= _LONGEST else None
        if match:
            key = ".".join(match.groups())
            alike[key].append(tag)
            if spelling.fits(tag.name, text) and (
                precedence := _precedence(text, match[1], match[2], match[3])
            ):
                exact[key] = ReleaseTag(text, tag, not match[4])
                order[text] = precedence
    single = [one for key, one in exact.items() if len(alike[key]) == 1]
    usable = [one for one in single if one.tag.target_type == "commit"]
    return ReleaseTags(
        tags=tuple(sorted(usable, key=lambda one: order[one.version])),
        ambiguous=tuple(tuple(alike[key]) for key in exact if len(alike[key]) > 1),
        unusable=tuple(one.tag for one in single if one.tag.target_type != "commit"),
    )


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What stands before and after the version in a release tag's name."""

    before: str
    after: str = ""

    def fits(self, name: str, version: str) -> bool:
        """Whether a name is just what the pattern makes of a version."""
        return name == f"{self.before}{version}{self.after}"

    def within(self, name: str) -> str:
        """What a name has in the version's place; all of it where a plain version would be read alike."""
        start, end = len(self.before), len(name) - len(self.after)
        before, after = name[:start], name[end:]
        if start <= end and (before, after) == (self.before, self.after):
            return name[start:end]
        if start <= end and (before + after).casefold() == (self.before + self.after).casefold():
            return name[start:end]
        return name if self.before in _PLAIN and not self.after else ""


def _precedence(text: str, *numbers: str) -> tuple[Any, ...] | None:
    """What sorts a version as SemVer does; None where the text is no version.

    The library compares versions in pairs, which takes ten times as long for a thousand of them.
    """
    if text == ".".join(numbers):  # as plain as can be
        return (*map(int, numbers), True, ())
    try:
        version = semver.Version.parse(text)
    except ValueError:
        return None
    parts = version.prerelease.split(".") if version.prerelease else []
    before = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
    return (version.major, version.minor, version.patch, not parts, before)
