"""The words for how far a release is: one vocabulary for pages, reports and rules."""

from enum import StrEnum


class State(StrEnum):
    """State of a deliverable or a phase: the one vocabulary of the portal."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    DUE = "due"
    MISSING = "missing"
    STALE = "stale"
    NOT_DUE = "not due"
    NOT_APPLICABLE = "not applicable"
    NOT_CHECKED = "not checked here"


class Stage(StrEnum):
    """Where a phase lies, seen from the phase that the release is in."""

    PASSED = "passed"
    CURRENT = "current"
    AHEAD = "ahead"


class GapKind(StrEnum):
    """What a deliverable lacks."""

    RECORD = "record"
    INVALID = "invalid"
    UNFILLED = "unfilled"
    SIGN_OFF = "sign-off"
    EVIDENCE = "evidence"
    UNPROVED = "unproved"
    STALE = "stale"
    REJECTED = "rejected"
    WAIVER = "waiver"


class Basis(StrEnum):
    """What stands behind something that is done: only sign-offs that git or a signature confirms prove it."""

    PROVED = "proved"
    STATED = "stated"
    UNSIGNED = "unsigned"
