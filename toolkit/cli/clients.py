"""A client's folder: made, read, checked, asked about, counted."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import (
    as_of_option,
    command,
    json_option,
    lang_option,
    method_option,
    option,
    out_option,
    several,
    worded,
)
from toolkit.commands.speech import speech


@command("new-client")
@click.argument("client_id", metavar="ID")
@option("--dir", "folder", type=click.Path(path_type=Path), default="clients", show_default=True)
@method_option
@lang_option
def new_client(client_id: str, folder: Path, method: Path | None, lang: tuple[str, ...]) -> None:
    """Make a client's folder."""
    from toolkit.commands import clients

    clients.new(client_id, folder, method, speech(lang))


@command("read")
@click.argument("file", type=click.Path(path_type=Path))
@option("--kind", required=True)
@option("--mapping", type=click.Path(path_type=Path), metavar="M.toml")
@option("--confirm", type=click.Path(path_type=Path), metavar="CLIENT")
@lang_option
@json_option
def read(
    file: Path,
    kind: str,
    mapping: Path | None,
    confirm: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read one file and tell what became of each row."""
    from toolkit.commands import reading

    asked = reading.Asked(file=file, kind=kind, mapping=mapping, confirm=confirm, as_json=as_json)
    sys.exit(reading.read(asked, speech(lang, confirm)))


@command("check")
@click.argument("client", type=click.Path(path_type=Path))
@option("--request", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@method_option
@lang_option
@json_option
def check(
    client: Path,
    request: Path | None,
    method: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Tell what was read and what is still to be asked."""
    from toolkit.commands import clients

    clients.check(client, method, speech(lang, client), as_json, request)


@command("form")
@click.argument("client", type=click.Path(path_type=Path))
@option("--no-browser", is_flag=True)
@lang_option
def form(client: Path, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Open the forms of a client in JupyterLab."""
    from toolkit.commands.form import form as open_form

    sys.exit(open_form(client, not no_browser, speech(lang, client)))


@command("questions")
@click.argument("client", type=click.Path(path_type=Path), required=False)
@worded("hearing_out", "--out", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@method_option
@lang_option
@json_option
def questions(
    client: Path | None,
    out: Path | None,
    method: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the questions of the hearing or those to ask a client next, or write the sheet."""
    from toolkit.commands import method as listing

    listing.questions(method, out, speech(lang, client), as_json, client)


@command("count")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@lang_option
@as_of_option
@json_option
def count(client: Path, out: Path, lang: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    """Count a client's orders per customer."""
    from toolkit.commands.count import count as count_orders

    count_orders(client, out, as_of, speech(lang, client), as_json)


@command("summarise")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@option("--summaries", callback=several, metavar="NAME,NAME")
@lang_option
@as_of_option
@json_option
def summarise(
    client: Path,
    out: Path,
    summaries: tuple[str, ...],
    lang: tuple[str, ...],
    as_of: str | None,
    as_json: bool,
) -> None:
    """Make a client's summaries in its database."""
    from toolkit.commands import summarise as command

    speaking = speech(lang, client)
    made = command.summarise(client, out, summaries, as_of, speaking)
    if as_json:
        speaking.show(command.document(made, out))
    else:
        command.tell(made, out, speaking)
