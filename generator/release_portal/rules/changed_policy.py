"""A pull request changes roster, keys, process or settings together with records, or puts old ones back.

## Why it matters
Who may sign, what must be delivered, and how much of it must be proved, is decided by the portal's owners. If one
pull request brings a sign-off and the right to give it, the right proves nothing. Putting an old roster back brings
authority back that was taken away. A change that one commit makes and a later one takes back stays in the history,
which is where earlier versions of the process are read from.

## How to fix
Change roster, keys, process and the options `proof`, `strict` and `repositories` of mkdocs.yml in a pull request of
their own, approved by their owners. The check with `--base` judges records by those of the base branch in any case.
What a pull request changed and put back, take out of its commits.

## Controls
SOC 2 CC6.1 and CC8.1, ISO 27001 A.5.3 (segregation of duties).
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Report each policy file that differs from the base, when records differ too or the content is an old one."""
    if portal.base is None:
        return
    for change in portal.base.policy:
        if change.restored:
            message = f"is put back to what it was in {change.restored[:12]}"
            yield Problem(change.location, message, "bring in a change of policy as what it is: new text")
        elif portal.base.records_changed:
            message = "changes together with records"
            yield Problem(change.location, message, "change it in a pull request of its own")


RULE = Rule(__name__, check, guards=("people", "process"))
