"""Charts of Excel's own over the blocks of their rows, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.deliverables.sheet import FONT
from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.page import cell
from toolkit.deliverables.workbook.series import Block
from toolkit.outline.blocks import Chart

WIDTH, HEIGHT = 620, 300  # pixels
TONES = ("high", "good", "line")  # to improve, good, undecided
PALETTE = ("accent", "high", "good", "medium", "check")
TYPES: Mapping[str, tuple[str, str]] = {
    "trend": ("line", ""),
    "curve": ("line", ""),
    "survival": ("scatter", "straight"),
    "lorenz": ("scatter", "straight"),
    "bars": ("bar", ""),
    "ranges": ("bar", ""),
    "dots": ("bar", ""),
    "funnel": ("bar", ""),
    "composition": ("bar", "stacked"),
    "waterfall": ("column", "stacked"),
    "columns": ("column", ""),
    "histogram": ("column", ""),
}
DRAWN: Mapping[str, tuple[str, ...]] = {
    "curve": ("rate",),
    "survival": ("survival",),
    "lorenz": ("sales_share", "even"),
    "bars": ("value",),
    "ranges": ("value",),
    "dots": ("value", "target"),
    "funnel": ("count",),
    "waterfall": ("base", "height"),
}
"""The columns that are drawn; of other kinds every number is."""
MANY = 14  # categories from which on labels are thinned out


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A block on its sheet: where its heads stand."""

    chart: Chart
    block: Block
    sheet: str
    head: int

    def cells(self, column: int) -> list[Any]:
        """The cells of a column, as a chart names them."""
        first = self.head + 1
        return [self.sheet, first, column, first + len(self.block.rows) - 1, column]


def native_chart(desk: Desk, drawn: Drawn) -> Any | None:
    """The chart of a block; None where Excel has no such kind."""
    kind = drawn.chart.kind
    if kind not in TYPES or not drawn.block.rows:
        return None
    name, subtype = TYPES[kind]
    options = {"type": name, **({"subtype": subtype} if subtype else {})}
    made = desk.workbook.add_chart(options)
    for number, column in enumerate(_columns(drawn)):
        made.add_series(_series(desk, drawn, (number, column)))
    _axes(desk, made, drawn)
    made.set_legend(_legend(drawn))
    made.set_title({"none": True})
    made.set_size({"width": WIDTH, "height": _height(drawn)})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    return made


def _columns(drawn: Drawn) -> Iterator[int]:
    wanted = DRAWN.get(drawn.chart.kind)
    for column, (name, unit) in enumerate(zip(drawn.block.columns, drawn.block.units, strict=True)):
        if column and unit not in ("text", "code") and (wanted is None or name in wanted):
            yield column


def _series(desk: Desk, drawn: Drawn, at: tuple[int, int]) -> dict[str, Any]:
    """One series: its cells, its colour, and what is told beside its points."""
    number, column = at
    kind, name = drawn.chart.kind, drawn.block.columns[column]
    made: dict[str, Any] = {
        "name": [drawn.sheet, drawn.head, column],
        "categories": drawn.cells(0),
        "values": drawn.cells(column),
        "gap": 60,
    }
    if TYPES[kind][0] in ("line", "scatter"):
        made |= _line(desk, kind, name, number)
    else:
        made["fill"] = _fill(desk, kind, name, number)
    if kind == "ranges":
        made["x_error_bars"] = _spread(drawn)
    if name == "height":
        made["data_labels"] = _told(desk, drawn)
    elif kind in ("bars", "funnel", "curve") and len(drawn.block.rows) <= MANY:
        made["data_labels"] = {"value": True, "font": _font(desk), "num_format": _form(desk, drawn)}
    return made


def _line(desk: Desk, kind: str, name: str, number: int) -> dict[str, Any]:
    colour = desk.looks.colours[PALETTE[number % len(PALETTE)]]
    if name == "even":
        return {"line": {"color": desk.looks.colours["soft"], "width": 1.25, "dash_type": "dash"}}
    made: dict[str, Any] = {"line": {"color": colour, "width": 1.75}}
    if kind == "curve":
        made["marker"] = {"type": "circle", "size": 6, "fill": {"color": colour}}
    return made


