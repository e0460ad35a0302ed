"""A bar that shows how far long work is: on a terminal only, and on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from release_portal.commands._invocation import Invocation


@contextmanager
def progress(invocation: Invocation, what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give what is told how many of how many are done; None where nobody is there to see it."""
    if invocation.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, no_color=invocation.no_color or None)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)
