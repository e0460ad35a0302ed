"""How far a release is: the state of each deliverable and of each phase, and what stands in the way."""

from release_portal.progress._conditions import holds, is_settled
from release_portal.progress._judgement import progress
from release_portal.progress._signing import is_proved, is_stale, signing_roles, signoff_gap
from release_portal.progress._values import (
    DeliverableProgress,
    Gap,
    Measure,
    PhaseProgress,
    Progress,
)
from release_portal.progress._vocabulary import Basis, GapKind, Stage, State
from release_portal.progress._waivers import (
    AUTHORITY,
    SIGNED_SINCE,
    accepting_roles,
    is_accepted,
    is_earlier,
    unwaivable,
    waiver_gap,
)

__all__ = [
    "AUTHORITY",
    "SIGNED_SINCE",
    "Basis",
    "DeliverableProgress",
    "Gap",
    "GapKind",
    "Measure",
    "PhaseProgress",
    "Progress",
    "Stage",
    "State",
    "accepting_roles",
    "holds",
    "is_accepted",
    "is_earlier",
    "is_proved",
    "is_settled",
    "is_stale",
    "progress",
    "signing_roles",
    "signoff_gap",
    "unwaivable",
    "waiver_gap",
]
