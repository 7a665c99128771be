"""The list of commands for the README, made from the command line itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from toolkit.commands.speech import speech


def command_list(group: click.Group, lang: str) -> str:
    """Commands with their arguments and options as a Markdown table in one language."""
    words = speech((lang,))
    rows = []
    for name, command in _commands(group):
        told = words.text(f"cli.{re.sub('[- ]', '_', name)}.help").split("\n", 1)[0]
        rows.append(f"| `toolkit {' '.join([name, *_usage(command)])}` | {told} |")
    return "\n".join(["| | |", "|---|---|", *rows])


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by its whole name, those within a group one by one."""
    for name in sorted(group.commands):
        command = group.commands[name]
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _usage(command: click.Command) -> list[str]:
    context = click.Context(command)
    shown = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            name = str(parameter.metavar or (parameter.name or "").upper())
            shown.append(name if parameter.required else f"[{name}]")
        elif isinstance(parameter, click.Option):
            flag = parameter.opts[0]
            value = "" if parameter.is_flag else f" {parameter.make_metavar(context)}"
            shown.append(f"{flag}{value}" if parameter.required else f"[{flag}{value}]")
    return [part.replace("|", "\\|") for part in shown]
