"""`release-portal check`: what is wrong, what is missing, and who must act."""

import json
import pkgutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from release_portal import output
from release_portal.commands._invocation import Invocation, instant, known_versions, versions_in
from release_portal.commands._past import unasked

if TYPE_CHECKING:  # an answer from memory need not wait for the rules
    from release_portal.assess import Assessment

# A format has the name of its file: no need to import them all for the help text.
_FORMATS = ", ".join(one.name for one in pkgutil.iter_modules(output.__path__) if one.name[0] != "_")


@click.command()
@click.argument("versions", nargs=-1, metavar="[VERSION]...")
@click.option(
    "--as-of", callback=instant, metavar="DATE", help="Judge as of a day or an instant. Default: now."
)
@click.option("--base", default="", metavar="REF", help="Judge by roster, keys and process of a branch.")
@click.option("--format", "format_", default="text", metavar="FORMAT", help=f"One of {_FORMATS}.")
@click.option("--require-git", is_flag=True, help="Let every product repository be required, as CI wants it.")
@click.pass_obj
def check(
    invocation: Invocation,
    versions: tuple[str, ...],
    as_of: datetime | None,
    base: str,
    format_: str,
    *,
    require_git: bool,
) -> int:
    """Check records, sign-offs and evidence.

    All releases, or the VERSIONs given, which may be paths of their files. Findings go to standard output at path:line:column, each with
    its rule and a hint. Exit code 0: nothing is wrong; 1: something is; 3: it could not be verified.

    \b
    Examples:
      release-portal check
      release-portal check 2.4.0 --format json
      release-portal check releases/2.6.0/01-planning/scope.md
      release-portal check --base origin/main --format github
    """
    from release_portal.recall import Answer, Recall

    versions = versions_in(versions)
    now, request = datetime.now(UTC), json.dumps([versions, format_, invocation.colour])
    plain = not (as_of or base or require_git)
    recall = Recall(invocation.root, invocation.config_file, "checks") if plain else None
    known = recall.answer(request, now) if recall else None
    if known:
        click.echo(known.output, nl=False, color=invocation.colour)
        return known.code

    from release_portal.assess import assess
    from release_portal.commands._report import formats, report_of

    formatter = formats(format_)
    settings = invocation.settings.requiring_git() if require_git else invocation.settings
    assessment = assess(invocation.root, settings, as_of or now, base, committed=as_of is not None)
    assessment = _told_what_was_read(assessment, as_of)
    known_versions(versions, assessment.portal, as_of)
    report = report_of(invocation, assessment, versions)
    answer = Answer(any(one.severity == "error" for one in report.findings), formatter.render(report))
    if recall and assessment.by_files_alone:
        recall.keep(request, answer, now, assessment.portal.clock.same_until)
    click.echo(answer.output, nl=False, color=invocation.colour)
    return answer.code


def _told_what_was_read(assessment: "Assessment", as_of: datetime | None) -> "Assessment":
    """The assessment, with a notice where the files of today were judged as of the past."""
    from release_portal.finding import Finding, Location, Severity
    from release_portal.rules import unchecked_repository

    words = unasked(assessment, as_of)
    if not words:
        return assessment
    notice = Finding(
        unchecked_repository.RULE.name,
        Severity.NOTICE,
        Location(assessment.portal.settings.config),
        words,
        "with `proof: commit` or `signed` what had been committed by then is judged",
    )
    findings = sorted((*assessment.findings, notice), key=lambda one: one.order)
    return replace(assessment, findings=tuple(findings))
