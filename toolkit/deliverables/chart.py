"""The face of a chart on the page: inline SVG with real text, a title for who cannot see it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from toolkit.charts import KINDS
from toolkit.charts.columns import Rows
from toolkit.charts.drawing import Drawing
from toolkit.charts.lettering import has_glyph
from toolkit.charts.typeset import font_path
from toolkit.errors import OutputError
from toolkit.outline.blocks import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

KEPT = 64
"""Pictures of one or two clients: the page and the PDF show the same ones."""

STAND_INS = range(0x5300, 0x9F00)
"""Kanji, each of full width, that may stand for a character the font lacks while we measure."""


def chart_svg(chart: Chart, lang: str) -> str:
    """A chart as ``<svg>``: ids under its own, ``alt`` as title, equal bytes on each run.

    A character that the font lacks is measured as a full-width one and reaches the page as it
    is, where the reader's system may have it.

    Raises:
        OutputError: ``chart_unknown``, there is no such kind.
    """
    return _drawn(_Asked(chart=chart, lang=lang))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """A chart to draw; its labels are a mapping, so that it is known by its id."""

    chart: Chart
    lang: str

    def __hash__(self) -> int:
        return hash((self.chart.id, self.lang))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and (self.chart, self.lang) == (other.chart, other.lang)


@lru_cache(maxsize=KEPT)
def _drawn(asked: _Asked) -> str:
    chart, lang = asked.chart, asked.lang
    if chart.kind not in KINDS:
        raise OutputError("chart_unknown", params={"kind": chart.kind, "known": ", ".join(KINDS)})
    name = chart_id(chart)
    shown, back = _with_stand_ins(chart)
    units = {f"unit.{col}": u for col, u in zip(shown.columns, shown.units, strict=False)}
    sheet = Drawing()
    KINDS[chart.kind](
        cast("DataFrame", Rows(shown.columns, shown.rows)),
        labels={**units, **shown.labels},
        marks=dict(shown.marks),
        lang=lang,
        currency=shown.currency,
        ax=cast("Axes", sheet),  # knows as much of them as our charts ask for, as rows do
    )
    drawn = sheet.svg(name)
    if back:
        drawn = drawn.translate(back)
    alt = html.escape(chart.alt)
    return drawn.replace(
        "<svg ",
        f'<svg class="picture" role="img" aria-labelledby="{name}-title" ',
        1,
    ).replace(">", f'><title id="{name}-title">{alt}</title>', 1)


def chart_id(chart: Chart) -> str:
    """The chart's id as an HTML id.

    >>> chart_id(Chart(id="sales trend", kind="trend", columns=(), units=(), rows=(), labels={},
    ...     title=(), caption=(), alt=""))
    'fig-sales-trend'
    """
    return "fig-" + (re.sub(r"[^A-Za-z0-9_-]+", "-", chart.id).strip("-") or "chart")


def _with_stand_ins(chart: Chart) -> tuple[Chart, dict[int, str]]:
    texts = [*chart.labels.values(), *_strings(chart)]
    lacking = sorted(
        mark for mark in set("".join(texts)) if mark.isprintable() and not has_glyph(mark)
    )
    if not lacking:
        return chart, {}
    used = set("".join(texts))
    free = [mark for mark in _kanji() if mark not in used][: len(lacking)]
    there = {ord(mark): stand for mark, stand in zip(lacking, free, strict=False)}
    changed = replace(
        chart,
        labels={k.translate(there): v.translate(there) for k, v in chart.labels.items()},
        rows=tuple(
            tuple(cell.translate(there) if isinstance(cell, str) else cell for cell in row)
            for row in chart.rows
        ),
    )
    return changed, {ord(stand): chr(mark) for mark, stand in there.items()}


def _strings(chart: Chart) -> Iterable[str]:
    return (cell for row in chart.rows for cell in row if isinstance(cell, str))


@lru_cache(maxsize=1)
def _kanji() -> tuple[str, ...]:
    from fontTools.ttLib import TTFont

    with TTFont(font_path(), lazy=True) as font:
        return tuple(chr(code) for code in sorted(font.getBestCmap()) if code in STAND_INS)
