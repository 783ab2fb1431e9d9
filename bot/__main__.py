"""`cpbot` and `python -m bot`: the operator's command."""

from __future__ import annotations

import os
import sys

import click

from bot.errors import SetupError

COMMANDS = {
    "demo": ("bot.cli.running", "demo"),
    "chat": ("bot.cli.running", "chat"),
    "serve": ("bot.cli.running", "serve"),
    "work": ("bot.cli.running", "work"),
    "migrate": ("bot.cli.setup", "migrate"),
    "check": ("bot.cli.setup", "check"),
    "load": ("bot.cli.data", "load"),
    "import": ("bot.cli.imports", "import_group"),
    "export": ("bot.cli.data", "export"),
    "ask": ("bot.cli.language", "ask"),
    "score": ("bot.cli.language", "score"),
    "understand": ("bot.cli.language", "understand"),
    "preview": ("bot.cli.setup", "preview"),
    "person": ("bot.cli.people", "person"),
    "retain": ("bot.cli.people", "retain"),
}
"""Each subcommand and where it stands. They are imported when used: `cpbot ask` needs no web server."""


class Lazy(click.Group):
    """A group that imports a subcommand's module only when that subcommand is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        found: click.Command = getattr(__import__(module, fromlist=[attribute]), attribute)
        return found


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cpbot")
def cpbot() -> None:
    """A chat bot for a council's corporate parenting panel."""


def main() -> None:
    """Run the command. 0: done. 1: the answer is no. 2: wrong usage. Never a traceback."""
    try:
        status = cpbot.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(1)
    except SetupError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone (`cpbot chat | head`). Closing standard output here avoids a second complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        _unexpected(error)
    sys.exit(status if isinstance(status, int) else 0)


def _unexpected(error: Exception) -> None:
    if os.environ.get("CPBOT_DEBUG"):
        raise error
    click.echo(f"{type(error).__name__}: {error}".splitlines()[0], err=True)
    click.echo("Set CPBOT_DEBUG=1 to see where it happened.", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
