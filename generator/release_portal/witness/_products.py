"""Asks the product repositories."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from release_portal.facts import NotChecked, Product
from release_portal.git import Keys, Repository, State, Unverifiable, Verifier
from release_portal.roster import Roster
from release_portal.settings import Repository as Setting
from release_portal.witness._cache import cache_of


def products(
    root: Path, settings: Sequence[Setting], roster: Roster, keys: Keys, now: datetime
) -> Iterator[Product | NotChecked]:
    """Each product repository, or why it was not checked.

    Raises:
        Unverifiable: it is required and absent, or there but not whole.

    """
    for setting in settings:
        try:
            repository = Repository.open((root / setting.path).resolve())
        except Unverifiable as reason:
            if setting.required or reason.state not in {State.ABSENT, State.NO_GIT}:
                raise
            yield NotChecked(setting.name, reason.message, reason.hint)
            continue
        cache = cache_of(root, setting.name, repository)
        history = repository.history(setting.tag_pattern, cache)
        with Verifier(repository, keys, cache) as verifier:
            signatures = {}
            for one in history.released.tags:
                person = roster.by_email(one.tag.tagger.email) if one.tag.tagger else None
                addresses = frozenset(email.casefold() for email in person.emails) if person else frozenset()
                signatures[one.tag.name] = verifier.tag(one.tag, addresses, now)
        yield Product(setting, history, signatures)
