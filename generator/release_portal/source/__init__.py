"""Files that know the line and column of every value: the only reader of records.

What comes out is text, lists and mappings. A scalar is the text that stands in the file: `1.10` stays
`1.10`, `NO` stays `NO`. The guards run on the parser's events, before anything is built from them, so
a hostile file costs no more than its first bad event.
"""

from release_portal.source._files import MAX_BYTES, parse, read, read_bytes
from release_portal.source._source import Source
from release_portal.source._unreadable import Unreadable
from release_portal.source._values import MAX_DEPTH, Value

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Source", "Unreadable", "Value", "parse", "read", "read_bytes"]
