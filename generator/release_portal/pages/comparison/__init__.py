"""What changed from release to release. A file of this folder is a section: facts of a release under keys."""

from release_portal.pages.comparison._page import PAGE

__all__ = ["PAGE"]
