"""`release-portal build`: the portal as a site of static files."""

from pathlib import Path

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.option(
    "--site-dir", type=click.Path(path_type=Path), metavar="DIR", help="Where to. Default: as in mkdocs.yml."
)
@click.option("--strict", is_flag=True, help="Publish nothing while a record has errors.")
@click.option("--no-search", is_flag=True, help="Do not index the pages: ids are found, words are not.")
@click.pass_obj
def build(invocation: Invocation, site_dir: Path | None, *, strict: bool, no_search: bool) -> int:
    """Build the portal and publish it; on any failure the site of before stays as it is.

    Errors in records do not keep the portal from being built: it shows them. With --strict they do.

    \b
    Examples:
      release-portal build
      release-portal build --strict --site-dir /srv/portal
    """
    from release_portal.site import build as build_site

    target = site_dir.resolve() if site_dir else None
    summary = build_site(invocation.config_file, target, strict=strict, search=not no_search)
    seconds = ", ".join(f"{stage} {spent:.1f} s" for stage, spent in summary.seconds.items())
    invocation.say(f"{summary.pages} pages from records ({seconds})")
    click.echo(summary.site_dir / "index.html")
    return 0
