"""Which tags carry releases: the ones that a pattern such as `v{version}` gives, in order of their versions."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import semver

from release_portal.git.tags import Tag

_LONGEST = 100
_PLAIN = ("", "v", "V")
_LOOSE = re.compile(r"[vV]?0*([0-9]+)\.0*([0-9]+)\.0*([0-9]+)((?:-[^+]*)?)(?:\+.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReleaseTag:
    """The tag of a version."""

    version: str
    tag: Tag

    @property
    def precedence(self) -> semver.Version:
        """Sorts by SemVer."""
        return semver.Version.parse(self.version)

    @property
    def is_final(self) -> bool:
        """Whether the version is no pre-release."""
        return not self.precedence.prerelease


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
            is_final = one.is_final
            pairs.append((one, final if is_final else previous))
            previous, final = one, one if is_final else final
        return tuple(pairs)


def release_tags(tags: Iterable[Tag], pattern: str) -> ReleaseTags:
    """The release tags among tags. `pattern` holds `{version}` once."""
    spelling = _Spelling(*pattern.split("{version}", 1))
    alike: dict[str, list[Tag]] = defaultdict(list)
    exact: dict[str, ReleaseTag] = {}
    for tag in tags:
        if key := spelling.normal(tag.name):
            alike[key].append(tag)
            if version := spelling.version(tag.name):
                exact[key] = ReleaseTag(version, tag)
    single = [one for key, one in exact.items() if len(alike[key]) == 1]
    usable = [one for one in single if one.tag.target_type == "commit"]
    return ReleaseTags(
        tags=tuple(sorted(usable, key=lambda one: one.precedence)),
        ambiguous=tuple(tuple(alike[key]) for key in exact if len(alike[key]) > 1),
        unusable=tuple(one.tag for one in single if one.tag.target_type != "commit"),
    )


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What stands before and after the version in a release tag's name."""

    before: str
    after: str = ""

    def version(self, name: str) -> str:
        """The version that a tag's name spells as the pattern wants it; empty if none."""
        version = self._within(name)
        usable = version.isascii() and len(version) <= _LONGEST and semver.Version.is_valid(version)
        return version if usable and name == f"{self.before}{version}{self.after}" else ""

    def normal(self, name: str) -> str:
        """The version that a reader could take a tag's name for, without build metadata; empty if none."""
        match = _LOOSE.fullmatch(self._within(name))
        return ".".join(match.groups()) if match and len(name) <= _LONGEST + len(self.before + self.after) else ""

    def _within(self, name: str) -> str:
        """What a name has in the version's place; all of it where a plain version would be read alike."""
        start, end = len(self.before), len(name) - len(self.after)
        around = (name[:start].casefold(), name[end:].casefold())
        if start <= end and around == (self.before.casefold(), self.after.casefold()):
            return name[start:end]
        return name if self.before in _PLAIN and not self.after else ""
