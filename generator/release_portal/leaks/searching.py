"""Finds all internal texts in a text at once: as they are, and where dashes or the like stand for their spaces."""

from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from release_portal.leaks.internal import Wanted, bounded
from release_portal.leaks.words import plain, spaced

_SURE = 8  # letters that no chance puts together


class Search:
    """What is wanted, made ready to be looked for."""

    def __init__(self, wanted: Wanted) -> None:
        self._kinds = wanted.texts
        self._texts = list(wanted.texts)
        # Only what has a space in it: an id has dashes of its own, and stands for nothing without them.
        self._phrases = [text for text in self._texts if " " in text]
        self._exact = _automaton(self._texts)
        self._loose = _automaton([spaced(text) for text in self._phrases])

    def found(self, text: str, form: str) -> Iterator[str]:
        """Give each wanted text that stands in a text; `form` tells how that is written."""
        exact, loose = plain(text), spaced(text)
        yield from self._counted(self._exact, self._texts, exact, form)
        if loose != exact:
            yield from self._counted(self._loose, self._phrases, loose, form)

    def _counted(self, search: AhoCorasick | None, texts: list[str], where: str, form: str) -> Iterator[str]:
        for number, begin, end in search.find_matches_as_indexes(where, overlapping=True) if search else ():
            if _counts(self._kinds[texts[number]], form, where, begin, end):
                yield texts[number]


def _automaton(texts: list[str]) -> AhoCorasick | None:
    return AhoCorasick(texts) if texts else None


def _counts(kind: str, form: str, where: str, begin: int, end: int) -> bool:
    """Whether a match is one: digits of a commit or a digest may go on, words must end where the text ends.

    Where base64 begins is not known, so that letters which mean nothing may stand before the text.
    """
    if "base64" in form and end - begin >= _SURE:
        return True
    if kind in {"commits", "digests"}:
        return not where[begin - 1 : begin].isalnum()
    return bounded(where, begin, end)
