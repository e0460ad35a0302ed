"""Cerberus without its own check of our schemas: a test makes that once, not every run of every command."""

from collections.abc import Hashable
from typing import Any

from cerberus import Validator


class _Trusted(set[Hashable]):
    """The schemas that Cerberus need not check: all."""

    def __contains__(self, schema: object) -> bool:
        return True


class RecordValidator(Validator):  # type: ignore[misc]  # Cerberus publishes no types
    """Validates documents by schemas of `_fields`, which are good by construction and by test."""

    _valid_schemas = _Trusted()

    def _error(self, *args: Any) -> None:
        """Keep errors as they come: Cerberus sorts all of them anew, three times, with each one."""
        if len(args) == 1:
            self._errors.extend(args[0])
        else:
            super()._error(*args)
