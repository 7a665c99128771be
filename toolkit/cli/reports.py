"""Reports: made, made again, held against the rows, set to another case."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import (
    as_of_option,
    command,
    formats_option,
    json_option,
    lang_option,
    method_option,
    option,
    out_option,
    theme_option,
    worded,
)
from toolkit.commands.speech import speech


@command("diagnose")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@lang_option
@formats_option
@as_of_option
@method_option
@theme_option
def diagnose(
    client: Path,
    out: Path,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write a client's report."""
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(langs=lang, formats=formats, as_of=as_of, method=method, theme=theme)
    reports.diagnose(client, out, options, speech(lang, client))


@command("render")
@click.argument("diagnosis", type=click.Path(path_type=Path), metavar="DIAGNOSIS.json")
@out_option
@lang_option
@formats_option
@method_option
@theme_option
def render(
    diagnosis: Path,
    out: Path,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write a saved diagnosis in another language."""
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(langs=lang, formats=formats, method=method, theme=theme)
    reports.render(diagnosis, out, options, speech(lang))


@command("verify")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@option("--client", type=click.Path(path_type=Path), required=True)
@method_option
@lang_option
@json_option
def verify(
    folder: Path, client: Path, method: Path | None, lang: tuple[str, ...], as_json: bool
) -> None:
    """Recompute every printed number."""
    from toolkit.commands import reports

    sys.exit(reports.verify(folder, client, method, speech(lang, client), as_json))


@command("whatif")
@click.argument("client", type=click.Path(path_type=Path))
@option("--set", "settings", multiple=True, required=True, metavar="FACT=VALUE")
@method_option
@as_of_option
@lang_option
@json_option
def whatif(
    client: Path,
    settings: tuple[str, ...],
    method: Path | None,
    as_of: str | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Set facts to other values and tell what changes."""
    from toolkit.commands.whatif import Tried
    from toolkit.commands.whatif import whatif as try_out

    try_out(
        Tried(client=client, settings=settings, method=method, as_of=as_of),
        speech(lang, client),
        as_json,
    )


@command("demo")
@click.argument("client", default="aoba_shop")
@worded("demo_out", "--out", type=click.Path(path_type=Path), default="demo", metavar="DIR")
@worded("demo_no_browser", "--no-browser", is_flag=True)
@lang_option
def demo(client: str, out: Path, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Make the report of a client that comes with the package."""
    from toolkit.commands.demo import demo as make_demo

    make_demo(client, out, not no_browser, speech(lang))
