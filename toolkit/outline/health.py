"""Data health in the report: what was delivered, how it was read, and what its gaps keep back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.diagnosis.health import ColumnHealth, DataHealth, MissingColumn, data_health
from toolkit.intake.notes import shown
from toolkit.outline.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from toolkit.outline.writer import Writer, plain_span
from toolkit.words import Words, place_text, problem_text

FULL = 0.9995
MOST_HEADERS = 3
MOST_NAMES = 3


def health(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Rows by fate, what was set aside and why, what was normalised, columns and their gaps."""
    tables = data_health(pen.diagnosis)
    if not tables:
        yield Paragraph(text=pen.text("report.health.none"))
        return
    yield Paragraph(text=pen.text("report.health.intro"), style="note")
    yield _rows(pen, tables)
    yield from _set_aside(pen, tables)
    yield from _columns(pen, tables)
    yield from _missing(pen, tables)
    notes = [note for one in tables for note in _notes(pen, one)]
    if notes:
        yield Heading(text=pen.text("report.health.notes"))
        yield Bullets(items=tuple(notes))


def _rows(pen: Writer, tables: Iterable[DataHealth]) -> Table:
    fates = ("total", "accepted", "quarantined", "deduplicated", "dropped", "cancelled")
    names = ("table", "file", "total", "used", "set_aside", "merged", "dropped", "cancelled")
    return Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in names),
        rows=tuple(
            (
                plain_span(pen.line(f"common.table.{one.table}")),
                _files(pen, one),
                *(plain_span(f"{one.rows[fate]:,}") for fate in fates),
            )
            for one in tables
        ),
        align="llrrrrrr",
    )


def _files(pen: Writer, one: DataHealth) -> Text:
    files = pen.joined(shown(name) for name in one.files)
    if one.system is None:
        return plain_span(files)
    return pen.text("report.health.files", files=files, source=source_text(one, pen.book))


def source_text(one: DataHealth, book: Words) -> str:
    """The system a table came from, with how sure its headers are; empty if not recognised."""
    if one.system is None:
        return ""
    name = system_name(one.system, book)
    key = f"requests.status.{one.status}"
    if one.status is None or not book.has(key):
        return name
    return book.text("report.health.source", system=name, status=book.text(key))


def system_name(system: str, book: Words) -> str:
    """The name of a system as its users write it."""
    keys = (f"adapters.system.{system}", f"requests.system.{system}")
    return next((book.text(key) for key in keys if book.has(key)), system)


def column_name(table: str, column: str, book: Words) -> str:
    """The name of a canonical column; the column itself where a firm has added it."""
    key = f"requests.column.{table}.{column}"
    return book.text(key) if book.has(key) else column


def _set_aside(pen: Writer, tables: Iterable[DataHealth]) -> Iterable[Block]:
    rows = [
        (
            plain_span(pen.line(f"common.table.{one.table}")),
            plain_span(problem_text(reason.example, pen.book)[0]),
            plain_span(f"{reason.count:,}"),
            plain_span(place_text(reason.example, pen.book)),
        )
        for one in tables
        for reason in one.set_aside
    ]
    if rows:
        yield Heading(text=pen.text("report.health.set_aside"))
        yield _table(pen, ("table", "reason", "rows", "example"), rows, "llrl")


def _columns(pen: Writer, tables: Iterable[DataHealth]) -> Iterable[Block]:
    rows = [
        (
            plain_span(pen.line(f"common.table.{one.table}")),
            plain_span(_joined_columns(one, pen, full=True)),
            plain_span(_joined_columns(one, pen, full=False)),
        )
        for one in tables
        if one.columns
    ]
    if rows:
        yield Heading(text=pen.text("report.health.columns"))
        yield _table(pen, ("table", "filled", "part_filled"), rows, "lll")


def _joined_columns(one: DataHealth, pen: Writer, *, full: bool) -> str:
    kept = [column for column in one.columns if (column.filled >= FULL) is full]
    names = [column_text(one.table, column, pen.book) for column in kept]
    if full:
        return pen.joined(names) or "—"
    parts = [
        pen.line("report.health.share", name=name, share=pen.number(column.filled, "share"))
        for name, column in zip(names, kept, strict=True)
    ]
    return pen.joined(parts) or "—"


def column_text(table: str, column: ColumnHealth, book: Words) -> str:
    """A column by its name, with the header of the file where that reads otherwise."""
    name = column_name(table, column.name, book)
    headers = [shown(header) for header in column.headers[:MOST_HEADERS]]
    if not headers or headers == [name] or headers == [column.name]:
        return name
    listed = book.text("requests.separator").join(headers)
    return book.text("report.health.column", name=name, headers=listed)


def _missing(pen: Writer, tables: Iterable[DataHealth]) -> Iterable[Block]:
    rows = [
        (
            plain_span(pen.line(f"common.table.{one.table}")),
            plain_span(column_name(one.table, column.name, pen.book)),
            plain_span(opens_text(pen, column)),
        )
        for one in tables
        for column in one.missing
        if column.waiting.facts
    ]
    if rows:
        yield Heading(text=pen.text("report.health.missing"))
        yield _table(pen, ("table", "column", "opens"), rows, "lll")


def opens_text(pen: Writer, column: MissingColumn) -> str:
    """The figures a column would make possible, and how many rules wait for them."""
    facts = column.waiting.facts
    names = pen.joined(pen.name(fact) for fact in facts[:MOST_NAMES])
    if len(facts) > MOST_NAMES:
        names += pen.line("report.and_more", count=str(len(facts) - MOST_NAMES))
    if not column.waiting.rules:
        return names
    return pen.line("report.health.opens", names=names, count=str(len(column.waiting.rules)))


def _notes(pen: Writer, one: DataHealth) -> Iterable[Text]:
    """One line a kind of note; columns for which the same was done stand together."""
    told = any(column.headers for column in one.columns)  # the table of columns has the headers
    table = pen.line(f"common.table.{one.table}")
    for (code, _), notes in _alike((*one.notes, *one.warnings)).items():
        if told and code == "headers":
            continue
        key, count = f"errors.notes.{code}", f"{sum(int(note['count']) for note in notes):,}"
        params = {**notes[0].get("params", {}), "count": count}
        if "column" in params:
            between = pen.line("report.health.column_separator")
            params["column"] = between.join(str(note["params"]["column"]) for note in notes)
        note = pen.line(key, **params) if pen.has(key) else code
        yield pen.text("report.health.note", table=table, note=note, count=count)
    for rate in one.match_rates:
        yield pen.text(
            "report.health.match_rate",
            file=shown(str(rate["file"])),
            other=shown(str(rate["other"])),
            share=pen.number(float(rate["key_share"]), "share"),
            count=f"{int(rate['keys']):,}",
        )


def _alike(
    notes: Iterable[Mapping[str, Any]],
) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """Notes of one kind that differ in their column alone, in order of appearance."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for note in notes:
        rest = {name: str(v) for name, v in note.get("params", {}).items() if name != "column"}
        groups.setdefault((str(note["code"]), repr(sorted(rest.items()))), []).append(note)
    return groups


def _table(
    pen: Writer, names: Iterable[str], rows: Iterable[tuple[Text, ...]], align: str
) -> Table:
    columns = tuple(pen.line(f"report.health.head.{name}") for name in names)
    return Table(columns=columns, rows=tuple(rows), align=align)
