"""`release-portal check`: what is wrong, what is missing, and who must act."""

import json
import pkgutil
from datetime import UTC, datetime

import click

from release_portal import output
from release_portal.commands._invocation import Invocation, instant, known_versions

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

    All releases, or the VERSIONs given. Findings go to standard output at path:line:column, each with
    its rule and a hint. Exit code 0: nothing is wrong; 1: something is; 3: it could not be verified.

    \b
    Examples:
      release-portal check
      release-portal check 2.4.0 --format json
      release-portal check --base origin/main --format github
    """
    from release_portal.recall import Answer, Recall

    now, request = datetime.now(UTC), json.dumps([versions, format_, invocation.colour])
    plain = not (as_of or base or require_git)
    recall = Recall(invocation.root, invocation.config_file) if plain else None
    known = recall.answer(request, now) if recall else None
    if known:
        click.echo(known.output, nl=False, color=invocation.colour)
        return known.code

    from release_portal.assess import assess
    from release_portal.commands._report import formats, report_of

    formatter = formats(format_)
    settings = invocation.settings.requiring_git() if require_git else invocation.settings
    assessment = assess(invocation.root, settings, as_of or now, base, committed=as_of is not None)
    known_versions(versions, [release.version for release in assessment.portal.releases])
    report = report_of(invocation, assessment, versions)
    answer = Answer(any(one.severity == "error" for one in report.findings), formatter.render(report))
    if recall and assessment.by_files_alone:
        recall.keep(request, answer, now, assessment.portal.clock.same_until)
    click.echo(answer.output, nl=False, color=invocation.colour)
    return answer.code
