"""new-client and check: before a diagnosis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.speech import Speech
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def new(client_id: str, folder: Path, method: Path | None, speech: Speech) -> None:
    """Make a client's folder, its hearing sheet too, and tell what to do next.

    Args:
        client_id: names the folder.
        folder: where clients' folders are.
        method: a firm's folder, for its questions.
        speech: the language and the streams.
    """
    from toolkit.deliverables.hearing_workbook import hearing_workbook
    from toolkit.intake.profiles.answer import HEARING_FILE
    from toolkit.intake.profiles.new_client import new_client
    from toolkit.method import load_method
    from toolkit.store import write_bytes

    loaded = load_method(*((method,) if method else ()))
    made = new_client(client_id, folder, speech.lang, loaded)
    write_bytes(made / HEARING_FILE, hearing_workbook(loaded, speech.lang))
    speech.line(str(made))
    speech.say("cli.new_client.next", folder=made)


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
