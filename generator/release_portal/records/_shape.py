"""How a validated document becomes a frozen dataclass."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn, override

Shape = TypeVar("Shape")


def shape(wanted: type[Shape], document: dict[str, Any]) -> Shape:
    """Give a validated document its dataclass: text becomes days, instants, numbers, groups."""
    return _converter().structure(document, wanted)


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_structure_hook(bool, lambda text, _: text == "true")
    converter.register_structure_hook_factory(is_dataclass, lambda cls: _structure(cls, converter))
    return converter


def _structure(cls: type[Any], converter: cattrs.Converter) -> Any:
    """Hook for a dataclass; a field such as `from_` is written `from`, which Python reserves."""
    renamed: dict[str, Any] = {
        item.name: override(rename=item.name[:-1]) for item in fields(cls) if item.name.endswith("_")
    }
    return make_dict_structure_fn(cls, converter, **renamed)
