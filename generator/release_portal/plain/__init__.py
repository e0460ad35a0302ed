"""The same portal without MkDocs and Material: a frame of our own around every page, and docs/ read by Python-Markdown."""

from release_portal.plain._building import build

__all__ = ["build"]
