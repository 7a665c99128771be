"""The method: its rules, figures and sources; invented clients to try it on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import command, json_option, lang_option, method_option, option, worded
from toolkit.commands.speech import speech


@command("rules")
@option("--check", is_flag=True)
@method_option
@lang_option
@json_option
def rules(check: bool, method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List the rules, or tell the mistakes of the content."""
    from toolkit.commands import method as listing

    if check:
        sys.exit(listing.check_rules(method, speech(lang), as_json))
    listing.rules(method, speech(lang), as_json)


@command("facts")
@method_option
@lang_option
@json_option
def facts(method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List the facts."""
    from toolkit.commands import method as listing

    listing.facts(method, speech(lang), as_json)


@command("sources")
@option("--page", type=click.Path(path_type=Path), metavar="FILE.md")
@method_option
@lang_option
@json_option
def sources(page: Path | None, method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List what the sources say and where it is in the product."""
    from toolkit.commands import method as listing

    listing.sources(method, page, speech(lang), as_json)


@command("synth")
@option("--fault", "faults", multiple=True, metavar="CODE")
@option("--model", metavar="MODEL")
@option("--seed", type=click.IntRange(min=0), required=True, metavar="N")
@worded("synth_out", "--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@option("--strength", type=float, default=1.0, show_default=True, metavar="0-1")
@lang_option
@json_option
def synth(
    faults: tuple[str, ...],
    model: str | None,
    seed: int,
    out: Path,
    strength: float,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make an invented client."""
    from toolkit.commands.synth import Invented
    from toolkit.commands.synth import synth as invent

    asked = Invented(faults=faults, model=model, seed=seed, strength=strength)
    invent(asked, out, speech(lang), as_json)
