"""The charts' sheet: the rows of each chart, and a chart of Excel's own beside them."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.deliverables.sheet import text_width
from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.native import HEIGHT, Drawn, native_chart
from toolkit.deliverables.workbook.page import Page
from toolkit.deliverables.workbook.series import Block, Value, block_of, triangle
from toolkit.outline.blocks import Chart, Outline, plain

COLUMNS, WIDTH, LABEL = 8, 13.0, 26.0
ROW_PIXELS = 20
TRIANGLE_HEAD = 4


def charts_of(document: Outline) -> Iterator[Chart]:
    """Every chart of a document, in reading order."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                yield block


def write_charts(desk: Desk) -> None:
    """One block a chart, one under the other; the triangle of cohorts has its own sheet."""
    page = desk.page("charts", [LABEL, *[WIDTH] * (COLUMNS + 4)])
    page.title()
    page.wide(1, (0, COLUMNS - 1), desk.say("about.charts"), "note")
    page.sheet.freeze_panes(2, 0)
    row = 3
    for chart in charts_of(desk.material.document):
        if chart.kind == "cohort":
            _triangle(desk, chart)
        else:
            row = _chart(desk, page, (row, chart))


def _chart(desk: Desk, page: Page, at: tuple[int, Chart]) -> int:
    row, chart = at
    page.wide(row, (0, COLUMNS - 1), plain(chart.title), "heading")
    page.wide(row + 1, (0, COLUMNS - 1), plain(chart.caption), "note")
    block, head = block_of(chart), row + 2
    page.heads(head, [_head(desk, chart, name) for name in block.columns])
    for number, cells in enumerate(block.rows, start=head + 1):
        _row(desk, page, (number, block), cells)
    drawn = Drawn(chart=chart, block=block, sheet=page.name, head=head)
    made = native_chart(desk, drawn)
    rows = len(block.rows)
    if made is not None:
        page.sheet.insert_chart(
            head, len(block.columns) + 1, made, {"description": chart.alt, "object_position": 2}
        )
        rows = max(rows, max(HEIGHT, 60 + 28 * rows if rows < 12 else HEIGHT) // ROW_PIXELS + 1)
    return head + rows + 3


def _head(desk: Desk, chart: Chart, name: str) -> str:
    """The head of a column: the line's own name, the chart's word, or a common one."""
    if name.startswith("="):
        return chart.labels.get(name[1:], name[1:])
    for own in (name, f"item.{name}"):
        if own in chart.labels and "{" not in chart.labels[own]:
            return chart.labels[own]
    key = f"workbook.series.{name}"
    return desk.pen.line(key) if desk.pen.has(key) else name


def _row(desk: Desk, page: Page, at: tuple[int, Block], cells: tuple[Value, ...]) -> None:
    row, block = at
    for column, (value, unit) in enumerate(zip(cells, block.units, strict=True)):
        if isinstance(value, str):
            page.text(row, column, _shown(desk, block.columns[column], value))
        else:
            page.number(row, column, value, desk.numbers.of(unit or "ratio", value))


def _shown(desk: Desk, column: str, value: str) -> str:
    """A code of ours by its word; what a client wrote stands as it is."""
    key = f"workbook.code.{value}"
    coded = column in ("side", "mode", "seam", "status", "from", "to")
    return desk.pen.line(key) if coded and desk.pen.has(key) else value


def _triangle(desk: Desk, chart: Chart) -> None:
    """Who is still there month by month, the fuller the darker."""
    rows = triangle(chart)
    widths = [max(12.0, text_width(desk.say("cohort.first")) + 2.0), *[6.5] * (len(rows[0]) - 1)]
    page = desk.page("cohort", widths, TRIANGLE_HEAD)
    page.title()
    page.sheet.write_string(1, 0, plain(chart.title), desk.looks.of("tile_label_bare"))
    page.sheet.write_string(2, 0, plain(chart.caption), desk.looks.of("tile_label_bare"))
    page.text(TRIANGLE_HEAD, 0, desk.say("cohort.first"), "head")
    for column, month in enumerate(rows[0][1:], start=1):
        page.number(TRIANGLE_HEAD, column, _number(month), "0", "head")
    for row, cells in enumerate(rows[1:], start=TRIANGLE_HEAD + 1):
        page.text(row, 0, str(cells[0]), "leaf_text")
        for column, value in enumerate(cells[1:], start=1):
            if value is not None:
                page.number(row, column, _number(value), "0%", "leaf")
    colours = desk.looks.colours
    page.sheet.conditional_format(
        *(TRIANGLE_HEAD + 1, 2, TRIANGLE_HEAD + len(rows) - 1, max(len(rows[0]) - 1, 2)),
        {"type": "2_color_scale", "min_color": colours["paper"], "max_color": "#8FB4D6"},
    )
    page.sheet.freeze_panes(TRIANGLE_HEAD + 1, 1)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
