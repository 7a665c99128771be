"""The page of commands, made from the command line itself: ``python command_pages.py ja``.

A program of its own, since the command line takes its words from the environment when it loads.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from reader import place, reader

from toolkit.method import load_method


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as a reader sees it: its line, what it does, and its options with their help."""

    name: str
    usage: str
    help: str
    options: tuple[tuple[str, str], ...]


def commands(group: click.Group, before: str = "toolkit") -> Iterator[Command]:
    """Every command by its whole name, those within a group one by one."""
    for name in sorted(group.commands):
        command, whole = group.commands[name], f"{before} {name}"
        if isinstance(command, click.Group):
            yield from commands(command, whole)
            continue
        context = click.Context(command, info_name=whole)
        told = [one.get_help_record(context) for one in command.params]
        yield Command(
            name=whole,
            usage=" ".join([whole, *command.collect_usage_pieces(context)]),
            help=(command.help or "").replace("\b\n", ""),
            options=tuple((flag, text) for flag, text in filter(None, told)),
        )


def page(lang: str) -> str:
    """Markdown of the page; the environment must name the same language."""
    os.environ["TOOLKIT_LANG"] = lang
    from toolkit.cli import toolkit

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    template = templates.get_template("commands.md")
    return template.render(r=reader(load_method(), lang), place=place, commands=commands(toolkit))


if __name__ == "__main__":
    sys.stdout.buffer.write(page(sys.argv[1]).encode("utf-8"))
