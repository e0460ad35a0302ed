"""`release-portal serve`: the portal on this machine, built again as files change."""

import logging

import click

from release_portal.commands._invocation import Invocation
from release_portal.wording import printable


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.pass_obj
def serve(invocation: Invocation, host: str, port: int) -> int:
    """Serve the portal, and build it again whenever a record, the roster or the process changes. Ends with Ctrl-C.

    \b
    Example:
      release-portal serve --port 8080
    """
    from release_portal.site import serve as serve_site

    logging.getLogger("mkdocs").addHandler(_Telling(invocation))
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    serve_site(invocation.config_file, host, port)
    return 0


class _Telling(logging.Handler):
    """Tells a person what MkDocs tells its log: the address, each build, and what it warns of."""

    def __init__(self, invocation: Invocation) -> None:
        super().__init__()
        self._invocation = invocation
        self.addFilter(_wanted)

    def emit(self, record: logging.LogRecord) -> None:
        self._invocation.say(printable(record.getMessage()))


def _wanted(record: logging.LogRecord) -> bool:
    """Not the dozen lines in which mkdocs-macros lists its names at each build."""
    return not record.name.startswith("mkdocs.plugins.mkdocs_macros") or record.levelno > logging.INFO
