"""`release-portal serve`: the portal on this machine, built again as files change."""

import click

from release_portal.commands._invocation import Invocation


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.pass_obj
def serve(invocation: Invocation, host: str, port: int) -> int:
    """Serve the portal, and build it again whenever a record, the roster or the process changes.

    \b
    Example:
      release-portal serve --port 8080
    """
    from release_portal.site import serve as serve_site

    serve_site(invocation.config_file, host, port)
    return 0
