"""A pull request changes roster, keys or process together with records, or puts an old version of them back.

## Why it matters
Who may sign, and what must be delivered, is decided by the portal's owners. If one pull request brings
a sign-off and the right to give it, the right proves nothing. Putting an old roster back brings
authority back that was taken away.

## How to fix
Change roster, keys and process in a pull request of their own, approved by their owners. The check with
`--base` judges records by the base branch's roster, keys and process in any case.

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
