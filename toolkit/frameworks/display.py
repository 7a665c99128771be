"""How every object shows itself in a notebook: known parts, and honestly the unknown ones."""

from __future__ import annotations

import html
from collections.abc import Iterable
from itertools import groupby

from toolkit.frameworks.framework import Framework, Row
from toolkit.method import load_method
from toolkit.words import Words, number_text, words

CELL = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"


def object_html(thing: Framework) -> str:
    """An object as HTML in ``tk.language``; everything from outside is escaped."""
    book = words(load_method())
    name = thing.NAME
    rows = thing.rows()
    known = "".join(_part(part, list(group), name, book) for part, group in _by_part(rows))
    return (
        f'<div lang="{book.lang}"><b>{_escaped(book.text(f"frameworks.objects.{name}.title"))}</b>'
        f"<br><small>{_escaped(book.text(f'frameworks.objects.{name}.text'))}</small>"
        f'<table style="border-collapse:collapse">{known}</table>'
        f"<small>{_said(thing, book)}{_escaped(_unknown(rows, name, book))}</small></div>"
    )


def said_text(name: str, code: str, book: Words | None = None) -> str:
    """A statement of the method about an object, by its code."""
    return (book or words(load_method())).text(f"frameworks.objects.{name}.says.{code}")


def part_label(name: str, part: str, book: Words) -> str:
    """Label of a part of an object."""
    return book.text(f"frameworks.objects.{name}.parts.{part}")


def code_label(codes: str, code: str, book: Words) -> str:
    """Label of a code of a set; a text that is no code of it stays as given."""
    key = f"frameworks.codes.{codes}.{code}"
    return book.text(key) if codes and book.has(key) else code


def code_labels(codes: str, members: Iterable[str]) -> str:
    """Labels of several codes of a set as one text, in ``tk.language``."""
    comma = words(load_method()).text("frameworks.shown.comma")
    return comma.join(labels_of(codes, members).values())


def labels_of(codes: str, members: Iterable[str]) -> dict[str, str]:
    """Labels of codes of a set by code, in ``tk.language``."""
    book = words(load_method())
    return {one: code_label(codes, one, book) for one in members}


def value_text(row: Row, book: Words) -> str:
    """The value of a row as it is read."""
    if isinstance(row.value, bool):
        return code_label("yesno", "yes" if row.value else "no", book)
    if isinstance(row.value, str):
        return code_label(row.codes, row.value, book)
    text = number_text(row.value, row.unit, book.lang)
    pattern = f"frameworks.shown.unit.{row.unit}"
    return book.text(pattern, value=text) if book.has(pattern) else text


def _said(thing: Framework, book: Words) -> str:
    lines = [
        book.text(
            "frameworks.shown.said",
            text=said_text(thing.NAME, code, book),
            sources=book.text("frameworks.shown.comma").join(sources),
        )
        for code, sources in thing.SAYS.items()
    ]
    return "".join(f"{_escaped(line)}<br>" for line in lines)


def _by_part(rows: tuple[Row, ...]) -> groupby[str, Row]:
    return groupby((row for row in rows if row.known or row.open), key=lambda row: row.part)


def _part(part: str, rows: list[Row], name: str, book: Words) -> str:
    lines = "<br>".join(_escaped(_line(row, book)) for row in rows)
    label = _escaped(part_label(name, part, book))
    return f'<tr><th style="{CELL}">{label}</th><td style="{CELL}">{lines}</td></tr>'


def _line(row: Row, book: Words) -> str:
    text = book.text("frameworks.shown.open") if row.open else value_text(row, book)
    if row.item:
        item = code_label(row.items, row.item, book)
        text = book.text("frameworks.shown.item", item=item, value=text)
    if not row.note:
        return text
    return book.text("frameworks.shown.noted", text=text, note=_note(row, book))


def _note(row: Row, book: Words) -> str:
    """The note of a row: a code of its set, or a number or text in the pattern of that name."""
    pattern = f"frameworks.shown.note.{row.notes}"
    if book.has(pattern):
        return book.text(pattern, note=row.note)
    return code_label(row.notes, row.note, book)


def _unknown(rows: tuple[Row, ...], name: str, book: Words) -> str:
    by_part: dict[str, list[Row]] = {}
    for row in rows:
        if not row.open:
            by_part.setdefault(row.part, []).append(row)
    gaps = [
        _gap(part, group, name, book)
        for part, group in by_part.items()
        if not all(row.known for row in group)
    ]
    if not gaps:
        return book.text("frameworks.shown.complete")
    return book.text(
        "frameworks.shown.unknown", parts=book.text("frameworks.shown.comma").join(gaps)
    )


def _gap(part: str, rows: list[Row], name: str, book: Words) -> str:
    label = part_label(name, part, book)
    missing = [code_label(row.items, row.item, book) for row in rows if not row.known and row.item]
    if not missing or not any(row.known for row in rows):
        return label
    names = book.text("frameworks.shown.comma").join(missing)
    return book.text("frameworks.shown.gap", part=label, items=names)


def _escaped(text: str) -> str:
    return html.escape(text)
