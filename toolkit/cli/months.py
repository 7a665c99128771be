"""Months: kept, set side by side, brought to a meeting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click

from toolkit.cli.options import (
    as_of_option,
    command,
    json_option,
    lang_option,
    method_option,
    theme_option,
    told,
    toolkit,
    worded,
)
from toolkit.commands.speech import speech


@command("keep")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("client", type=click.Path(path_type=Path))
@method_option
@lang_option
def keep(folder: Path, client: Path, method: Path | None, lang: tuple[str, ...]) -> None:
    """File this month's diagnosis."""
    from toolkit.commands import changes

    changes.keep(folder, client, method, speech(lang, client))


@command("compare")
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD.json")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW.json")
@method_option
@lang_option
@json_option
def compare(
    old: Path, new: Path, method: Path | None, lang: tuple[str, ...], as_json: bool
) -> None:
    """Set two months side by side."""
    from toolkit.commands import changes

    changes.compare(old, new, method, speech(lang), as_json)


@toolkit.group("meeting", help=told("meeting"), short_help=told("meeting"))
def meeting() -> None:
    """The group of commands for meetings."""


def _meeting(words: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a command of the group for meetings, named by its words."""
    name, text = words.removeprefix("meeting_").replace("_", "-"), told(words)
    return meeting.command(name, help=text, short_help=text)


meeting_out_option = worded(
    "meeting_out", "--out", type=click.Path(path_type=Path), required=True, metavar="DIR"
)


def _pack(words: str, kind: Literal["first", "follow_up"]) -> click.Command:
    """The command that makes the papers of one kind of meeting."""

    @_meeting(words)
    @click.argument("client", type=click.Path(path_type=Path))
    @meeting_out_option
    @as_of_option
    @method_option
    @theme_option
    @lang_option
    def papers(
        client: Path,
        out: Path,
        as_of: str | None,
        method: Path | None,
        theme: Path | None,
        lang: tuple[str, ...],
    ) -> None:
        from toolkit.commands import meeting as making
        from toolkit.deliverables.meeting.pack import PackOptions

        told_in = speech(lang, client)
        options = PackOptions(
            langs=lang, fallback_lang=told_in.lang, as_of=as_of, method=method, theme=theme
        )
        making.make(kind, client, out, options, told_in)

    return papers


meeting_first = _pack("meeting_first", "first")
meeting_follow_up = _pack("meeting_follow_up", "follow_up")


@_meeting("meeting_read")
@click.argument("file", type=click.Path(path_type=Path), metavar="TRACKER.xlsx")
@worded("meeting_client", "--client", type=click.Path(path_type=Path), metavar="CLIENT")
@method_option
@lang_option
def meeting_read(
    file: Path, client: Path | None, method: Path | None, lang: tuple[str, ...]
) -> None:
    """Read a filled-in tracker back."""
    from toolkit.commands import meeting as papers

    papers.read(file, client, method, speech(lang, client))
