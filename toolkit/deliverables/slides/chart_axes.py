"""The axes, title and legend of a native chart."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from toolkit.deliverables.slides.chart_labels import code_xml, text_xml
from toolkit.deliverables.slides.ooxml import clean, font, stroke
from toolkit.deliverables.slides.paper import (
    Axis,
    Plot,
)

GRID = ("hair", 0.5)


def axes(plot: Plot, lang: str) -> str:
    """Both axes: the names or the scale across, and the scale of the values."""
    if plot.form == "scatter":
        return _scale(plot, plot.bottom, "b", lang) + _scale(plot, plot.values, "l", lang)
    return _category(plot, lang) + _scale(
        plot, plot.values, "b" if plot.form == "bar" else "l", lang
    )


def _category(plot: Plot, lang: str) -> str:
    bar = plot.form == "bar"
    way = "maxMin" if bar else "minMax"
    side = "l" if bar else "b"
    tag, own = ("dateAx", _dated(plot)) if plot.dates else ("catAx", _counted(plot))
    return (
        f'<c:{tag}><c:axId val="111111111"/><c:scaling><c:orientation val="{way}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/>{_named(plot.bottom.title, plot.size, lang)}'
        f"{code_xml(plot.dates or 'General')}"
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{stroke('soft', 0.75)}</c:spPr>"
        f"{text_xml(plot.size, 'ink' if bar else 'soft', lang)}"
        f'<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/>{own}</c:{tag}>'
    )


def _dated(plot: Plot) -> str:
    """How an axis of months or weeks is counted."""
    weekly = bool(plot.names) and len(plot.names[0]) > 7
    unit = "days" if weekly else "months"
    return (
        f'<c:lblOffset val="100"/><c:baseTimeUnit val="{unit}"/>'
        f'<c:majorUnit val="{plot.every * (7 if weekly else 1)}"/><c:majorTimeUnit val="{unit}"/>'
    )


def _counted(plot: Plot) -> str:
    """How an axis of names is counted."""
    return (
        f'<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="{plot.every}"/>'
        f'<c:tickMarkSkip val="{plot.every}"/><c:noMultiLvlLbl val="1"/>'
    )


def _scale(plot: Plot, axis: Axis, side: str, lang: str) -> str:
    below = plot.form == "scatter" and side == "b"
    own, other = ("111111111", "222222222") if below else ("222222222", "111111111")
    ends = f'<c:max val="{axis.high:.10g}"/>' if axis.high is not None else ""
    grid = f"<c:majorGridlines><c:spPr>{stroke(*GRID)}</c:spPr></c:majorGridlines>"
    step = f'<c:majorUnit val="{axis.step:.10g}"/>' if axis.step else ""
    crosses = "max" if plot.form == "bar" else "autoZero"
    between = "midCat" if plot.form == "scatter" else "between"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>{ends}'
        f'<c:min val="{axis.low:.10g}"/></c:scaling><c:delete val="{int(not axis.shown)}"/>'
        f'<c:axPos val="{side}"/>{grid if axis.shown else ""}'
        f"{_named(axis.title, plot.size, lang, side)}{code_xml(axis.code)}"
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_xml(plot.size, 'soft', lang)}"
        f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/>'
        f'<c:crossBetween val="{between}"/>{step}</c:valAx>'
    )


def _named(title: str, size: float, lang: str, side: str = "b") -> str:
    if not title:
        return ""
    shown = font(lang, size, False, "soft")
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr rot="{-5400000 if side == "l" else 0}" vert="horz"/>'
        "<a:lstStyle/><a:p><a:r>"
        f"{shown}<a:t>{escape(clean(title), quote=False)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def legend(plot: Plot, lang: str) -> str:
    """A legend above the chart, without what is invisible in it; empty where none is wanted."""
    if not plot.legend:
        return ""
    hidden: Iterable[int] = (place for place, one in enumerate(plot.series) if not one.colour)
    gone = "".join(
        f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
        for place in hidden
    )
    return (
        f'<c:legend><c:legendPos val="t"/>{gone}<c:overlay val="0"/>'
        f"{text_xml(plot.size, 'ink', lang)}</c:legend>"
    )
