"""What the commands share: the group, how one is added to it, options under one name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from toolkit.commands.speech import speech

Command = TypeVar("Command", bound=Callable[..., Any] | click.Command)
CONTEXT = {"help_option_names": ["--help"], "max_content_width": 100}


def told(name: str) -> str:
    """Help of a command, in the language of the environment."""
    return speech(None).text(f"cli.{name}.help")


class Decorator(Protocol):
    """What adds an option to a command and leaves its type as it is."""

    def __call__(self, command: Command, /) -> Command:
        """The same command with the option."""


def option(*names: str, **fields: Any) -> Decorator:
    """An option whose help stands under its own name."""
    return worded(names[0].lstrip("-").replace("-", "_"), *names, **fields)


def worded(words: str, *names: str, **fields: Any) -> Decorator:
    """An option whose help stands under a name of its own."""
    return click.option(*names, help=speech(None).text(f"cli.option.{words}"), **fields)


def several(_: Any, __: Any, value: str | None) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if value else ()


def day(_: Any, __: Any, value: str | None) -> str | None:
    """A date as ISO has it."""
    from datetime import date

    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(value) from None


lang_option = option("--lang", callback=several, metavar="ja|en|ja,en")
json_option = option("--json", "as_json", is_flag=True)
method_option = option("--method", type=click.Path(path_type=Path), metavar="DIR")
out_option = option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
formats_option = option(
    "--formats",
    callback=several,
    default="html,ipynb",
    show_default=True,
    metavar="html,pdf,pptx,xlsx,csv,ipynb",
)
theme_option = option("--theme", type=click.Path(path_type=Path), metavar="T.toml")
as_of_option = option("--as-of", callback=day, metavar="YYYY-MM-DD")


@click.group(context_settings=CONTEXT, help=told("toolkit"))
@click.version_option(package_name="business-system-toolkit", prog_name="toolkit")
@option("--debug", is_flag=True)
@click.pass_context
def toolkit(context: click.Context, debug: bool) -> None:
    """The group of all commands."""
    context.obj = {"debug": debug}


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a command of the group, with its help from the words."""
    text = told(name.replace("-", "_"))
    return toolkit.command(name, help=text, short_help=text)
