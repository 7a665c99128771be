"""new-client, read and check: before a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.speech import Speech
from toolkit.errors import InputError, Problem
from toolkit.method import load_method
from toolkit.words import place_text, problem_text, words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def new(client_id: str, folder: Path, speech: Speech) -> None:
    """Make a client's folder and tell what to do next."""
    from toolkit.intake.new_client import new_client

    made = new_client(client_id, folder, speech.lang)
    speech.line(str(made))
    speech.say("cli.new_client.next", folder=made)


def read(file: Path, kind: str, mapping: Path | None, speech: Speech, as_json: bool) -> int:
    """Read one file; exit code 1 if it cannot be used."""
    from toolkit.intake.read import read_file

    method = load_method()
    report = read_file(file, kind, method=method, mapping=mapping)
    document = report.to_dict(words(method, speech.lang))
    if as_json:
        speech.show(document)
    else:
        _print_read(document, report.problems, speech)
    return 1 if document["outcome"] == "error-with-location" else 0


def _print_read(document: dict[str, Any], problems: Iterable[Problem], speech: Speech) -> None:
    counts = {name: document[name] for name in document if name.startswith("rows_")}
    outcome = speech.text(f"cli.read.outcome.{document['outcome']}")
    speech.line(speech.text("cli.read.outcome_line", outcome=outcome))
    if document["rows_total"] is not None:
        speech.line(speech.text("cli.read.rows", **counts))
    for note in (*document["notes"], *document["warnings"]):
        speech.line(speech.text("cli.read.note", **note))
    for problem in problems:
        message, fix = problem_text(problem, speech.words)
        place = place_text(problem, speech.words)
        speech.line(speech.text("cli.read.problem", place=place, message=message, fix=fix))


def check(
    client: Path,
    method: Path | None,
    speech: Speech,
    as_json: bool,
    request: Path | None = None,
) -> None:
    """Read a client's folder and tell what is there and what is missing.

    Args:
        client: the client's folder, or its id.
        method: a firm's folder.
        speech: the language and the streams.
        as_json: print one document instead.
        request: also write the request for material here (.xlsx or .md).

    Raises:
        InputError: the client's files cannot be used; the request then asks for these again.
        UsageError: the request's file has another suffix.
    """
    from toolkit.commands.asking import write_refused, write_request, writer_of
    from toolkit.diagnosis.diagnose import diagnose

    if request is not None:
        writer_of(request)
    try:
        diagnosis = diagnose(client, method=method)
    except InputError as error:
        if request is not None:
            write_refused(error, client, method, request, speech)
        raise
    if request is not None:
        write_request(diagnosis, request, speech)
    _show_check(diagnosis, speech, as_json)


def _show_check(diagnosis: Diagnosis, speech: Speech, as_json: bool) -> None:
    from toolkit.commands.checked import check_document, print_check

    if as_json:
        speech.show(check_document(diagnosis, speech.lang))
    else:
        print_check(diagnosis, speech)
