"""Rules that had nothing to judge here, because what they ask for could not be read."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from release_portal.portal import Portal
from release_portal.rules._rule import Rule


class _Asked(Exception):  # noqa: N818  # an answer, not an error
    """A rule asked for what is not there."""


class _Silent:
    """Stands where git facts or a base branch would: whoever asks it anything is told why it is not there."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def __getattr__(self, name: str) -> NoReturn:
        raise _Asked(self._reason)


def unjudged(portal: Portal, rules: tuple[Rule, ...]) -> Mapping[str, str]:
    """Why a rule could not judge all that it is for, by the rule's name."""
    silent: dict[str, Any] = {field: _Silent(reason) for field, reason in _missing(portal)}
    if not silent:
        return {}
    blind = replace(portal, **silent)
    reasons = {rule.name: _asked(rule, blind) for rule in rules}
    return {name: reason for name, reason in reasons.items() if reason}


def _missing(portal: Portal) -> Iterator[tuple[str, str]]:
    if portal.base is None:
        yield "base", "no base branch to compare with (--base)"
    if portal.git.unchecked:
        yield "git", "; ".join(f"{one.name}: not checked here, {one.reason}" for one in portal.git.unchecked)


def _asked(rule: Rule, blind: Portal) -> str:
    """Why what a rule asked for first is not there; empty where it asked for nothing that is missing."""
    try:
        deque(rule.check(blind), maxlen=0)
    except _Asked as missing:
        return str(missing)
    return ""
