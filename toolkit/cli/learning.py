"""Lessons, progress, guides."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import command, lang_option, worded
from toolkit.commands.speech import speech


@command("learn")
@worded(
    "learn_dir",
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default="lessons",
    show_default=True,
)
@worded("learn_name", "--name", metavar="NAME", default="")
@worded("learn_reset", "--reset", is_flag=True)
@worded("learn_no_browser", "--no-browser", is_flag=True)
@lang_option
def learn(folder: Path, name: str, reset: bool, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Open the next lesson."""
    from toolkit.commands import learning

    asked = learning.Asked(folder=folder, learner=name, reset=reset, browser=not no_browser)
    sys.exit(learning.learn(asked, speech(lang)))


@command("progress")
@click.argument("folder", type=click.Path(path_type=Path), default="lessons")
@worded("progress_out", "--out", type=click.Path(path_type=Path), metavar="DIR")
@lang_option
def progress(folder: Path, out: Path | None, lang: tuple[str, ...]) -> None:
    """Make the page of a learner's progress, or of a class."""
    from toolkit.commands import learning

    learning.progress(folder, out, speech(lang))


@command("guide")
@worded("guide_out", "--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@lang_option
def guide(out: Path, lang: tuple[str, ...]) -> None:
    """Write the teachers' guide and the glossary."""
    from toolkit.commands import learning

    learning.guides(out, speech(lang))
