"""How the release goes to production, when to stop, and how to go back.

Every step has an owner. The abort criteria are measurable, so that nobody has to argue at night.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

Strategy = Literal["rolling", "blue-green", "canary", "all-at-once"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span in which the deployment may take place."""

    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and who answers for it."""

    step: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentPlan:
    """Plan of a deployment and of the way back."""

    window: Window
    strategy: Strategy
    steps: tuple[Step, ...]
    abort_criteria: tuple[str, ...]
    rollback: tuple[Step, ...]


_STEP = {"step": field.text("Step"), "owner": field.person("Owner")}

RECORD = RecordType(
    name="deployment-plan",
    title="Deployment plan",
    purpose="Steps to production, abort criteria, and the way back.",
    file="deployment-plan.md",
    shape=DeploymentPlan,
    schema={
        "window": field.group({"from": field.instant("From"), "until": field.instant("Until")}, "Window"),
        "strategy": field.choice(Strategy, "Strategy"),
        "steps": field.rows(_STEP, "Steps", "In order, each with its owner.", least=1),
        "abort_criteria": field.listing(
            field.text("Criterion"),
            "Abort criteria",
            "Measurable; any one of them stops the deployment.",
            least=1,
        ),
        "rollback": field.rows(_STEP, "Rollback", "The way back, in order.", least=1),
    },
    sections=("Overview",),
    scaffold="""\
---
window:
  from: <fill in RFC 3339 with zone>
  until: <fill in RFC 3339 with zone>
strategy: <fill in rolling, blue-green, canary or all-at-once>
steps:
  - step: <fill in the first step>
    owner: <fill in a person's id>
abort_criteria:
  - <fill in a measurable criterion>
rollback:
  - step: <fill in the first step back>
    owner: <fill in a person's id>
---

## Overview

<fill in how the deployment goes, in a paragraph>
""",
)
