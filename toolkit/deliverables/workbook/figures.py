"""The figures: each with its value, a live formula over the evidence, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from toolkit.deliverables.tables.listing import Cell, Quantity, figures
from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.evidence import day_number
from toolkit.deliverables.workbook.excel import Places, excel_formula
from toolkit.deliverables.workbook.formula import CELL, Part, formula_of, tables_of
from toolkit.deliverables.workbook.leaves import reference
from toolkit.deliverables.workbook.page import Page, cell, place
from toolkit.deliverables.workbook.value import value_of
from toolkit.facts import Fact

HEAD_ROW = 6
COLUMNS = (
    "name", "cell", "value", "live", "difference", "check", "leaf", "definition", "n", "start",
    "end", "low", "high", "table", "rows", "basis", "by", "key",
)  # fmt: skip
WIDTHS = [28, 16, 13, 14, 9, 9, 16, 58, 9, 12, 12, 13, 13, 14, 10, 10, 12, 34]
VALUE, LIVE, DIFFERENCE, CHECK, LEAF = 2, 3, 4, 5, 6
START, END, BY = 9, 10, 16
PRINTED = 11  # columns on paper; the rest is for the screen
CLOSE, SMALL = 1e-8, 1e-9  # a figure is kept to ten digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A figure's formula in Excel's words, what it gives, and the tables it reads."""

    formula: str
    value: float
    tables: tuple[str, ...]


def figure_rows(desk: Desk) -> dict[str, int]:
    """The row of each figure on its sheet, by the figure's key."""
    listed = figures(desk.pen, desk.material.document)
    return {key: HEAD_ROW + 1 + index for index, key in enumerate(listed.keys)}


def write_figures(desk: Desk) -> None:
    """The sheet of figures."""
    listed = figures(desk.pen, desk.material.document)
    widths = dict(zip(COLUMNS, map(float, WIDTHS), strict=True))
    widths["live"] = max(WIDTHS[LIVE], desk.fitted(listed, widths)[VALUE])
    page = desk.page("figures", desk.fitted(listed, widths), HEAD_ROW)
    last = HEAD_ROW + len(listed.rows)
    found = _found(desk)
    _top(desk, page, last, sum(one is not None for one in found.values()))
    page.heads(HEAD_ROW, [desk.say(f"column.figures.{name}") for name in COLUMNS])
    if not listed.rows:
        return
    for row, (key, cells) in enumerate(
        zip(listed.keys, listed.rows, strict=True), start=HEAD_ROW + 1
    ):
        fact = desk.pen.fact(key)
        given = dict(zip(listed.columns, cells, strict=True))
        _row(desk, page, (row, fact), given)
        _live(desk, page, (row, fact), found[key])
    page.sheet.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    page.sheet.freeze_panes(HEAD_ROW + 1, 1)
    page.sheet.print_area(0, 0, last, PRINTED - 1)
    _alarm(desk, page, last)


def _top(desk: Desk, page: Page, last: int, found: int) -> None:
    """What the columns are for, and how many formulas agree with their figures, live."""
    page.title()
    page.wide(1, (0, 7), desk.say("about.figures"), "note")
    checks = f"{cell(HEAD_ROW + 1, CHECK, 'both')}:{cell(max(last, HEAD_ROW + 1), CHECK, 'both')}"
    agree, differ = desk.say("check.agrees"), desk.say("check.differs")
    for row, name, formula, value in (
        (3, "live", f'=COUNTIF({checks},"{agree}")+COUNTIF({checks},"{differ}")', found),
        (4, "agree", f'=COUNTIF({checks},"{agree}")', found),
    ):
        page.text(row, 0, desk.say(f"figures.{name}"), "strong")
        page.live((row, 1), formula, value, desk.numbers.of("count"))


def _found(desk: Desk) -> dict[str, Live | None]:
    """The live formulas there are, by key of the figure."""
    frames = {table: leaf.evidence.frame for table, leaf in desk.leaves.items()}
    rows = figure_rows(desk)
    return {key: live_of(desk, desk.pen.fact(key), row, frames) for key, row in rows.items()}


