"""Whether a value of a record says what an import says, and whether it says anything yet."""

from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation

from release_portal.imports._importer import Value
from release_portal.records._placeholders import is_placeholder


def is_vacant(value: Value) -> bool:
    """Whether nothing stands there yet: no value, a placeholder, or a list of nothing else."""
    if value is None:
        return True
    if isinstance(value, list):
        return bool(value) and all(is_vacant(one) for one in value)
    if isinstance(value, dict):
        return bool(value) and all(is_vacant(one) for one in value.values())
    return is_placeholder(value)


def same(stands: Value, says: Value) -> bool:
    """Whether a record says no less than an import: 99.9 is 99.90, and an instant is the same in every zone.

    A list of words may name more than the import knows, and a person may have replaced its placeholders.
    """
    if isinstance(says, list) and isinstance(stands, list):
        if all(isinstance(one, str) for one in says):
            return {one for one in says if not is_placeholder(one)} <= set(map(str, stands))
        return len(says) == len(stands) and all(map(same, stands, says))
    if isinstance(says, dict) and isinstance(stands, dict):
        return says.keys() == stands.keys() and all(same(stands[key], says[key]) for key in says)
    if not (isinstance(says, str) and isinstance(stands, str)):
        return False
    return stands == says or _alike(stands, says)


def _alike(one: str, other: str) -> bool:
    with suppress(InvalidOperation):
        return Decimal(one) == Decimal(other)
    with suppress(ValueError, TypeError):
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
        return first.tzinfo is not None and second.tzinfo is not None and first == second
    return False
