"""The evidence sheets: their names, the labels of their columns, and their rows on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.sheet import text_width
from toolkit.deliverables.workbook.evidence import Evidence, evidence_of
from toolkit.deliverables.workbook.formula import Column
from toolkit.deliverables.workbook.page import clean
from toolkit.outline.writer import Writer

if TYPE_CHECKING:
    from toolkit.deliverables.workbook.desk import Desk
    from toolkit.diagnosis.document import Diagnosis

HEAD_ROW = 4  # title, what a row is, where to go back to, a blank
LONGEST_NAME = 31
CODED = (("journey", "mode"), ("journey", "side"), ("contacts", "type"))
"""Columns of codes, shown by their words."""
UNWIELDY = re.compile(r"[\[\]:*?/\\']")
UNSAFE = re.compile(r"[\[\]#'@\"{}\\]")  # in the name of a column inside a formula
LARGEST_FIRST = {"orders": "amount"}
NARROW, WIDE = 9.0, 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One evidence table as a sheet: ``name`` is the table's in formulas, ``labels`` its heads."""

    sheet: str
    name: str
    title: str
    labels: Mapping[str, str]
    codes: Mapping[tuple[str, str], str]
    evidence: Evidence

    @property
    def first(self) -> str:
        """The first column as formulas name it; a whole table would count its heads in some."""
        return f"{self.name}[{next(iter(self.labels.values()))}]"

    def reference(self, column: str) -> str | None:
        """A column as formulas name it; None where the table lacks it."""
        return f"{self.name}[{self.labels[column]}]" if column in self.labels else None


def leaves(diagnosis: Diagnosis, pen: Writer, taken: set[str]) -> dict[str, Leaf]:
    """The evidence sheets of a diagnosis by table, in the order of its tables."""
    made: dict[str, Leaf] = {}
    names: set[str] = set()
    for table, frame in sorted(diagnosis.evidence.items()):
        if not len(frame):
            continue
        title = table_title(pen, table)
        evidence = evidence_of(table, _in_order(table, frame))
        made[table] = Leaf(
            sheet=sheet_name(pen.line("workbook.sheet.leaf", table=title), taken),
            name=_free(re.sub(r"\W", "_", title), names),
            title=title,
            labels=_labels(pen, evidence),
            codes=_codes(pen, evidence),
            evidence=evidence,
        )
    return made


def _in_order(table: str, frame: Any) -> Any:
    """The largest customers first: it is they whom a reader looks for."""
    column = LARGEST_FIRST.get(table)
    if column not in frame.columns:
        return frame
    return frame.sort_values(column, ascending=False, kind="stable")


def table_title(pen: Writer, table: str) -> str:
    """What the rows of a table are about."""
    key = f"workbook.table.{table}"
    return pen.line(key) if pen.has(key) else pen.line(f"common.table.{table}")


def sheet_name(text: str, taken: set[str]) -> str:
    """A name a sheet may have, unlike those taken.

    >>> taken = set()
    >>> sheet_name("a/b", taken), sheet_name("A_B", taken)
    ('a_b', 'A_B2')
    """
    return _free(UNWIELDY.sub("_", text)[: LONGEST_NAME - 1].strip() or "_", taken)


def _free(text: str, taken: set[str]) -> str:
    made, number = text, 1
    while made.casefold() in taken:
        number += 1
        made = f"{text}{number}"
    taken.add(made.casefold())
    return made


def _labels(pen: Writer, evidence: Evidence) -> dict[str, str]:
    taken: set[str] = set()
    return {
        name: _free(UNSAFE.sub("_", _label(pen, evidence.table, name)).strip() or "_", taken)
        for name in evidence.kinds
    }


def _label(pen: Writer, table: str, column: str) -> str:
    """The head of a column: our own word, that of the request, or of the cost item."""
    for key in (
        f"workbook.column.{table}.{column}",
        f"workbook.place.{column}",
        f"requests.column.{table}.{column}",
    ):
        if pen.has(key):
            return pen.line(key)
    return pen.item("", column)


