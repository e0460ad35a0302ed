"""What git was not asked, told without a path of the machine that built the page."""

from dataclasses import replace
from pathlib import PurePath

from release_portal.facts import NotChecked
from release_portal.git.unverifiable import absent
from release_portal.portal import Portal


def unchecked(portal: Portal) -> tuple[NotChecked, ...]:
    """The product repositories that were not read; a missing one is named by its path in mkdocs.yml."""
    return tuple(_told(portal, one) for one in portal.git.products if isinstance(one, NotChecked))


def folder(path: str, name: str) -> str:
    """Where a reader has a repository: its path in mkdocs.yml, below mkdocs.yml; else a folder of its name."""
    return name if PurePath(path).is_absolute() else path


def _told(portal: Portal, one: NotChecked) -> NotChecked:
    why = absent("").message
    setting = next((one_ for one_ in portal.settings.repositories if one_.name == one.name), None)
    if setting is None or not one.reason.endswith(why):
        return one
    return replace(one, reason=f"{folder(setting.path, setting.name)}{why}")
