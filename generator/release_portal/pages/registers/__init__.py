"""The registers: what all releases have of one kind, each in one table. A file of this folder is a register."""

from release_portal.pages.registers._pages import PAGE

__all__ = ["PAGE"]
