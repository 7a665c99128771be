"""CSV files for other programs: findings, actions, figures, and the evidence rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.difference import Difference, Verification
from toolkit.deliverables.faces import Material, file_name
from toolkit.deliverables.tables.listing import (
    Cell,
    Listing,
    Quantity,
    actions,
    figures,
    findings,
)
from toolkit.outline.writer import Writer, writer
from toolkit.store import significant, write_bytes

if TYPE_CHECKING:
    import pandas

FILE = "findings.csv"
MOST_ROWS = 20_000
GUARDED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
Rows = list[list[str]]


def write(material: Material, folder: Path, suffix: str) -> None:
    """Write a file a table; evidence with its own column names, once for all languages."""
    for name, rows in _tables(material, suffix):
        write_bytes(folder / name, csv_bytes(rows))


def check(material: Material, folder: Path, suffix: str) -> Verification:
    """Hold every cell of the files against what the material says should stand there."""
    checked, differing = 0, []
    for name, rows in _tables(material, suffix):
        printed = read_csv(folder / name)
        checked += sum(len(row) for row in rows)
        differing += list(_differences(name, printed, rows))
    return Verification(checked=checked, differing=tuple(differing))


def csv_bytes(rows: Rows) -> bytes:
    r"""The bytes of a file that Excel opens by a double click: a mark at its head, CRLF.

    >>> csv_bytes([["a", "=1"]])
    b"\xef\xbb\xbfa,'=1\r\n"
    """
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([guarded(one) for one in row] for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def read_csv(path: Path) -> Rows | None:
    """The rows of a file of ours, guards taken off; None where there is no such file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return [[bare(one) for one in row] for row in csv.reader(io.StringIO(text, newline=""))]


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a number stays one.

    >>> guarded("=1+1"), guarded("-12.5"), guarded("+1 (81)"), guarded("茶")
    ("'=1+1", '-12.5', "'+1 (81)", '茶')
    """
    return f"'{text}" if text.startswith(GUARDED) and not _number(text) else text


def bare(text: str) -> str:
    """What ``guarded`` was given.

    >>> bare("'=1+1"), bare("''s"), bare("-12.5")
    ('=1+1', "'s", '-12.5')
    """
    return text[1:] if text.startswith("'") else text


def _number(text: str) -> bool:
    digits = text.removeprefix("-")
    whole, _, part = digits.partition(".")
    return whole.isascii() and whole.isdigit() and (part == "" or part.isdigit())


def _tables(material: Material, suffix: str) -> Iterator[tuple[str, Rows]]:
    """Each file's name and rows."""
    pen = writer(material.diagnosis, material.document.lang)
    for listed in (findings(pen), actions(pen), figures(pen, material.document)):
        yield file_name(f"{listed.name}.csv", suffix), _rows(pen, listed)
    if suffix:
        return  # evidence has no words of ours: it is there once
    for table, frame in sorted(material.diagnosis.evidence.items()):
        if 0 < len(frame) <= MOST_ROWS:
            yield f"evidence_{table}.csv", _evidence(frame)


def _rows(pen: Writer, listed: Listing) -> Rows:
    heads = [pen.line(f"tables.column.{listed.name}.{name}") for name in listed.columns]
    return [heads, *([_text(cell) for cell in row] for row in listed.rows)]


def _text(cell: Cell) -> str:
    """A cell as text: numbers raw, days as ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, Quantity):
        return _digits(cell.value)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _digits(value: Any) -> str:
    """A number in its ten digits, never in powers of ten.

    >>> _digits(12.0), _digits(0.1 + 0.2), _digits(1e-7)
    ('12', '0.3', '0.0000001')
    """
    number = significant(float(value)) or 0.0
    if float(number).is_integer():
        return str(int(number))
    from decimal import Decimal

    return format(Decimal(repr(number)), "f")


def _evidence(frame: pandas.DataFrame) -> Rows:
    made = frame.astype(object).where(frame.notna(), None)
    rows: Sequence[Sequence[Any]] = made.to_numpy().tolist()
    return [[str(name) for name in frame.columns], *([_plain(one) for one in row] for row in rows)]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return "" if abs(value) == float("inf") else _digits(value)
    return str(value)


def _differences(name: str, printed: Rows | None, rows: Rows) -> Iterator[Difference]:
    if printed is None:
        yield Difference(format=name, fact="file", printed=None, recomputed=name)
        return
    heads = rows[0]
    for number in range(max(len(rows), len(printed))):
        was = printed[number] if number < len(printed) else []
        now = rows[number] if number < len(rows) else []
        for column in range(max(len(was), len(now))):
            old = was[column] if column < len(was) else None
            new = now[column] if column < len(now) else None
            if old != new:
                head = heads[column] if column < len(heads) else str(column + 1)
                key = now[-1] if "." in "".join(now[-1:]) else "".join(now[:1])
                yield Difference(format=name, fact=key or head, printed=old, recomputed=new)
