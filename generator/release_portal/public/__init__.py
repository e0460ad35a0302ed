"""The portal for the public: made from an allow-list of fields, and from nothing else.

`public` chooses the fields. Pages and files for programs are made from what it gives, and see neither records nor git.
"""

from pathlib import Path

from release_portal.public.select import changed_after_sending, left_out, public
from release_portal.public.values import PublicPortal

THEME = Path(__file__).parent / "theme"

__all__ = ["THEME", "PublicPortal", "changed_after_sending", "left_out", "public"]
