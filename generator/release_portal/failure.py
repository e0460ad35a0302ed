"""Why a command cannot do its work, other than findings: each class has its exit code."""


class Failure(Exception):  # noqa: N818  # what a command ends with, named as its users know it
    """A reason to stop that the user can do something about. `hint` tells the next step."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Misconfigured(Failure):
    """The command line, mkdocs.yml or the folder is not what the command needs."""


class CannotVerify(Failure):
    """The environment lacks what a proof needs: no verdict is given, neither good nor bad."""

    exit_code = 3
