"""All that the public may see, as frozen values. A field that is not here is on no public page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument:
    """A document for the public: where it is, and its own version."""

    kind: str
    title: str
    url: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisclosure:
    """Something that customers must be told."""

    kind: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotes:
    """Published release notes; `text` is Markdown."""

    headline: str
    published_on: date
    text: str
    disclosures: tuple[PublicDisclosure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """A notice that was sent; `text` is Markdown. `name` is made of its day and subject, never of its file's name."""

    name: str
    subject: str
    sent_on: date
    text: str
    version: str

    @property
    def uri(self) -> str:
        """Its page."""
        return f"notices/{self.name}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRelease:
    """A release that production runs or ran, from the day in UTC on which it first did.

    Of a withdrawn one nothing is left but that: no notes, no documents, no notices.
    """

    version: str
    deployed_on: date
    withdrawn: bool = False
    notes: PublicNotes | None = None
    documents: tuple[PublicDocument, ...] = ()
    notices: tuple[PublicNotice, ...] = ()

    @property
    def uri(self) -> str:
        """Its page."""
        return f"releases/{self.version}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPortal:
    """What a site for the public holds: releases from newest to oldest, and which of them runs since when.

    `name`, `url` and `description` are those that mkdocs.yml gives the public site; `url` may be empty. `welcome` is
    the HTML, and `guides` are the addresses, of what is written by hand in docs/public/.
    """

    name: str
    url: str = ""
    description: str = ""
    releases: tuple[PublicRelease, ...] = ()
    production: PublicRelease | None = None
    since: date | None = None
    welcome: str = ""
    guides: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[PublicNotice, ...]:
        """Every notice, the newest first."""
        found = (notice for release in self.releases for notice in release.notices)
        return tuple(sorted(found, key=lambda one: (one.sent_on, one.name), reverse=True))

    @property
    def documents(self) -> tuple[PublicDocument, ...]:
        """Every document once, as the newest release that lists it does."""
        found: dict[str, PublicDocument] = {}
        for release in self.releases:
            for document in release.documents:
                found.setdefault(document.url, document)
        return tuple(sorted(found.values(), key=lambda one: (one.kind, one.title)))
