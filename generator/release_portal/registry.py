"""Finds the parts of a folder: one module, one part.

A part is a value that a module offers under an agreed name, `RULE` say. Importing
such a module has no side effect, so parts are collected, never registered.
"""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Part = TypeVar("Part")


def collect(package: ModuleType, attribute: str, kind: type[Part]) -> tuple[Part, ...]:
    """Every part of a package's modules, in order of the modules' names.

    Modules whose name starts with an underscore hold what the parts share, and are passed over.

    Raises:
        TypeError: a module offers no part of that kind under that name (an error of ours).

    """
    parts = []
    for module_info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        if module_info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        part = getattr(module, attribute, None)
        if not isinstance(part, kind):
            raise TypeError(f"{module.__name__} offers no {attribute} of kind {kind.__name__}")
        parts.append(part)
    return tuple(parts)
