"""How every object shows itself in a notebook: known parts, and honestly the unknown ones."""

from __future__ import annotations

import html
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
        f"<small>{_escaped(_unknown(rows, name, book))}</small></div>"
    )


def part_label(name: str, part: str, book: Words) -> str:
    """Label of a part of an object."""
    return book.text(f"frameworks.objects.{name}.parts.{part}")


def code_label(codes: str, code: str, book: Words) -> str:
    """Label of a code of a set; a text that is no code of it stays as given."""
    key = f"frameworks.codes.{codes}.{code}"
    return book.text(key) if codes and book.has(key) else code


def value_text(row: Row, book: Words) -> str:
    """The value of a row as it is read."""
    if isinstance(row.value, bool):
        return code_label("yesno", "yes" if row.value else "no", book)
    if isinstance(row.value, str):
        return code_label(row.codes, row.value, book)
    text = number_text(row.value, row.unit, book.lang)
    pattern = f"frameworks.shown.unit.{row.unit}"
    return book.text(pattern, value=text) if book.has(pattern) else text


def _by_part(rows: tuple[Row, ...]) -> groupby[str, Row]:
    return groupby((row for row in rows if row.known), key=lambda row: row.part)


def _part(part: str, rows: list[Row], name: str, book: Words) -> str:
    lines = "<br>".join(_escaped(_line(row, book)) for row in rows)
    label = _escaped(part_label(name, part, book))
    return f'<tr><th style="{CELL}">{label}</th><td style="{CELL}">{lines}</td></tr>'


def _line(row: Row, book: Words) -> str:
    text = value_text(row, book)
    if not row.item:
        return text
    return book.text(
        "frameworks.shown.item", item=code_label(row.items, row.item, book), value=text
    )


def _unknown(rows: tuple[Row, ...], name: str, book: Words) -> str:
    by_part: dict[str, list[Row]] = {}
    for row in rows:
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
