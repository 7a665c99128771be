"""The labels of a native chart: live values in their number format, at places of their own."""

from __future__ import annotations

from html import escape
from uuid import NAMESPACE_OID, uuid5

from toolkit.deliverables.slides.ooxml import clean, font, said
from toolkit.deliverables.slides.paper import (
    Plot,
    Point,
    Series,
)

FIELDS = "http://schemas.microsoft.com/office/drawing/2012/chart"

BREAK = "\n"

BARE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"

EXTRA = (
    f'<c:extLst><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" xmlns:c15="{FIELDS}">'
    "%s</c:ext></c:extLst>"
)

FIELD = '<c15:dlblFieldTable/><c15:showDataLabelsRange val="0"/>'

NO_LEADERS = EXTRA % '<c15:showLeaderLines val="0"/>'
"""A label that was moved is not tied to its bar by a line."""


def labels(plot: Plot, series: Series, lang: str) -> str:
    """The labels of a series; empty where it has none."""
    own = "".join(
        _label(plot, series, place, point, lang)
        for place, point in sorted(series.points.items())
        if point.label is not None
    )
    if not series.labels and not own:
        return ""
    code = code_xml(series.code or plot.code)
    look = f"{BARE}{text_xml(plot.size, series.label_colour, lang)}"
    at = f'<c:dLblPos val="{series.label_at}"/>' if series.label_at and series.labels else ""
    shown = _shows(plot, value=series.labels)
    return f"<c:dLbls>{own}{code}{look}{at}{shown}{NO_LEADERS}</c:dLbls>"


def _label(plot: Plot, series: Series, place: int, point: Point, lang: str) -> str:
    if not point.label:
        return f'<c:dLbl><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'
    shift = ""
    if point.shift:
        across, down = point.shift
        shift = (
            f'<c:layout><c:manualLayout><c:x val="{across:.4f}"/><c:y val="{down:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )
    at = point.at or series.label_at
    shown = f'<c:dLblPos val="{at}"/>' if at else ""
    text = text_xml(plot.size, point.ink or series.label_colour, lang, bold=True)
    if not (plot.form == "scatter" and point.named):  # but a sentence may be wrapped
        text = text.replace("<a:bodyPr ", '<a:bodyPr wrap="none" ')
    if point.shown:
        told, text, extra = (
            _field(plot, series, place, point, lang),
            "",
            EXTRA % FIELD,
        )
    else:
        told, extra = "", ""
    valued = point.valued and (plot.form != "scatter" or not point.named)
    shows = _shows(plot, value=valued, named=point.named)
    return (
        f'<c:dLbl><c:idx val="{place}"/>{shift}{told}{code_xml(series.code or plot.code)}'
        f"{BARE}{text}{shown}{shows}{extra}</c:dLbl>"
    )


def _field(plot: Plot, series: Series, place: int, point: Point, lang: str) -> str:
    """A label that tells what lies across: a field that PowerPoint keeps, with its text of now."""
    key = str(uuid5(NAMESPACE_OID, f"{plot.name}/{series.name}/{place}")).upper()
    look = font(lang, plot.size, True, point.ink or series.label_colour)
    return (
        f'<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p>'
        f'<a:fld id="{{{key}}}" type="XVALUE">{look}'
        f"<a:pPr/><a:t>{escape(clean(point.shown), quote=False)}</a:t></a:fld>"
        f"{font(lang, plot.size, True, 'ink', 'a:endParaRPr')}</a:p></c:rich></c:tx>"
    )


def _shows(plot: Plot, *, value: bool, named: bool = False) -> str:
    """What a label tells; of a scatter it is what lies across, which OOXML calls a category."""
    up = value and plot.form != "scatter"
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(up)}"/>'
        f'<c:showCatName val="{int(value and not up)}"/>'
        f'<c:showSerName val="{int(named)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        + (f"<c:separator>{BREAK if plot.form == 'line' else ' '}</c:separator>" if named else "")
    )


def code_xml(code: str) -> str:
    """A number format."""
    return f'<c:numFmt formatCode="{said(code)}" sourceLinked="0"/>'


def text_xml(size: float, role: str, lang: str, *, bold: bool = False) -> str:
    """How the text of a part of the chart looks."""
    shown = font(lang, size, bold, role, "a:defRPr").replace(' dirty="0"', "")
    end = font(lang, size, bold, role, "a:endParaRPr")
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f"{shown}</a:pPr>{end}</a:p></c:txPr>"
    )
