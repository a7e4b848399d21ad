"""`coopgraph completion bash|zsh|fish`: the script that makes a shell complete coopgraph's words."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the script that makes a shell complete commands, options, cities, questions ...

    \b
      coopgraph completion bash > ~/.local/share/bash-completion/completions/coopgraph
      coopgraph completion zsh > ~/.zfunc/_coopgraph   # a folder of $fpath, before compinit
      coopgraph completion fish > ~/.config/fish/completions/coopgraph.fish

    Only for now: source <(coopgraph completion bash). Cities are those of the release in force of the
    workspace, found by any of their names: `coopgraph explain méx<TAB>` gives mexico-city.
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # the choices are click's own
    root = click.get_current_context().find_root()
    script = made(root.command, {}, "coopgraph", "_COOPGRAPH_COMPLETE")
    click.echo(script.source_template % script.source_vars())
