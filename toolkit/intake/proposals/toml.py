"""A proposed mapping as the TOML file that a consultant reads, corrects and confirms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from toolkit.intake.mappings.mapping import Condition, FillDown, RowRules, Source
from toolkit.intake.notes import shown
from toolkit.intake.proposals.proposal import Proposal, ProposedColumn, Unclear
from toolkit.words import Words, date_text

_WORDS = "cli.read.proposal"
_READ = ("encoding", "separator", "sheet", "header_row")


def mapping_text(proposal: Proposal, file: str, book: Words, confirmed: date | None = None) -> str:
    """The mapping, each line explained in the language of ``book``.

    Args:
        proposal: what was found; columns that are unclear stand in it as comments.
        file: what its ``file`` names, a path or glob inside the client's folder.
        book: words of the method.
        confirmed: the day on which it was confirmed; None for a preview.
    """
    written = {one.column: _column(one, proposal, book) for one in proposal.columns}
    asked = {
        one.column: _asked(one, proposal, book)
        for one in proposal.unclear
        if not one.column.startswith("rows.")
    }
    lines = [
        *_head(confirmed, book),
        f"table = {toml_value(proposal.kind)}",
        f"file = {toml_value(file)}{_note(book, 'glob' if '*' in file else 'file')}",
        *_read(proposal, book),
        "",
        "[columns]",
        *written.values(),
        *asked.values(),
        *_rows(proposal, book),
    ]
    return "\n".join(lines) + "\n"


def toml_value(value: str | float | bool | tuple[str, ...]) -> str:
    r"""A value as TOML writes it.

    >>> toml_value('金額"税込"\n'), toml_value(("a", "b")), toml_value(False), toml_value(3.0)
    ('"金額\\"税込\\"\\n"', '["a", "b"]', 'false', '3.0')
    """
    if isinstance(value, tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)


def column_name(kind: str, column: str, book: Words) -> str:
    """The name of a canonical column in the reader's language, or the column itself."""
    key = f"requests.column.{kind}.{column}"
    return book.text(key) if book.has(key) else column


def unclear_text(one: Unclear, kind: str, book: Words) -> str:
    """Why a column is still to be asked for."""
    listed = book.text(f"{_WORDS}.between").join(shown(text) for text in one.headers)
    reason = f"{one.reason}_near" if one.reason == "none" and listed else one.reason
    name = column_name(kind, one.column, book)
    return book.text(f"{_WORDS}.unclear.{reason}", name=name, headers=listed)


def _head(confirmed: date | None, book: Words) -> Iterator[str]:
    if confirmed is None:
        yield f"# {book.text(f'{_WORDS}.file_proposed')}"
    else:
        day = date_text(confirmed, book.lang)
        yield f"# {book.text(f'{_WORDS}.file_confirmed', day=day)}"


def _note(book: Words, key: str, **params: str) -> str:
    return f"   # {book.text(f'{_WORDS}.line.{key}', **params)}"


def _read(proposal: Proposal, book: Words) -> Iterator[str]:
    found = [(key, getattr(proposal.read, key)) for key in _READ]
    said = [(key, value) for key, value in found if value is not None]
    if said:
        yield from ("", "[read]")
    for key, value in said:
        yield f"{key} = {toml_value(value)}{_note(book, key)}"


def _column(one: ProposedColumn, proposal: Proposal, book: Words) -> str:
    about = book.text(
        f"{_WORDS}.line.column",
        name=column_name(proposal.kind, one.column, book),
        reason=book.text(f"{_WORDS}.reason.{one.reason}"),
        confidence=f"{one.confidence:.2f}",
    )
    return f"{one.column} = {_source(one.source)}   # {about}"


def _source(source: Source) -> str:
    if source.operation == "column":
        return toml_value(source.headers[0])
    return f"{{ {source.operation} = {toml_value(source.headers)} }}"


def _asked(one: Unclear, proposal: Proposal, book: Words) -> str:
    """A line to be completed; where only the form of the values is unclear, its header is there."""
    known = one.headers[0] if one.reason == "date_order" else ""
    return f"# {one.column} = {toml_value(known)}   # {unclear_text(one, proposal.kind, book)}"


def _rows(proposal: Proposal, book: Words) -> Iterator[str]:
    lines = list(_rules(proposal.rows, proposal.model_reason, book))
    if lines:
        yield from ("", "[rows]", *lines)


def _rules(rows: RowRules, model_reason: str, book: Words) -> Iterator[str]:
    if rows.model:
        yield f"model = {toml_value(rows.model)}{_note(book, f'model.{model_reason}')}"
    if rows.cancelled:
        tests = [_test(test) for test in rows.cancelled]
        listed = tests[0] if len(tests) == 1 else f"[{', '.join(tests)}]"
        yield f"cancelled = {listed}{_note(book, 'cancelled')}"
    if rows.guests != "quarantine":
        yield f"guests = {toml_value(rows.guests)}{_note(book, 'guests')}"
    if rows.persons != "keep":
        yield f"persons = {toml_value(rows.persons)}{_note(book, 'persons')}"
    if rows.fill_down:
        yield f"fill_down = {_fill_down(rows.fill_down)}{_note(book, 'fill_down')}"


def _test(test: Condition) -> str:
    return f"{{ column = {toml_value(test.column)}, {test.operator} = {toml_value(test.operand)} }}"


def _fill_down(rule: FillDown) -> str:
    return f"{{ by = {toml_value(rule.by)}, columns = {toml_value(rule.columns)} }}"
