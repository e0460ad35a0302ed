"""The evidence report of a release: one document, as PDF or as HTML, that needs no other file.

`_content` says what stands in it, `report.html` and `chapters/` how, `_pdf` sets it into pages.
"""

from release_portal.audit.report._pdf import MISSING, installed
from release_portal.audit.report._report import FOLDER, KINDS, report

__all__ = ["FOLDER", "KINDS", "MISSING", "installed", "report"]
