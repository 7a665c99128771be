"""What ``check`` shows: tables with their fates, gaps and columns, and what to ask for next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from toolkit.commands.speech import Speech
from toolkit.diagnosis.ask import NextQuestion
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.diagnosis.health import FATES, DataHealth, data_health
from toolkit.diagnosis.request import RequestList, request_list
from toolkit.intake.notes import shown
from toolkit.intake.profiles.contradictions import Contradiction, Voice
from toolkit.outline.edits import reason_text
from toolkit.outline.health import column_name, column_text, source_text
from toolkit.outline.hearing import contradiction_line, contradictions_in
from toolkit.outline.request import figure_name
from toolkit.outline.writer import Writer, writer
from toolkit.words import Words, number_text, place_text, problem_text, words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

MOST_QUESTIONS = 20
WIDE = 160


def check_document(diagnosis: Diagnosis, lang: str) -> dict[str, Any]:
    """The document of ``check --json``: tables, health, what to ask, contradictions, edits."""
    book = words(diagnosis.content, lang)
    health = data_health(diagnosis)
    return {
        "client_id": diagnosis.client["client_id"],
        "tables": {one.table: one.rows["accepted"] for one in health if one.recognised},
        "health": [
            {**dict(raw), **_health(one, book)}
            for raw, one in zip(diagnosis.health, health, strict=True)
        ],
        "missing": list(_missing(request_list(diagnosis), book)),
        "questions": [_question(one, book) for one in _questions(diagnosis)],
        "contradictions": [_contradiction(one, book) for one in contradictions_in(diagnosis)],
        "edits": [_edit(one, writer(diagnosis, lang)) for one in diagnosis.edits],
    }


def _edit(one: AppliedEdit, pen: Writer) -> dict[str, Any]:
    """An edit of the consultant, whether the report takes it up, and what to see to."""
    return {
        "id": one.edit.id,
        "line": one.edit.line,
        "fits": one.fits,
        "reason": one.reason,
        "message": reason_text(pen, one) if one.reason else "",
    }


def _contradiction(one: Contradiction, book: Words) -> dict[str, Any]:
    """Who said what to a question that was answered in two ways; the answer used comes first."""
    text = f"questions.{one.question}.text"
    law = f"legal.{one.question}.check"
    return {
        "question": one.question,
        "item": one.item,
        "text": book.text(law if book.has(law) else text),
        "reason": one.reason,
        "used": _voice(one.used),
        "others": [_voice(other) for other in one.others],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    said = list(voice.said) if isinstance(voice.said, tuple) else voice.said
    names = ("by", "on", "basis", "evidence", "source")
    return {"value": said, **{name: getattr(voice.answer, name) for name in names}}


def _questions(diagnosis: Diagnosis) -> list[NextQuestion]:
    return [one for one in diagnosis.questions if one.kind == "question"]


def _question(one: NextQuestion, book: Words) -> dict[str, Any]:
    text, how = f"questions.{one.id}.text", f"questions.{one.id}.how"
    return {
        "id": one.id,
        "text": book.text(text),
        "key": one.key,
        "rules": list(one.rules),
        "value": one.value,
        "how": book.text(how) if book.has(how) else "",
    }


def _missing(request: RequestList, book: Words) -> Iterator[dict[str, Any]]:
    """Tables not delivered and columns that delivered ones lack, the most useful first."""
    for item in request.items:
        if item.table is None or not (item.kind == "table" or item.columns):
            continue
        material = f"common.material.{item.table}"
        yield {
            "table": item.table,
            "name": book.text(f"common.table.{item.table}"),
            "columns": list(item.columns),
            "ask": book.text(material) if book.has(material) else "",
            "rules": list(item.rules),
            "figures": list(item.figures),
        }


def _health(one: DataHealth, book: Words) -> dict[str, Any]:
    return {
        "columns": [
            {"column": c.name, "headers": list(c.headers), "filled": c.filled} for c in one.columns
        ],
        "missing_columns": [
            {"column": c.name, "rules": list(c.waiting.rules), "figures": list(c.waiting.facts)}
            for c in one.missing
        ],
        "set_aside": [
            {
                "code": reason.example.code,
                "count": reason.count,
                "message": problem_text(reason.example, book)[0],
                "file": reason.example.file,
                "row": reason.example.row,
                "column": reason.example.column,
            }
            for reason in one.set_aside
        ],
    }


def print_check(diagnosis: Diagnosis, speech: Speech) -> None:
    """The same for a reader: tables first, then gaps, then what to ask."""
    book = words(diagnosis.content, speech.lang)
    health = data_health(diagnosis)
    _print(speech, "rows", _row_cells(health, book))
    _print(speech, "set_aside", _set_aside_cells(health, book))
    _print(speech, "normalised", _note_cells(health, book))
    _print(speech, "columns", _column_cells(health, speech, book))
    _print(speech, "missing_columns", _gap_cells(health, diagnosis, book))
    pen = writer(diagnosis, speech.lang)
    for contradiction in contradictions_in(diagnosis):
        line = contradiction_line(pen, contradiction)
        speech.line(speech.text("cli.check.contradiction", line=line))
    for edit in diagnosis.edits:
        if edit.reason is not None:
            why = {"line": edit.edit.line, "id": shown(edit.edit.id), "why": reason_text(pen, edit)}
            speech.line(speech.text("cli.check.edit", **why))
    request = request_list(diagnosis)
    for item in _missing(request, book):
        if not item["columns"]:
            speech.line(speech.text("cli.check.missing", name=item["name"], ask=item["ask"]))
    for one in _questions(diagnosis)[:MOST_QUESTIONS]:
        text = book.text(f"questions.{one.id}.text")
        speech.line(speech.text("cli.check.question", text=text, count=len(one.rules)))
    if request.items:
        speech.line(speech.text("cli.check.request", count=len(request.items)))


def _table_name(one: DataHealth, book: Words) -> str:
    return book.text(f"common.table.{one.table}")


def _row_cells(health: Iterable[DataHealth], book: Words) -> Iterator[tuple[str, ...]]:
    for one in health:
        files = "\n".join(shown(name) for name in one.files)
        counts = (f"{one.rows[fate]:,}" for fate in FATES)
        yield (_table_name(one, book), files, source_text(one, book) or "—", *counts)


def _set_aside_cells(health: Iterable[DataHealth], book: Words) -> Iterator[tuple[str, ...]]:
    for one in health:
        for reason in one.set_aside:
            message, place = problem_text(reason.example, book)[0], place_text(reason.example, book)
            yield (_table_name(one, book), f"{reason.count:,}", message, place)


def _note_cells(health: Iterable[DataHealth], book: Words) -> Iterator[tuple[str, ...]]:
    for one in health:
        for note in (*one.notes, *one.warnings):
            count = f"{int(note['count']):,}"
            params = {**note.get("params", {}), "count": count}
            text = book.text(f"errors.notes.{note['code']}", **params)
            yield (_table_name(one, book), count, text)


def _column_cells(
    health: Iterable[DataHealth], speech: Speech, book: Words
) -> Iterator[tuple[str, ...]]:
    for one in health:
        for column in one.columns:
            name = column_text(one.table, column, book)
            share = number_text(column.filled, "share", speech.lang)
            yield (_table_name(one, book), column.name, name, share)


def _gap_cells(
    health: Iterable[DataHealth], diagnosis: Diagnosis, book: Words
) -> Iterator[tuple[str, ...]]:
    """Missing columns that something waits for, with the figures they would give."""
    between = book.text("report.list_separator")
    for one in health:
        for column in one.missing:
            facts = column.waiting.facts
            if facts:
                names = (figure_name(fact, book, diagnosis.content) for fact in facts)
                rules = f"{len(column.waiting.rules):,}"
                name = column_name(one.table, column.name, book)
                yield (_table_name(one, book), name, between.join(names), rules)


def _print(speech: Speech, name: str, rows: Iterable[tuple[str, ...]]) -> None:
    """A titled table of texts; nothing of a client's is taken for markup. None without rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = list(rows)
    if not cells:
        return
    heads = speech.text(f"cli.check.heads.{name}").split("|")
    table = Table(*heads, title=speech.text(f"cli.check.titles.{name}"), title_justify="left")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=None if Console().is_terminal else WIDE).print(table)
