"""What was deployed where, when, by whom, with whose approval.

One entry for each run that touched an environment, failed and rolled-back ones included. The deployer
is neither the author nor the approver.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

Environment = Literal["staging", "production"]
DeploymentOutcome = Literal["succeeded", "failed", "rolled-back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One run of the pipeline; `artefact` is the SHA-256 of what was deployed."""

    environment: Environment
    region: str
    version: str
    commit: str
    started_at: datetime
    finished_at: datetime
    deployed_by: str
    approved_by: str
    pipeline: str
    outcome: DeploymentOutcome
    artefact: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployments:
    """All deployments of a release."""

    deployments: tuple[Deployment, ...]


RECORD = RecordType(
    name="deployments",
    title="Deployment records",
    purpose="What was deployed where, when, by whom, with whose approval.",
    file="deployments.yaml",
    shape=Deployments,
    schema={
        "deployments": field.rows(
            {
                "environment": field.choice(Environment, "Environment"),
                "region": field.text("Region", "Such as ap-south-1."),
                "version": field.kind("version", "Version"),
                "commit": field.kind("commit", "Commit"),
                "started_at": field.instant("Started at"),
                "finished_at": field.instant("Finished at"),
                "deployed_by": field.person("Deployed by", "Who started the run."),
                "approved_by": field.person("Approved by", "Who let it pass; not the deployer."),
                "pipeline": field.kind("link", "Pipeline run"),
                "outcome": field.choice(DeploymentOutcome, "Outcome"),
                "artefact": field.kind("SHA-256", "Artefact", "Digest of what was deployed.", optional=True),
                "note": field.text("Note", optional=True),
                "evidence": evidence("Pipeline log or export."),
            },
            "Deployments",
            "Every run that touched an environment.",
            least=1,
        ),
    },
    scaffold="""\
deployments:
  - environment: production
    region: <fill in a region>
    version: "{version}"
    commit: <fill in the full object id>
    started_at: <fill in RFC 3339 with zone>
    finished_at: <fill in RFC 3339 with zone>
    deployed_by: <fill in a person's id>
    approved_by: <fill in a person's id>
    pipeline: <fill in the link to the run>
    outcome: <fill in succeeded, failed or rolled-back>
""",
)
