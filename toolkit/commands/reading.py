"""read: one file, what became of its rows, and a mapping proposed where nobody has told one."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.speech import Speech
from toolkit.errors import InputError, Problem
from toolkit.method import Method, load_method
from toolkit.words import Words, place_text, problem_text, words

if TYPE_CHECKING:
    from toolkit.intake.proposals.confirming import Confirmed
    from toolkit.intake.proposals.proposal import Proposal
    from toolkit.intake.report import ReadReport

ERROR = "error-with-location"
UNKNOWN_LAYOUT = ("column_missing", "column_twice")
_WORDS = "cli.read.proposal"
_WIDE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reading was asked for: ``confirm`` is the client whose mapping is to be filed."""

    file: Path
    kind: str
    mapping: Path | None = None
    confirm: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came of it."""

    report: ReadReport
    proposal: Proposal | None = None
    confirmed: Confirmed | None = None


def read(asked: Asked, speech: Speech) -> int:
    """Read one file; exit code 1 if it cannot be used.

    Raises:
        UsageError: the kind, the mapping or the client is wrong.
    """
    method = load_method()
    answer = _confirmed(asked, method, speech) if asked.confirm else _read(asked, method)
    book = words(method, speech.lang)
    document = answer.report.to_dict(book)
    if answer.proposal:
        document["proposal"] = _proposal_document(answer.proposal, asked, book)
    if asked.confirm:
        document["confirmed"] = _confirmed_document(answer.confirmed)
    if asked.as_json:
        speech.show(document)
    else:
        _print(answer, document, asked, speech)
    return 1 if document["outcome"] == ERROR else 0


def _read(asked: Asked, method: Method) -> _Answer:
    """The file as read by the mapping given, else by the one filed for it, else on its own."""
    from toolkit.intake.client_setting import client_setting, folder_of
    from toolkit.intake.proposals.confirming import filed_mapping
    from toolkit.intake.read import read_file

    mapping, folder = asked.mapping, folder_of(asked.file)
    if mapping is None and folder is not None and asked.file.is_file():
        setting = client_setting(folder, folder, method, None)
        mapping = filed_mapping(asked.file, asked.kind, folder, setting)
    report = read_file(asked.file, asked.kind, method=method, mapping=mapping)
    return _Answer(report=report, proposal=None if mapping else _proposed(asked, report, method))


def _proposed(asked: Asked, report: ReadReport, method: Method) -> Proposal | None:
    """A proposal where the columns of a table could not be told; None for any other outcome."""
    from toolkit.intake.client_setting import client_setting, folder_of
    from toolkit.intake.proposals.proposal import propose

    if not any(problem.code in UNKNOWN_LAYOUT for problem in report.problems):
        return None
    home = asked.file.absolute().parent
    setting = client_setting(folder_of(asked.file), home, method, None)
    try:
        return propose(asked.file, asked.file.name, setting.kinds[asked.kind], setting)
    except InputError:
        return None


def _confirmed(asked: Asked, method: Method, speech: Speech) -> _Answer:
    """File the mapping; where that cannot be done, tell why and what is proposed."""
    from toolkit.diagnosis.diagnose import client_folder
    from toolkit.intake.proposals.confirming import Client, confirm
    from toolkit.intake.read import read_file
    from toolkit.intake.report import refused

    folder = client_folder(asked.confirm or Path())
    client = Client(folder=folder, method=method, lang=speech.lang)
    try:
        done = confirm(asked.file, asked.kind, client, asked.mapping)
    except InputError as error:
        report = refused(asked.kind, error.problems)
        if asked.mapping:
            return _Answer(report=report)
        first = read_file(asked.file, asked.kind, method=method)
        return _Answer(report=report, proposal=_proposed(asked, first, method))
    return _Answer(report=done.report, confirmed=done)


def _proposal_document(proposal: Proposal, asked: Asked, book: Words) -> dict[str, Any]:
    from toolkit.intake.proposals.toml import mapping_text, unclear_text

    return {
        "mapping": mapping_text(proposal, _planned(asked), book),
        "columns": [
            {
                "column": one.column,
                "header": one.header,
                "confidence": one.confidence,
                "reason": one.reason,
                "samples": list(one.samples),
            }
            for one in proposal.columns
        ],
        "unclear": [
            {
                "column": one.column,
                "reason": one.reason,
                "headers": list(one.headers),
                "required": one.required,
                "message": unclear_text(one, proposal.kind, book),
            }
            for one in proposal.unclear
        ],
    }


def _planned(asked: Asked) -> str:
    """What the mapping's ``file`` will name: the place in the client's folder, else under data/."""
    from toolkit.intake.client_setting import folder_of
    from toolkit.intake.files.paths import nfc, shown_path
    from toolkit.intake.proposals.confirming import planned_file

    folder = folder_of(asked.file)
    if folder is None:
        return planned_file(f"data/{nfc(asked.file.name)}")
    return planned_file(shown_path(asked.file.absolute(), folder))


def _confirmed_document(done: Confirmed | None) -> dict[str, str] | None:
    if done is None:
        return None
    return {"mapping": f"{done.path.parent.name}/{done.path.name}", "file": done.file}


def _print(answer: _Answer, document: Mapping[str, Any], asked: Asked, speech: Speech) -> None:
    _print_report(document, answer.report.problems, speech)
    if answer.proposal:
        _print_proposal(answer.proposal, document["proposal"], asked, speech)
    if answer.confirmed:
        done = answer.confirmed
        speech.line(speech.text(f"{_WORDS}.filed", path=done.path))
        kind = "glob" if "*" in done.file else "file"
        speech.line(speech.text(f"{_WORDS}.filed_{kind}", file=done.file))
    elif asked.confirm:
        speech.line(speech.text(f"{_WORDS}.not_filed"))


def _print_report(document: Mapping[str, Any], problems: Iterable[Problem], speech: Speech) -> None:
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


def _print_proposal(
    proposal: Proposal, document: Mapping[str, Any], asked: Asked, speech: Speech
) -> None:
    """The table, what is still to be asked, the mapping as a file, and how to file it."""
    speech.line("")
    speech.line(speech.text(f"{_WORDS}.lead"))
    _print_columns(document["columns"], speech)
    for one in document["unclear"]:
        speech.line(speech.text(f"{_WORDS}.ask", text=one["message"]))
    speech.line("")
    speech.line(document["mapping"])
    speech.line(_how_to_confirm(proposal, asked, speech))


def _print_columns(columns: Iterable[Mapping[str, Any]], speech: Speech) -> None:
    """A table of texts; nothing of a client's is taken for markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from toolkit.intake.notes import shown

    heads = speech.text(f"{_WORDS}.heads").split("|")
    table = Table(title=speech.text(f"{_WORDS}.title"), title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    for one in columns:
        cells = (
            one["column"],
            shown(one["header"]),
            f"{one['confidence']:.2f}",
            speech.text(f"{_WORDS}.reason.{one['reason']}"),
            " / ".join(one["samples"]),
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console(width=None if Console().is_terminal else _WIDE).print(table)


def _how_to_confirm(proposal: Proposal, asked: Asked, speech: Speech) -> str:
    """The command that files the mapping, for this file where it lies in a client's folder."""
    from toolkit.intake.client_setting import folder_of

    folder = folder_of(asked.file)
    client = _argument(str(folder)) if folder else speech.text(f"{_WORDS}.client")
    file = _argument(str(asked.file)) if folder else f"{client}/data/{_argument(asked.file.name)}"
    parts = ["toolkit", "read", file, "--kind", asked.kind]
    if not proposal.ready:
        parts += ["--mapping", speech.text(f"{_WORDS}.mapping")]
    place = "" if folder else "_moved"
    key = "confirm" if proposal.ready else "write"
    return speech.text(f"{_WORDS}.{key}{place}", command=" ".join([*parts, "--confirm", client]))


def _argument(text: str) -> str:
    """A path as an argument of a command that is to be copied: quoted unless it is plain."""
    if all(letter.isalnum() or letter in "./\\_-:~" for letter in text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
