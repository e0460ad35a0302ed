"""`release-portal build`: the portal as a site of static files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from release_portal.commands._cluster import cluster
from release_portal.commands._invocation import Invocation
from release_portal.commands._public import build_public

if TYPE_CHECKING:
    from release_portal.settings import Audience


@click.command()
@click.option(
    "--site-dir", type=click.Path(path_type=Path), metavar="DIR", help="Where to. Default: as in mkdocs.yml."
)
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="internal",
    show_default=True,
    help="Whom the site is for.",
)
@click.option(
    "--engine",
    type=click.Choice(["material", "plain"]),
    default="material",
    show_default=True,
    help="What sets the pages into a theme: Material for MkDocs, or the portal's own templates.",
)
@click.option("--strict", is_flag=True, help="Publish nothing while a record has errors.")
@click.option("--no-search", is_flag=True, help="Do not index the pages: ids are found, words are not.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one a processor.")
@click.option("--scheduler", metavar="ADDRESS", help="Let a Dask cluster make pages: tcp://HOST:PORT.")
@click.option(
    "--cache", "share", metavar="URL", help="Where its workers leave pages: a folder all reach, or a URL."
)
@click.option("--force", is_flag=True, help="Build even where nothing has changed since the last build.")
@click.option("--profile", is_flag=True, help="Show the time of each stage.")
@click.pass_obj
def build(
    invocation: Invocation,
    site_dir: Path | None,
    jobs: int | None,
    scheduler: str | None,
    share: str | None,
    audience: "Audience",
    engine: str,
    *,
    strict: bool,
    no_search: bool,
    force: bool,
    profile: bool,
) -> int:
    """Build the portal and publish it; on any failure the site of before stays as it is.

    Only what has changed since the last build is made again. Errors in records do not keep the portal from being
    built: it shows them. With --strict they do.

    With --audience public it is a site for outsiders: what went to production, with public notes, notices and links,
    in a folder of its own (as in mkdocs.yml, with -public at its end). It is published once `leaks` finds nothing in it.

    With --engine plain neither MkDocs nor Material is needed; addresses, files for programs and search stay what they are.

    \b
    Examples:
      release-portal build
      release-portal build --engine plain
      release-portal build --strict --site-dir /srv/portal
      release-portal build --audience public --site-dir /srv/www
      release-portal build --scheduler tcp://10.0.0.5:8786 --cache /mnt/share/portal
    """
    from release_portal.latest import Latest

    outside, plain = audience == "public", engine == "plain"
    _refuse(outside=outside, plain=plain, elsewhere=scheduler is not None)
    settings = invocation.settings
    target = site_dir.resolve() if site_dir else invocation.root / settings.folder(audience)
    wanted = {"strict": strict, "search": not no_search, "public": outside, "plain": plain}
    latest = Latest(invocation.root, invocation.config_file, settings, target, **wanted)
    if not force and latest.stands():
        invocation.say("nothing has changed since the last build")
    elif outside:
        build_public(invocation, target, strict=strict, search=not no_search, jobs=jobs)
        latest.keep()
    else:
        from release_portal.commands._progress import progress
        from release_portal.making import Manner
        from release_portal.workers import cores

        if plain:
            from release_portal.plain import build as build_site
        else:
            from release_portal.site import build as build_site
        with progress(invocation, "Releases") as tell:
            manner = Manner(jobs or cores(), tell, cluster(scheduler, share))
            summary = build_site(
                invocation.config_file, target, strict=strict, search=not no_search, manner=manner
            )
        latest.keep()
        written, seconds = summary.written, summary.seconds
        for remark in summary.remarks:
            invocation.say(remark)
        invocation.say(
            f"{written.pages} pages from records, {written.made + written.portal} made and {written.kept} kept, "
            f"in {sum(seconds.values()):.1f} s"
        )
        for stage, spent in seconds.items() if profile else ():
            invocation.say(f"  {stage:<10} {spent:7.2f} s")
        if not settings.site_url:
            invocation.say("mkdocs.yml has no site_url: feeds have relative addresses, the calendar has none")
    click.echo(target / "index.html")
    return 0


def _refuse(*, outside: bool, plain: bool, elsewhere: bool) -> None:
    """Refuse what the plain engine cannot do."""
    if plain and outside:
        raise click.UsageError("--audience public is built by --engine material only")
    if plain and elsewhere:
        raise click.UsageError("a cluster builds with --engine material only")
