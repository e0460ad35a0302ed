"""`release-portal leaks`: whether anything internal stands in a site for the public."""

from pathlib import Path

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_obj
def leaks(invocation: Invocation, site: Path) -> int:
    """Look in every file of SITE for what is internal to the portal: people, tickets, texts, commits, digests, paths.

    Texts are found as they are, escaped, encoded and packed. Exit code 0: none; 1: some stand there; 3: a file could
    not be read, or there is none. `build --audience public` runs it before it publishes.

    \b
    Examples:
      release-portal leaks site-public
    """
    from release_portal import leaks as proof
    from release_portal.failure import CannotVerify
    from release_portal.front.building import read
    from release_portal.workers import cores

    assessment = read(invocation.config_file, invocation.settings, cores())
    report = proof.scan(site, proof.internal(assessment, invocation.root))
    if not report.files + report.theme:
        raise CannotVerify(f"{site} holds no file, so nothing is proved", "name the folder of a site")
    click.echo(report.text(), nl=False)
    if report.unread and not report.hits:
        raise CannotVerify(
            f"{len(report.unread)} files cannot be read, so nothing is proved", report.unread[0]
        )
    return 1 if report.hits else 0
