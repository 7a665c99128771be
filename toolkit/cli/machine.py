"""The machine it runs on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import command, json_option, lang_option, worded
from toolkit.commands.speech import speech


@command("doctor")
@worded("doctor_out", "--out", type=click.Path(path_type=Path), default=".", metavar="DIR")
@lang_option
@json_option
def doctor(out: Path, lang: tuple[str, ...], as_json: bool) -> None:
    """Check what is needed to run."""
    from toolkit.commands.doctor import run

    sys.exit(run(speech(lang), as_json, out))
