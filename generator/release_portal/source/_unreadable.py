"""What reading gives where a file is no record."""

from release_portal.finding import Location


class Unreadable(Exception):  # noqa: N818  # a user's file, not an error of ours
    """A file that cannot be read as a record. Whoever called `read` catches it and tells it as a finding."""

    def __init__(self, rule: str, location: Location, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.location, self.message, self.hint = rule, location, message, hint
