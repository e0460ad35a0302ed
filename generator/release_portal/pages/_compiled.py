"""Templates in compiled form, kept as Python keeps its own: in `__pycache__` beside them.

What lies there is run, so it lies where only those who can change the program can write, and nowhere else. It counts
for the template's very text and the version of Jinja and Python that made it. Where the folder cannot be written to,
templates are compiled anew each time.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _Beside(FileSystemBytecodeCache):
    """Compiled templates in a folder, which is only read if it cannot, or should not, be written to."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode or not os.access(self.directory, os.W_OK):
            return
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled(folder: Path) -> FileSystemBytecodeCache:
    """The compiled form of the templates in a folder."""
    beside = folder / "__pycache__"
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            beside.mkdir(exist_ok=True)
    return _Beside(str(beside), "%s-plain.jinja")  # compiled with what the environment does to values: _plain
