"""Cerberus without its own check of our schemas: a test makes that once, not every run of every command."""

from collections.abc import Hashable

from cerberus import Validator


class _Trusted(set[Hashable]):
    """The schemas that Cerberus need not check: all."""

    def __contains__(self, schema: object) -> bool:
        return True


class RecordValidator(Validator):  # type: ignore[misc]  # Cerberus publishes no types
    """Validates documents by schemas of `_fields`, which are good by construction and by test."""

    _valid_schemas = _Trusted()
