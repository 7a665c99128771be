"""The XML of a native chart: what it shows, and the cells of its workbook that it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from toolkit.deliverables.slides.chart_axes import axes, legend
from toolkit.deliverables.slides.chart_labels import BARE, labels, text_xml
from toolkit.deliverables.slides.ooxml import clean, colour, solid, stroke
from toolkit.deliverables.slides.paper import (
    Plot,
    Series,
)

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

SHEET = "Sheet1"

TAGS = {"column": "barChart", "bar": "barChart", "line": "lineChart", "scatter": "scatterChart"}

EPOCH = date(1899, 12, 30)
"""Day nought of a worksheet."""


def chart_xml(plot: Plot, lang: str) -> str:
    """A chart part; it reads its values from ``Sheet1`` of its own workbook."""
    series = "".join(
        _series(plot, number, series, lang) for number, series in enumerate(plot.series)
    )
    drawn = (
        f"<c:{TAGS[plot.form]}>{_kind(plot)}{series}{_overlap(plot)}{_ids()}</c:{TAGS[plot.form]}>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMESPACES}>'
        f'<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_layout(plot)}{drawn}{axes(plot, lang)}</c:plotArea>{legend(plot, lang)}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{BARE}{text_xml(plot.size, 'ink', lang)}</c:chartSpace>"
    )


def letter(number: int) -> str:
    """The name of a column of a sheet, the first one being nought.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    number, rest = divmod(number, 26)
    return (letter(number - 1) if number else "") + chr(65 + rest)


def serial(name: str) -> int:
    """A month or a day as the number of a worksheet.

    >>> serial("2026-01")
    46023
    """
    return (date.fromisoformat(name if len(name) > 7 else f"{name}-01") - EPOCH).days


def _kind(plot: Plot) -> str:
    if plot.form == "scatter":
        return '<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
    if plot.form == "line":
        return '<c:grouping val="standard"/><c:varyColors val="0"/>'
    way = "bar" if plot.form == "bar" else "col"
    return (
        f'<c:barDir val="{way}"/><c:grouping val="{plot.stacked or "clustered"}"/>'
        '<c:varyColors val="0"/>'
    )


def _overlap(plot: Plot) -> str:
    if plot.form == "line":
        return '<c:marker val="1"/>'
    if plot.form == "scatter":
        return ""
    over = '<c:overlap val="100"/>' if plot.stacked else '<c:overlap val="0"/>'
    return f'<c:gapWidth val="{plot.gap}"/>{over}'


def _ids() -> str:
    return '<c:axId val="111111111"/><c:axId val="222222222"/>'


def _series(plot: Plot, number: int, series: Series, lang: str) -> str:
    parts = [
        f'<c:idx val="{number}"/><c:order val="{number}"/>',
        f"<c:tx>{_strings(_cells(_column(plot, number), 0, 0), [series.name])}</c:tx>",
        _look(plot, series),
        _points(plot, series),
        labels(plot, series, lang),
        _errors(plot, series, number),
        _values(plot, series, number),
    ]
    if plot.form in ("line", "scatter"):
        parts.append('<c:smooth val="0"/>')
    return f"<c:ser>{''.join(parts)}</c:ser>"


def _column(plot: Plot, number: int) -> int:
    """The column of a series: a scatter has two each, its x before its y."""
    return 2 * number + 1 if plot.form == "scatter" else number + 1


def _look(plot: Plot, series: Series) -> str:
    if plot.form in ("line", "scatter"):
        line = (
            stroke(series.colour, series.weight, series.dash)
            if series.weight
            else "<a:ln><a:noFill/></a:ln>"
        )
        return f"<c:spPr>{line}</c:spPr>{_marker(series)}"
    return f'<c:spPr>{_fill(series.colour, series.pattern)}</c:spPr><c:invertIfNegative val="0"/>'


def _fill(role: str, pattern: str = "") -> str:
    if not pattern:
        return solid(role)
    return (
        f'<a:pattFill prst="{pattern}"><a:fgClr>{colour(role)}</a:fgClr>'
        f"<a:bgClr>{colour('paper')}</a:bgClr></a:pattFill>{stroke(role, 0.75)}"
    )


def _marker(series: Series) -> str:
    if not series.marker:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{round(series.marker)}"/>'
        f"<c:spPr>{solid(f'{series.colour}+75' if series.hollow else series.colour)}"
        f"{stroke(series.colour, 2 if series.hollow else 0.75)}</c:spPr></c:marker>"
    )


def _points(plot: Plot, series: Series) -> str:
    made = []
    for place, point in sorted(series.points.items()):
        if not point.colour:
            continue
        if plot.form in ("line", "scatter"):
            mark = Series(name="", values=(), colour=point.colour, marker=series.marker or 7)
            made.append(
                f'<c:dPt><c:idx val="{place}"/>{_marker(mark)}<c:bubble3D val="0"/></c:dPt>'
            )
        else:
            made.append(
                f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/>'
                f'<c:bubble3D val="0"/><c:spPr>{solid(point.colour)}</c:spPr></c:dPt>'
            )
    return "".join(made)


def _errors(plot: Plot, series: Series, number: int) -> str:
    if all(one is None for one in (*series.plus, *series.minus)):
        return ""
    first = len(plot.series) + 1 + 2 * number
    ends = "".join(
        f"<c:{name}>{_numbers(_cells(first + place, 1, len(values)), values)}</c:{name}>"
        for place, (name, values) in enumerate((("plus", series.plus), ("minus", series.minus)))
    )
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{ends}<c:spPr>{stroke('ink', 1.5)}</c:spPr></c:errBars>"
    )


def _values(plot: Plot, series: Series, number: int) -> str:
    count = len(series.values)
    own = _numbers(_cells(number + 1, 1, count), series.values)
    if plot.form == "scatter":
        column = 2 * number
        return (
            f"<c:xVal>{_numbers(_cells(column, 1, count), series.across)}</c:xVal>"
            f"<c:yVal>{_numbers(_cells(column + 1, 1, count), series.values)}</c:yVal>"
        )
    where = _cells(0, 1, count)
    names = (
        _numbers(where, [serial(name) for name in plot.names], plot.dates)
        if plot.dates
        else _strings(where, plot.names)
    )
    return f"<c:cat>{names}</c:cat><c:val>{own}</c:val>"


def _cells(column: int, first: int, last: int) -> str:
    """A range of the sheet; row nought has the names of the series."""
    name = letter(column)
    if first == last == 0:
        return f"{SHEET}!${name}$1"
    return f"{SHEET}!${name}${first + 1}:${name}${last + 1}"


def _strings(where: str, texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(clean(text), quote=False)}</c:v></c:pt>'
        for place, text in enumerate(texts)
    )
    return (
        f'<c:strRef><c:f>{where}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}'
        "</c:strCache></c:strRef>"
    )


def _numbers(where: str, values: Sequence[float | None], code: str = "General") -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value:.10g}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{where}</c:f><c:numCache><c:formatCode>{escape(code)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _layout(plot: Plot) -> str:
    if plot.plot is None:
        return "<c:layout/>"
    sizes = "".join(
        f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", plot.plot, strict=True)
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
    )
