"""Dashboards that show the new version: monitoring, security, audit.

Updated when the version went to production, so that an anomaly can be told from the version before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

DashboardKind = Literal["monitoring", "security", "audit", "business"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """One dashboard; `version` is the version that it shows."""

    name: str
    kind: DashboardKind
    url: str
    version: str
    updated_at: datetime
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboards:
    """All dashboards updated for a release."""

    dashboards: tuple[Dashboard, ...]


RECORD = RecordType(
    name="dashboards",
    title="Dashboards",
    purpose="Where the new version can be watched.",
    file="dashboards.yaml",
    shape=Dashboards,
    schema={
        "dashboards": field.rows(
            {
                "name": field.text("Dashboard"),
                "kind": field.choice(DashboardKind, "Kind"),
                "url": field.kind("link", "Link"),
                "version": field.kind("version", "Version", "The version that it shows."),
                "updated_at": field.instant("Updated at"),
                "owner": field.person("Owner"),
            },
            "Dashboards",
            "Monitoring and security at the least.",
            least=1,
        ),
    },
    scaffold="""\
dashboards:
  - name: <fill in its name>
    kind: monitoring
    url: <fill in its link>
    version: "{version}"
    updated_at: <fill in RFC 3339 with zone>
    owner: <fill in a person's id>
  - name: <fill in its name>
    kind: security
    url: <fill in its link>
    version: "{version}"
    updated_at: <fill in RFC 3339 with zone>
    owner: <fill in a person's id>
""",
)