def _codes(pen: Writer, evidence: Evidence) -> dict[tuple[str, str], str]:
    """Words of the codes that stand in columns of codes, by column and code."""
    made = {}
    for table, column in CODED:
        if table == evidence.table and column in evidence.kinds:
            for code in dict.fromkeys(evidence.frame[column].dropna()):
                key = f"workbook.code.{code}"
                made[column, str(code)] = pen.line(key) if pen.has(key) else str(code)
    return made


def reference(desk: Desk, column: Column) -> str | None:
    """A column of the evidence as formulas name it."""
    leaf = desk.leaves.get(column.table)
    return leaf.reference(column.name) if leaf is not None else None


def write_leaf(desk: Desk, table: str) -> None:
    """One evidence sheet: its rows as a table that formulas name."""
    leaf = desk.leaves[table]
    frame, kinds = leaf.evidence.frame, leaf.evidence.kinds
    page = desk.page(f"leaf.{table}", _widths(leaf), HEAD_ROW)
    page.title()
    about = desk.say(f"about.leaf.{table}") if desk.pen.has(f"workbook.about.leaf.{table}") else ""
    page.sheet.write_string(1, 0, about, desk.looks.of("tile_label_bare"))
    back = desk.say("leaf.back", sheet=desk.names["figures"])
    page.link(2, 0, back, f"'{desk.names['figures']}'!A1", "goto")
    page.sheet.write_string(3, 0, _counted(desk, leaf), desk.looks.of("tile_label_bare"))
    head = desk.looks.of("head")
    columns = [{"header": leaf.labels[name], "header_format": head} for name in kinds]
    page.sheet.set_row(HEAD_ROW, 30)
    size = len(frame)
    page.sheet.add_table(
        *(HEAD_ROW, 0, HEAD_ROW + size, len(kinds) - 1),
        {"columns": columns, "name": leaf.name, "style": None, "autofilter": True},
    )
    page.sheet.freeze_panes(HEAD_ROW + 1, 1)
    for column, name in enumerate(kinds):
        _column(desk, page.sheet, leaf, (column, name))


def _counted(desk: Desk, leaf: Leaf) -> str:
    size = f"{len(leaf.evidence.frame):,}"
    return desk.say("leaf.rows", rows=size)


def _column(desk: Desk, sheet: Any, leaf: Leaf, at: tuple[int, str]) -> None:
    """The cells of one column, each in its own type."""
    column, name = at
    kind = leaf.evidence.kinds[name]
    look = {
        "day": desk.looks.of("leaf_day"),
        "month": desk.looks.of("leaf_month"),
        "whole": desk.looks.of("leaf", desk.numbers.of("count")),
        "number": desk.looks.of("leaf", "#,##0.0#"),
        "share": desk.looks.of("leaf", desk.numbers.of("share")),
        "flag": desk.looks.of("leaf_flag"),
        "text": desk.looks.of("leaf_text"),
    }[kind]
    if name == "row":
        look = desk.looks.of("leaf", "0")
    for row, value in enumerate(leaf.evidence.frame[name].tolist(), start=HEAD_ROW + 1):
        if value is None or value != value or value in (float("inf"), float("-inf")):
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        elif isinstance(value, str):
            shown = leaf.codes.get((name, value), value)
            sheet.write_string(row, column, clean(shown), look)
        else:
            sheet.write_number(row, column, value, look)


def _widths(leaf: Leaf) -> list[float]:
    """Widths by the heads and the first rows."""
    made = []
    for name, kind in leaf.evidence.kinds.items():
        least = text_width(leaf.labels[name]) + 4.0
        if kind == "text":
            values = (one for one in leaf.evidence.frame[name].head(300) if isinstance(one, str))
            least = max([least, *(text_width(one) + 2.0 for one in values)])
        made.append(min(max(least, NARROW if kind != "day" else 12.0), WIDE))
    return made
