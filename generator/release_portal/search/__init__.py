"""Full-text search: what Pagefind makes of the finished pages, and what a reader's browser must know to ask it."""

from release_portal.search._index import require, write, write_plain

__all__ = ["require", "write", "write_plain"]
