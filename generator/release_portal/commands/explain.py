"""`release-portal explain`: a rule's page in the terminal."""

import click

from release_portal.commands._invocation import Invocation
from release_portal.failure import Misconfigured


@click.command()
@click.argument("rule", required=False)
@click.pass_obj
def explain(invocation: Invocation, rule: str | None) -> int:
    """Explain a RULE: what it says, why, how to fix it. Without RULE: list all rules.

    \b
    Example:
      release-portal explain stale-sign-off
    """
    from release_portal.assess import all_rules
    from release_portal.wording import meant

    rules = {one.name: one for one in all_rules()}
    if rule is None:
        width = max(len(name) for name in rules)
        for name, one in rules.items():
            click.echo(f"{click.style(name.ljust(width), bold=True)}  {one.summary}", color=invocation.colour)
    elif rule in rules:
        click.echo(f"{click.style(rule, bold=True)}: {rules[rule].documentation}", color=invocation.colour)
    else:
        raise Misconfigured(f"there is no rule '{rule}'", meant(rule, list(rules)))
    return 0