def _fill(desk: Desk, kind: str, name: str, number: int) -> dict[str, Any]:
    """The colour of bars; what a waterfall stands on is not seen."""
    if name == "base":
        return {"none": True}
    roles = TONES if kind == "composition" else PALETTE
    role = "accent" if name == "height" else roles[number % len(roles)]
    return {"color": desk.looks.colours[role]}


def _told(desk: Desk, drawn: Drawn) -> dict[str, Any]:
    """Labels of a waterfall: what each step takes or adds, read from its own column."""
    sheet = drawn.sheet.replace("'", "''")
    cells = [cell(drawn.head + 1 + row, 1, "both") for row in range(len(drawn.block.rows))]
    return {
        "value": True,
        "custom": [{"value": f"='{sheet}'!{one}"} for one in cells],
        "font": _font(desk),
        "num_format": "0.0%",
    }


def _spread(drawn: Drawn) -> dict[str, Any]:
    """The range of each row as error bars, read from the columns beside it."""
    ends: dict[str, Any] = {}
    for name, column in (("plus", "up"), ("minus", "down")):
        place = drawn.block.place(column)
        first, last = drawn.head + 1, drawn.head + len(drawn.block.rows)
        sheet = drawn.sheet.replace("'", "''")
        cells = f"{cell(first, place, 'both')}:{cell(last, place, 'both')}"
        ends[f"{name}_values"] = f"='{sheet}'!{cells}"
        ends[f"{name}_data"] = [row[place] for row in drawn.block.rows]
    return {"type": "custom", **ends, "line": {"color": "#55616e", "width": 1.5}}


def _axes(desk: Desk, made: Any, drawn: Drawn) -> None:
    """The axis of labels and that of numbers; rows read from the top down."""
    font, hair = _font(desk), {"color": desk.looks.colours["hair"]}
    numbers: dict[str, Any] = {
        "num_format": _form(desk, drawn),
        "num_font": font,
        "major_gridlines": {"visible": True, "line": hair},
        "line": {"none": True},
    }
    labels: dict[str, Any] = {"num_font": font, "line": {"color": desk.looks.colours["line"]}}
    labels["label_position"] = "low"
    kind = drawn.chart.kind
    if kind in ("lorenz", "survival"):
        labels["num_format"] = "0%" if kind == "lorenz" else "0"
        labels["max"] = 1 if kind == "lorenz" else None
        numbers["max"] = 1
        made.set_x_axis({name: one for name, one in labels.items() if one is not None})
        made.set_y_axis(numbers)
        return
    if TYPES[kind][0] == "bar":
        made.set_y_axis({**labels, "reverse": True})
        made.set_x_axis({**numbers, "label_position": "high"})
        return
    if len(drawn.block.rows) > MANY:
        labels["interval_unit"] = 6
        labels["interval_tick"] = 6
    made.set_x_axis(labels)
    made.set_y_axis({**numbers, **({"min": 0} if kind != "waterfall" else {})})


def _legend(drawn: Drawn) -> dict[str, Any]:
    shown = len(list(_columns(drawn)))
    if shown < 2 or drawn.chart.kind == "waterfall":
        return {"none": True}
    return {"position": "bottom", "font": {"name": FONT, "size": 9}}


def _height(drawn: Drawn) -> int:
    bars = TYPES[drawn.chart.kind][0] == "bar"
    return max(HEIGHT, 60 + 28 * len(drawn.block.rows)) if bars else HEIGHT


def _font(desk: Desk) -> dict[str, Any]:
    return {"name": FONT, "size": 9, "color": desk.looks.colours["ink"]}


def _form(desk: Desk, drawn: Drawn) -> str:
    """How numbers stand at an axis: large yen in thousands, as accounts are read."""
    column = next(_columns(drawn), 1)
    unit = drawn.block.units[column]
    if unit == "share":
        return "0%" if drawn.chart.kind != "bars" else "0.0%"
    if unit == "yen":
        most = max((abs(float(row[column] or 0)) for row in drawn.block.rows), default=0.0)
        thousands = desk.say("chart.thousands")
        return f'#,##0,"{thousands}"' if most >= 100_000 else desk.numbers.of("yen")
    return "#,##0"
