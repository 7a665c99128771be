"""Values of a chart for PowerPoint: scaled where Japanese money asks for it, with number formats.

A number format can divide by a thousand, never by ten thousand: 万円 and 億円 are scaled before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.charts.columns import Reader, number, steps
from toolkit.deliverables.slides.paper import Axis
from toolkit.outline.blocks import Chart

MAN, OKU = 1e4, 1e8
FROM_MAN = 1e5
"""Up to here money is printed in yen, as ``number_text`` does."""

SHARE = "[=0]0.0%;[<0.01]0.00%;0.0%"
"""Shares as ``number_text`` prints them: no more than two conditions, so none is negative."""

SIGNED = '0.0%;"−"0.0%'
SHARE_TICK = "0%"
POINTS = '+0.0;"−"0.0;0.0'
COUNT = '#,##0;"−"#,##0'
ONE = '#,##0.0;"−"#,##0.0'
TWO = '#,##0.00;"−"#,##0.00'


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How the values of a unit stand in the workbook: divided by ``by``, shown by ``code``."""

    by: float = 1.0
    code: str = COUNT
    tick: str = COUNT

    def of(self, value: float | None) -> float | None:
        """A value as it stands in the workbook."""
        return None if value is None else value / self.by

    def axis(
        self, values: Iterable[float | None], *, shown: bool = True, room: float = 1.0
    ) -> Axis:
        """A scale from nought, or from the least value below it, in round steps."""
        known = [value / self.by for value in values if value is not None]
        if self.code == SHARE and max(known, default=1.0) <= 1.0 and room > 1.0:
            room = min(room, 1.0 / (max(known, default=1.0) or 1.0))
        ticks = steps(min([0.0, *known]), (max(known, default=1.0) or 1.0) * room)
        step = ticks[1] - ticks[0]
        return Axis(low=ticks[0], high=ticks[-1], step=step, code=self.tick, shown=shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The columns of a chart, its words, and the marks of money in the reader's language."""

    chart: Chart
    lang: str
    marks: Mapping[str, str]

    @property
    def reader(self) -> Reader:
        """The words of the chart, as on the page."""
        units = {
            f"unit.{name}": unit
            for name, unit in zip(self.chart.columns, self.chart.units, strict=False)
        }
        return Reader(
            labels={**units, **self.chart.labels}, lang=self.lang, currency=self.chart.currency
        )

    def texts(self, column: str) -> list[str]:
        """A column as text, empty where missing."""
        return ["" if cell is None else str(cell) for cell in self._cells(column)]

    def numbers(self, column: str) -> list[float | None]:
        """A column as floats, None where there is none."""
        return [number(cell) for cell in self._cells(column)]

    def unit(self, column: str, otherwise: str = "count") -> str:
        """The unit of a column."""
        given = dict(zip(self.chart.columns, self.chart.units, strict=False))
        return given.get(column, otherwise)

    def _cells(self, column: str) -> list[Any]:
        if column not in self.chart.columns:
            return [None] * len(self.chart.rows)
        place = self.chart.columns.index(column)
        return [row[place] for row in self.chart.rows]

    def scale(self, unit: str, values: Iterable[float | None]) -> Scale:
        """The scale for some values of a unit."""
        if unit == "yen":
            return self._money([value for value in values if value])
        values = list(values)
        if unit == "share":
            below = any(value is not None and value < 0 for value in values)
            return Scale(code=SIGNED if below else SHARE, tick=SHARE_TICK)
        if unit == "points":
            return Scale(by=0.01, code=POINTS, tick=POINTS)
        whole = all(value is None or value == int(value) for value in values)
        code = TWO if unit in ("index", "ratio") else COUNT if whole else ONE
        return Scale(code=code, tick=COUNT if whole else "General")

    def _money(self, values: list[float]) -> Scale:
        known = [abs(value) for value in values]
        most, least = max(known, default=0.0), min(known, default=0.0)
        if self.chart.currency != "JPY" or self.lang != "ja":
            code = self._symbol(most)
            return Scale(code=code, tick=code)
        by, mark = 1.0, self.marks["scale_yen"]
        if most >= OKU and least >= OKU / 10:
            by, mark = OKU, self.marks["scale_oku"]
        elif most >= FROM_MAN:
            by, mark = MAN, self.marks["scale_man"]
        fine = by == OKU or (by == MAN and 0 < least < FROM_MAN)
        code = _precise(mark, below=min(values, default=0.0) < 0) if fine else _whole(mark)
        return Scale(
            by=by, code=code, tick=f'0.0"{mark}"' if by > 1 and most / by < 4 else _whole(mark)
        )

    def _symbol(self, most: float) -> str:
        from babel.numbers import get_currency_symbol

        digits = "#,##0" if self.chart.currency == "JPY" or most >= 1000 else "#,##0.00"
        symbol = get_currency_symbol(self.chart.currency, locale=self.lang)
        symbol = "".join(mark for mark in symbol if mark != '"')
        return f'"{symbol}"{digits};"−{symbol}"{digits}'


def _whole(mark: str) -> str:
    return f'#,##0"{mark}";"−"#,##0"{mark}"'


def _precise(mark: str, *, below: bool) -> str:
    """One decimal where a value would else lose what the page prints."""
    if below:
        return f'#,##0.0"{mark}";"−"#,##0.0"{mark}"'
    return f'[>=100]#,##0"{mark}";[=0]0"{mark}";0.0"{mark}"'
