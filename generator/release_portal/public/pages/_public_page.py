"""The shape of a module of this folder: it offers `PAGE`, which makes pages of the public portal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from release_portal.pages._page import Page
from release_portal.public.values import PublicPortal


@dataclass(frozen=True)
class PublicPages:
    """One kind of page: `build(portal)` gives them, in order; the lowest `order` stands first."""

    name: str
    order: int
    build: Callable[[PublicPortal], Iterable[Page]]
