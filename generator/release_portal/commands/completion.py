"""`release-portal completion`: what makes a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print a script that makes SHELL complete commands, options and values.

    \b
    Examples:
      release-portal completion bash > ~/.local/share/bash-completion/completions/release-portal
      release-portal completion zsh > ~/.zfunc/_release-portal
      release-portal completion fish > ~/.config/fish/completions/release-portal.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    click.echo(kind(context.find_root().command, {}, "release-portal", "_RELEASE_PORTAL_COMPLETE").source())
    return 0
