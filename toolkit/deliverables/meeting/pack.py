"""The files of a meeting, made in a staging folder and published whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.deliverables.faces import Material, file_name
from toolkit.deliverables.hearing_workbook import hearing_workbook
from toolkit.deliverables.meeting.tracker_workbook import tracker_workbook
from toolkit.deliverables.request_workbook import request_workbook
from toolkit.deliverables.staging import staging
from toolkit.deliverables.theme import load_theme
from toolkit.diagnosis.request import request_list
from toolkit.errors import UsageError
from toolkit.intake.persons.customer_key import read_salt
from toolkit.method import load_method
from toolkit.outline.meeting import Kind, Occasion, asked_first, meeting_outline
from toolkit.outline.request import request_page
from toolkit.outline.tracker import tracker_page
from toolkit.store import publish, write_bytes, write_text
from toolkit.words import words

FOLDERS: dict[Kind, str] = {"first": "first_meeting", "follow_up": "follow_up"}
"""Name of a meeting's folder within the client's, and of its paper."""

REQUEST, HEARING, TRACKER = "request.xlsx", "hearing.xlsx", "action_tracker.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOptions:
    """How to make the files of a meeting.

    ``langs`` are written in turn, the first without a mark in the names of its files; where none
    is named the client's own language holds, and ``fallback_lang`` where the client states none.
    ``theme`` is a firm's TOML file.
    """

    langs: tuple[str, ...] = ()
    fallback_lang: str = "ja"
    as_of: str | None = None
    method: Path | None = None
    theme: Path | None = None


def meeting(
    kind: Kind, client: str | Path, out: str | Path, options: PackOptions | None = None
) -> Path:
    """Diagnose a client and write what is handed over at a meeting.

    Args:
        kind: ``first`` gives the paper, the request for material and the hearing sheet;
            ``follow_up`` the paper and the action tracker.
        client: a client's folder, or its id under ``./clients``.
        out: the folder of reports; the client's own folder is made in it.
        options: languages, date, method, theme.

    Returns:
        The folder of the meeting, within the client's.

    Raises:
        InputError: the client's files cannot be used; nothing at the final place has changed.
        OutputError: the folder cannot be written.
        UsageError: a language is not there.
    """
    from toolkit.diagnosis.diagnose import client_folder, diagnose

    options = options or PackOptions()
    theme = load_theme(options.theme)
    _check_languages(options)
    diagnosis = diagnose(client, as_of=options.as_of, method=options.method)
    client_id = str(diagnosis.client["client_id"])
    _, salted = read_salt(client_folder(client), client_id)
    occasion = Occasion(kind=kind, firm=theme.firm, salted=salted)
    langs = options.langs or (str(diagnosis.client.get("lang") or options.fallback_lang),)
    final = Path(out) / client_id / FOLDERS[kind]
    with staging(Path(out), client_id) as staged:
        for lang in langs:
            document = meeting_outline(diagnosis, lang, occasion)
            material = Material(document=document, diagnosis=diagnosis, theme=theme)
            write_pack(kind, material, staged, "" if lang == langs[0] else f".{lang}")
        publish(staged, final, {"client_id": client_id, "lang": langs[0]})
    return final


def write_pack(kind: Kind, material: Material, folder: Path, suffix: str) -> None:
    """Write the files of a meeting in one language; equal material gives equal bytes.

    Args:
        kind: which meeting.
        material: its document, the diagnosis and the theme.
        folder: where to write.
        suffix: stands before the ending of each file: empty for the first language, else
            ``.en`` and the like.
    """
    from toolkit.deliverables.page import page_of
    from toolkit.deliverables.pdf.face import made

    name = FOLDERS[kind]
    shown = page_of(material.document, material.theme)
    write_text(folder / file_name(f"{name}.html", suffix), shown)
    write_bytes(folder / file_name(f"{name}.pdf", suffix), made(material))
    for file, data in _books(kind, material):
        write_bytes(folder / file_name(file, suffix), data)


def _books(kind: Kind, material: Material) -> Iterator[tuple[str, bytes]]:
    """The workbooks that go with the paper."""
    diagnosis, lang = material.diagnosis, material.document.lang
    method = diagnosis.content
    if kind == "follow_up":
        yield TRACKER, tracker_workbook(tracker_page(diagnosis, lang), words(method, lang))
        return
    yield REQUEST, request_workbook(request_page(request_list(diagnosis), method, lang))
    shown = diagnosis if diagnosis.hypotheses else None
    yield HEARING, hearing_workbook(method, lang, shown, asked_first(diagnosis, lang, kind))


def _check_languages(options: PackOptions) -> None:
    known = load_method(*((options.method,) if options.method else ())).words
    for lang in options.langs:
        if lang not in known:
            given = {"lang": lang, "known": ", ".join(known)}
            raise UsageError("language_missing", params=given)