def _row(desk: Desk, page: Page, at: tuple[int, Fact], given: Mapping[str, Cell]) -> None:
    row, fact = at
    for column, name in enumerate(COLUMNS):
        if name in given:
            look = {"name": "strong", "key": "code", "definition": "cell"}.get(name, "cell")
            desk.put(page, (row, column), given[name], look)
    if len(fact.by) == 1:
        value = next(iter(fact.by.values()))
        if isinstance(value, str):
            page.text(row, BY, value, "code")
        else:
            page.number(row, BY, value, "0")
    else:
        page.text(row, BY, "", "code")
    leaf = desk.leaves.get(fact.table or "")
    if leaf is not None:
        page.link(row, LEAF, leaf.sheet, place(leaf.sheet, 0))
    else:
        page.text(row, LEAF, "")


def _live(desk: Desk, page: Page, at: tuple[int, Fact], found: Live | None) -> None:
    """The formula with its difference and verdict; or the mark that only the value stands."""
    row, fact = at
    if found is None:
        page.text(row, LIVE, desk.say("figures.value_only"), "aside")
        page.text(row, DIFFERENCE, "", "aside")
        page.text(row, CHECK, desk.say("check.value"), "aside")
        return
    number = float(fact.value)  # type: ignore[arg-type]  # a figure is a number
    form = desk.format_of(Quantity(value=number, unit=fact.unit, fact=fact.id))
    page.live((row, LIVE), found.formula, found.value, form)
    value, live = (cell(row, one) for one in (VALUE, LIVE))
    # Figures are kept to ten digits: what lies beyond them is no difference.
    near = f"ABS({live}-{value})<=ABS({value})*1E-8+1E-9"
    page.live((row, DIFFERENCE), f"=IF({near},0,{live}-{value})", 0.0)
    agrees, differs = desk.say("check.agrees"), desk.say("check.differs")
    page.live((row, CHECK), f'=IF({near},"{agrees}","{differs}")', agrees, look="tone_good")
    if found.tables:
        leaf = desk.leaves[found.tables[0]]
        page.link(row, LEAF, leaf.sheet, place(leaf.sheet, 0))


def _alarm(desk: Desk, page: Page, last: int) -> None:
    """A difference shows in the colour of findings."""
    page.sheet.conditional_format(
        *(HEAD_ROW + 1, CHECK, last, CHECK),
        {
            "type": "cell",
            "criteria": "==",
            "value": f'"{desk.say("check.differs")}"',
            "format": desk.workbook.add_format(
                {"font_color": "#FFFFFF", "bg_color": desk.looks.colours["high"]}
            ),
        },
    )


def live_of(desk: Desk, fact: Fact, row: int, frames: Mapping[str, Any]) -> Live | None:
    """The live formula of a figure; None where the rows at hand do not give it exactly.

    Rows beyond the most that evidence keeps, or orders that no row tells of, leave a value.
    """
    card = desk.material.diagnosis.content.section("measures").get(fact.id)
    part = formula_of(card, fact)
    if part is None or fact.number is None:
        return None
    value = value_of(part, frames, _names(fact))
    if value is None or not isclose(value, fact.number, rel_tol=CLOSE, abs_tol=SMALL):
        return None
    formula = excel_formula(part, _places(desk, row))
    if formula is None:
        return None
    return Live(formula=formula, value=value, tables=tuple(dict.fromkeys(_tables(desk, part))))


def _tables(desk: Desk, part: Part) -> Iterator[str]:
    return (table for table in tables_of(part) if table in desk.leaves)


def _names(fact: Fact) -> dict[str, Any]:
    names: dict[str, Any] = {CELL: next(iter(fact.by.values()), None)}
    if fact.period is not None:
        names.update(zip(("start", "end"), map(day_number, fact.period), strict=True))
    return names


def _places(desk: Desk, row: int) -> Places:
    columns = {"start": START, "end": END, CELL: BY}

    def label(column: Any, code: str) -> str:
        return desk.leaves[column.table].codes.get((column.name, code), code)

    return Places(
        reference=lambda column: reference(desk, column),
        tables={table: leaf.first for table, leaf in desk.leaves.items()},
        sizes={table: len(leaf.evidence.frame) for table, leaf in desk.leaves.items()},
        cells={name: cell(row, column, "column") for name, column in columns.items()},
        label=label,
    )
