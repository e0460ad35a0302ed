"""The record types: one file each, with schema, frozen dataclass and scaffold."""
