"""How far a release is: the state of each deliverable and of each phase, and what stands in the way."""

from release_portal.progress._conditions import holds, is_settled
from release_portal.progress._judgement import progress
from release_portal.progress._signing import is_proved, is_stale, signing_roles, signoff_gap
from release_portal.progress._values import (
    Basis,
    DeliverableProgress,
    Gap,
    GapKind,
    Measure,
    PhaseProgress,
    Progress,
    Stage,
    State,
)

__all__ = [
    "Basis",
    "DeliverableProgress",
    "Gap",
    "GapKind",
    "Measure",
    "PhaseProgress",
    "Progress",
    "Stage",
    "State",
    "holds",
    "is_proved",
    "is_settled",
    "is_stale",
    "progress",
    "signing_roles",
    "signoff_gap",
]
