"""The duties in the access log are not those that changes and deployments show.

## Why it matters
The access log states who wrote, who approves and who deploys; separation of duties is judged by it before the
deployment. If somebody else wrote or deployed, the judgement was about the wrong people.

## How to fix
List all authors of the change log, and no others. If somebody else deployed or approved than was listed, correct
the list, have separation of duties looked at again, and see who let them.

## Controls
- SOC 2 CC8.1: development, approval and deployment are separate duties.
- PCI DSS 6.5.4: roles are separated between production and pre-production.
"""

from collections.abc import Iterator

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.access_log import AccessLog, Duties
from release_portal.release import Release
from release_portal.rules._people import among, authors_of_changes, tickets_of
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare the lists of duties with the change log and with the deployments."""
    for release, record in portal.all(AccessLog):
        if record.value is None:
            continue
        duties = record.value.duties
        for at, message, hint in (
            *_authors(portal, release, record, duties),
            *_deployments(portal, release, record, duties),
        ):
            severity = by_stage(portal, release, at)
            if severity:
                yield Problem(at, message, hint, release.version, severity)


def _authors(
    portal: Portal, release: Release, record: Record[AccessLog], duties: Duties
) -> Iterator[tuple[Location, str, str]]:
    wrote = list(dict.fromkeys(one for people in authors_of_changes(release).values() for one in people))
    for person in wrote:
        if not among(portal.roster, person, duties.authors):
            tickets = listed(tickets_of(portal.roster, release, person))
            message = f"{portal.roster.name(person)} wrote part of {tickets}, but is not among the authors"
            yield record.source.locate_key("duties", "authors"), message, f"add {person} to `authors`"
    for index, person in enumerate(duties.authors if wrote else ()):
        if not among(portal.roster, person, wrote):
            at = record.source.locate("duties", "authors", index)
            message = f"{portal.roster.name(person)} is among the authors, but wrote no change of the release"
            yield at, message, "take them out, or name them as an author of their change"


def _deployments(
    portal: Portal, release: Release, record: Record[AccessLog], duties: Duties
) -> Iterator[tuple[Location, str, str]]:
    for run in production_runs(release):
        for key, list_, deed in (
            ("deployed_by", "deployers", "deployed to"),
            ("approved_by", "approvers", "approved the deployment to"),
        ):
            person = getattr(run.deployment, key)
            if not among(portal.roster, person, getattr(duties, list_)):
                place = record.source.locate_key("duties", list_)
                message = f"{portal.roster.name(person)} {deed} {run.deployment.region}, but is not among the {list_}"
                hint = f"add {person} to `{list_}` ({place}) if that was agreed; if not, see who let them"
                yield run.at(key), message, hint


RULE = Rule(__name__, check, guards=("access-log",))
