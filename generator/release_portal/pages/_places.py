"""Where each record is shown: the one table behind every link to a record."""

from release_portal.release import Release

# The pages that every release has, as (label, path below its overview).
PAGES = (
    ("Notes", "notes/"),
    ("Changes", "changes/"),
    ("Compliance", "compliance/"),
    ("Development", "development/"),
    ("Testing", "testing/"),
    ("Sign-offs", "signoffs/"),
    ("Deployment", "deployment/"),
    ("Monitoring", "monitoring/"),
    ("Notifications", "notifications/"),
    ("Retrospective", "retrospective/"),
    ("Runbooks", "runbooks/"),
    ("Evidence", "evidence/"),
    ("History", "history/"),
)

# Section of a page below the release's own. Each section has the record type's name as its id.
_PAGES = {
    "changes/": ("scope", "changes", "cab-minutes"),
    "compliance/": ("risk-assessment", "checklist", "exceptions"),
    "development/": ("code-review", "scans", "threat-model"),
    "testing/": ("test-summary", "access-log", "rollback-rehearsal"),
    "notes/": ("release-notes",),
    "notes/internal/": ("release-notes-internal",),
    "runbooks/": ("runbook", "documentation"),
    "deployment/": ("release-package", "go-no-go", "deployment-plan", "deployments", "dashboards"),
    "monitoring/": ("health", "incident", "audit-package"),
    "notifications/": ("notice", "send-log"),
    "retrospective/": ("retrospective", "actions", "process-change"),
}
_PAGE_OF = {name: page for page, names in _PAGES.items() for name in names}


def home(release: Release) -> str:
    """Address of a release's overview, from the site's root."""
    return f"releases/{release.version}/"


def place(release: Release, type_name: str, phase_slug: str = "") -> str:
    """Address at which records of a type are shown; one without a page stands in its phase's panel."""
    page = _PAGE_OF.get(type_name)
    return f"{home(release)}{page}#{type_name}" if page else f"{home(release)}#{phase_slug}"
