"""The workbook inside a native chart: what PowerPoint opens to edit the values."""

from __future__ import annotations

import io
from datetime import datetime

from toolkit.deliverables.slides.chart_xml import SHEET, serial
from toolkit.deliverables.slides.ooxml import clean
from toolkit.deliverables.slides.paper import Plot


def chart_book(plot: Plot, made: datetime) -> bytes:
    """Names in the first column, a column a series, then the lengths of error bars.

    Text is written as text only: nothing in it becomes a formula or a link.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": made})
    sheet = book.add_worksheet(SHEET)
    scatter = plot.form == "scatter"
    if not scatter:
        weekly = bool(plot.names) and len(plot.names[0]) > 7
        look = book.add_format({"num_format": "yyyy-mm-dd" if weekly else "yyyy-mm"})
        for row, name in enumerate(plot.names, start=1):
            if plot.dates:
                sheet.write_number(row, 0, serial(name), look)
            else:
                sheet.write_string(row, 0, clean(name))
    for number, series in enumerate(plot.series):
        column = 2 * number + 1 if scatter else number + 1
        sheet.write_string(0, column, clean(series.name))
        if scatter:
            _column(sheet, column - 1, series.across)
        _column(sheet, column, series.values)
        first = len(plot.series) + 1 + 2 * number
        for place, ends in enumerate((series.plus, series.minus)):
            if not scatter and any(one is not None for one in ends):
                sheet.write_string(0, first + place, "+-"[place])
                _column(sheet, first + place, ends)
    book.close()
    return stream.getvalue()


def _column(sheet: object, column: int, values: tuple[float | None, ...]) -> None:
    for row, value in enumerate(values, start=1):
        if value is not None:
            sheet.write_number(row, column, value)  # type: ignore[attr-defined]
