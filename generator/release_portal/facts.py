"""What git says, as frozen values: the portal's own history, and the product repositories."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from release_portal import settings
from release_portal.git import (
    Ancestry,
    Commit,
    FileChange,
    FileHistory,
    FileLog,
    History,
    Key,
    Keys,
    Signature,
)
from release_portal.git.files import Touch
from release_portal.process import Process


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Why git was not asked, or cannot answer: neither good nor bad."""

    name: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """A version of the process as its commit has it. `text` is the whole document."""

    process: Process
    commit: Commit
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A key of the key list, with the commit that listed it first with the window that it has."""

    key: Key
    commit: Commit


@dataclass(frozen=True)
class OwnHistory:
    """History of the portal's records, roster and process.

    `signatures` are by commit id, of the commits that gave sign-off files their content; `clean` says of
    a sign-off's path whether the file on disk is the one that HEAD has. `closings` are, by a closed release's
    folder, the commits that closed it; `uncommitted` are roster, keys and process where HEAD has another file.
    `rejections` are, by path of a sign-off, the changes that left a rejection there which HEAD has no more.
    """

    files: FileLog
    clean: Mapping[str, bool]
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    ancestry: Ancestry = field(default_factory=Ancestry)
    closings: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict)
    uncommitted: tuple[str, ...] = ()
    rejections: Mapping[str, tuple[FileChange, ...]] = field(default_factory=dict)

    def of(self, path: str) -> FileHistory | None:
        """History of a file, by its path from the portal's root; None if it was never committed."""
        return self.files.of(path)

    def touching(self, folder: str) -> Sequence[Touch]:
        """Every commit that touched a release's folder, `releases/2.4.0`, children before parents."""
        return self._by_folder.get(folder, ())

    @cached_property
    def _by_folder(self) -> Mapping[str, Sequence[Touch]]:
        found: dict[str, list[Touch]] = defaultdict(list)
        for touch in self.files.touches:
            for folder in {"/".join(path.split("/")[:2]) for path in touch.files}:
                found[folder].append(touch)
        return found


@dataclass(frozen=True)
class Product:
    """A product repository: its history, and the signature of each release tag by the tag's name."""

    repository: settings.Repository
    history: History
    signatures: Mapping[str, Signature] = field(default_factory=dict)


@dataclass(frozen=True)
class GitFacts:
    """All that git says to a portal.

    `versions` are the texts of the process document, oldest first. `keys` are those that proofs are judged by,
    `listings` when each was listed first.
    """

    own: OwnHistory | NotChecked
    products: tuple[Product | NotChecked, ...] = ()
    versions: tuple[ProcessVersion, ...] = ()
    keys: Keys = field(default_factory=Keys)
    listings: tuple[Listing, ...] = ()

    @property
    def history(self) -> OwnHistory | None:
        """The portal's own history; None where it was not checked."""
        return self.own if isinstance(self.own, OwnHistory) else None

    def process(self, version: str) -> ProcessVersion | None:
        """The latest text of a version of the process."""
        return next((one for one in reversed(self.versions) if one.process.version == version), None)

    @property
    def checked(self) -> tuple[Product, ...]:
        """The product repositories that could be read."""
        return tuple(one for one in self.products if isinstance(one, Product))

    @property
    def unchecked(self) -> tuple[NotChecked, ...]:
        """What was not checked here."""
        return tuple(one for one in (self.own, *self.products) if isinstance(one, NotChecked))

    def product(self, name: str) -> Product | None:
        """The product repository of a name, if it could be read."""
        return next((one for one in self.checked if one.repository.name == name), None)
