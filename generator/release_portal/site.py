"""The site as a whole: builds it with MkDocs and publishes it, or serves it while somebody writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from release_portal import settings
from release_portal.failure import Failure
from release_portal.making import Manner, Summary
from release_portal.plugin import ReleasePortalPlugin
from release_portal.publish import publication


def build(
    config_file: Path,
    site_dir: Path | None = None,
    *,
    strict: bool = False,
    search: bool = True,
    manner: Manner | None = None,
) -> Summary:
    """Build the portal of a mkdocs.yml and publish it; on any failure the old site stays as it is.

    Without `search` the pages are not indexed: the portal finds ids only.

    Raises:
        Failure: something that the user can do something about; `Refused` for errors in the records.

    """
    target = site_dir or config_file.parent / settings.read(config_file).site_dir
    with publication(target) as draft, failures():
        started = perf_counter()
        config = load_config(str(config_file), site_dir=str(draft), strict=strict or None)
        plugin = config.plugins[settings.PLUGIN]
        if not isinstance(plugin, ReleasePortalPlugin):
            raise TypeError(f"plugin {settings.PLUGIN} is {type(plugin).__name__}")
        plugin.config.search = plugin.config.search and search
        plugin.manner = manner or Manner()
        _run(config)
        built = perf_counter()
    seconds = {**plugin.seconds, "docs": built - started - sum(plugin.seconds.values())}
    return Summary(plugin.written, {**seconds, "publish": perf_counter() - built})


def serve(config_file: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the portal, and build it again whenever a record changes. Ends with an interrupt.

    Raises:
        Failure: the first build fails, or the address cannot be had.

    """
    with failures():
        try:
            mkdocs_serve(str(config_file), dev_addr=f"{host}:{port}")
        except OSError as error:
            raise Failure(f"cannot serve on {host}:{port}: {error.strerror}", "try another --port") from error


def _run(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def failures() -> Iterator[None]:
    """Turns MkDocs's ways to stop into a Failure. mkdocs-macros exits the interpreter, so that is one."""
    try:
        yield
    except (MkDocsException, SystemExit) as stop:
        cause: BaseException | None = stop
        while cause is not None and not isinstance(cause, Failure):
            cause = cause.__cause__ or cause.__context__
        message = getattr(stop, "message", "a page in docs/ has a macro that fails")
        raise cause or Failure(message, "the lines above say what is wrong") from stop
