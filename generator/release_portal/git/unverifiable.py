"""Why git can prove nothing here: each reason is a state of its own and names what to do."""

from enum import StrEnum

from release_portal.failure import CannotVerify


class State(StrEnum):
    """What keeps a repository from being read as proof."""

    NO_GIT = "no git"
    ABSENT = "absent"
    EMPTY = "empty"
    SHALLOW = "shallow"
    DAMAGED = "damaged"


class Unverifiable(CannotVerify):
    """No verdict can be given: nothing is missing, nothing has passed."""

    def __init__(self, state: State, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.state = state


def no_git() -> Unverifiable:
    """Git or the library that runs it is not installed."""
    return Unverifiable(State.NO_GIT, "git is not installed", "install git 2.34 or newer")


def absent(path: str) -> Unverifiable:
    """There is no repository in a folder."""
    return Unverifiable(State.ABSENT, f"{path} is no git repository", "clone it there, or correct its path")


def empty(path: str) -> Unverifiable:
    """A repository has no commit on HEAD."""
    return Unverifiable(
        State.EMPTY, f"{path} has no commit yet", "commit, or check out a branch that has commits"
    )


def shallow(path: str) -> Unverifiable:
    """History is cut off, so what is not seen may still exist."""
    hint = "run `git fetch --unshallow --tags`; with actions/checkout set `fetch-depth: 0`"
    return Unverifiable(State.SHALLOW, f"{path} is a shallow clone: history and tags are cut off", hint)


def damaged(path: str, reason: str) -> Unverifiable:
    """Git itself could not read the repository."""
    hint = "run `git fsck`, or clone again in full, without --filter"
    return Unverifiable(State.DAMAGED, f"{path} cannot be read: {reason}", hint)


def unknown_revision(path: str, revision: str) -> Unverifiable:
    """A revision that the user named is not in a clone, which may be because nobody fetched it."""
    hint = "fetch it with `git fetch origin`, or name a branch, a tag or a commit id"
    return Unverifiable(State.ABSENT, f"{path} has no commit '{revision}'", hint)
