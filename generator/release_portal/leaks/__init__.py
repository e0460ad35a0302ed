"""Whether anything internal stands in a finished site: what to look for, the forms that text can have, and the search."""

from release_portal.leaks.internal import Wanted, internal
from release_portal.leaks.scanning import Hit, Report, scan

__all__ = ["Hit", "Report", "Wanted", "internal", "scan"]
