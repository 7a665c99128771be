"""Findings and actions as sheets: one row each, with links to the figure and to its rows."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.deliverables.tables.listing import Cell, Listing, actions, findings
from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.figures import figure_rows
from toolkit.deliverables.workbook.page import Page, place
from toolkit.outline.judged import tone

HEAD_ROW = 3
FINDINGS: Mapping[str, float] = {
    "code": 9, "status": 13, "title": 27, "saw": 56, "figure": 26, "value": 12, "threshold": 11,
    "n": 8, "yen_kind": 13, "gap": 13, "low": 13, "high": 13, "origin": 20, "grade": 20,
    "period": 24, "confidence": 10, "module": 22, "sources": 14,
}  # fmt: skip
PRINTED = 10  # columns on paper; the rest is for the screen
ACTIONS: Mapping[str, float] = {
    "rank": 6, "code": 9, "title": 27, "action": 56, "yen_kind": 14, "effect": 15,
    "initial_yen": 13, "monthly_yen": 13, "net": 15, "steady_net": 15, "payback_months": 11,
    "effort": 15, "horizon": 11, "assignee": 13, "due": 12,
}  # fmt: skip
LINK = 18.0


def write_findings(desk: Desk) -> None:
    """Every judged rule that applies, its links last."""
    listed = findings(desk.pen)
    page = desk.page("findings", [*desk.fitted(listed, FINDINGS), LINK], HEAD_ROW)
    _table(desk, page, listed, (FINDINGS, [desk.say("column.findings.to_rows")]))
    rows = figure_rows(desk)
    for row, (code, cells) in enumerate(
        zip(listed.keys, listed.rows, strict=True), start=HEAD_ROW + 1
    ):
        finding = desk.pen.diagnosis.finding(code)
        given = dict(zip(listed.columns, cells, strict=True))
        page.text(row, 1, str(given["status"]), f"tone_{tone(finding)}")
        _to_figure(desk, page, row, given, rows)
        _to_rows(desk, page, (row, len(FINDINGS)), finding.evidence.table)
    page.sheet.freeze_panes(HEAD_ROW + 1, 3)
    page.sheet.print_area(0, 0, HEAD_ROW + max(len(listed.rows), 1), PRINTED - 1)


def _to_figure(
    desk: Desk, page: Page, row: int, given: Mapping[str, Cell], rows: Mapping[str, int]
) -> None:
    """The figure's name leads to its row, or to the answers where an answer decided."""
    key, name = str(given["key"]), str(given["figure"] or "")
    column = list(FINDINGS).index("figure")
    if key in rows:
        page.link(row, column, name, place(desk.names["figures"], rows[key]))
    elif key.startswith("q."):
        page.link(row, column, name, place(desk.names["answers"], 0))


def _to_rows(desk: Desk, page: Page, at: tuple[int, int], table: str | None) -> None:
    leaf = desk.leaves.get(table or "")
    if leaf is None:
        page.text(*at, "")
    else:
        page.link(*at, leaf.sheet, place(leaf.sheet, 0))


def write_actions(desk: Desk) -> None:
    """Every action in its order; what is not stated yet is left to be written in."""
    listed = actions(desk.pen)
    page = desk.page("actions", desk.fitted(listed, ACTIONS), HEAD_ROW)
    _table(desk, page, listed, (ACTIONS, []))
    page.sheet.freeze_panes(HEAD_ROW + 1, 3)


def _table(
    desk: Desk, page: Page, listed: Listing, columns: tuple[Mapping[str, float], list[str]]
) -> None:
    """Title, what the sheet is, heads, and a row each."""
    widths, more = columns
    page.title()
    page.wide(1, (0, 5), desk.say(f"about.{listed.name}"), "note")
    heads = [desk.say(f"column.{listed.name}.{name}") for name in widths]
    page.heads(HEAD_ROW, [*heads, *more])
    for row, cells in enumerate(listed.rows, start=HEAD_ROW + 1):
        given = dict(zip(listed.columns, cells, strict=True))
        for column, name in enumerate(widths):
            look = {"title": "strong", "code": "code", "sources": "code"}.get(name, "cell")
            desk.put(page, (row, column), given[name], look)
    last = HEAD_ROW + max(len(listed.rows), 1)
    page.sheet.autofilter(HEAD_ROW, 0, last, len(widths) + len(more) - 1)
