"""The side file of rows that were not used: place, code and reason, no personal value."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.errors import Problem
from toolkit.intake.table import Table
from toolkit.method import Method
from toolkit.words import problem_text, words

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = ("table", "file", "row", "line", "column", "code", "value", "params")
SIDE_FILE = ("file", "row", "column", "code", "reason")
_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def quarantine_frame(tables: Iterable[Table]) -> DataFrame:
    """One row for each fault that kept a row out; ``params`` is JSON for its sentence."""
    import pandas as pd

    rows = [
        (table.kind, p.file, p.row, p.line, p.column, p.code, p.value, _json(p))
        for table in tables
        for p in table.report.problems
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"row": "Int64", "line": "Int64"})


def _json(problem: Problem) -> str:
    return json.dumps(dict(problem.params), ensure_ascii=False, sort_keys=True)


def quarantine_csv(frame: DataFrame, method: Method, lang: str) -> bytes:
    """The side file as UTF-8 with a BOM, so that Excel shows it; no cell is a live formula."""
    book = words(method, lang)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(SIDE_FILE)
    for record in frame.to_dict("records"):
        problem = _problem(record)
        reason, _ = problem_text(problem, book)
        cells = (problem.file, problem.row, problem.column, problem.code, reason)
        writer.writerow(guarded("" if cell is None else str(cell)) for cell in cells)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes for text and never for a formula.

    >>> guarded("=1+1"), guarded("plain")
    ("'=1+1", 'plain')
    """
    return f"'{cell}" if cell.startswith(_LIVE) else cell


def _problem(record: Mapping[Any, Any]) -> Problem:
    import pandas as pd

    def text(name: str) -> str | None:
        value = record[name]
        return None if pd.isna(value) else str(value)

    row = text("row")
    return Problem(
        code=text("code") or "",
        file=text("file"),
        row=None if row is None else int(row),
        column=text("column"),
        value=text("value"),
        params=json.loads(text("params") or "{}"),
    )
