"""A chart on a slide: what it shows above it, its source below, or a table where it has no kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from toolkit.deliverables.slides import bar_plots, lanes, line_plots, row_plots, scatter_plots
from toolkit.deliverables.slides.cohort_grid import cohort
from toolkit.deliverables.slides.drawn import modules
from toolkit.deliverables.slides.fitting import held, tall
from toolkit.deliverables.slides.paper import ACROSS, LEAST, Box, Group, Para, Piece, Plate
from toolkit.deliverables.slides.values import Data
from toolkit.deliverables.slides.waterfall_plot import waterfall
from toolkit.errors import OutputError
from toolkit.outline.blocks import Chart, Span, Text, plain, words_of

KINDS: Mapping[str, Callable[[Data, Box], list[Piece] | list[Piece | Group]]] = {
    "bars": bar_plots.bars,
    "cohort": cohort,
    "composition": bar_plots.composition,
    "curve": line_plots.curve,
    "dots": row_plots.dots,
    "funnel": bar_plots.funnel,
    "histogram": line_plots.histogram,
    "lorenz": scatter_plots.lorenz,
    "modules": modules,
    "ranges": row_plots.ranges,
    "survival": scatter_plots.survival,
    "swimlane": lanes.swimlane,
    "trend": line_plots.trend,
    "waterfall": waterfall,
}
ENDS = {"ja": "。"}
HEAD, LOW_HEAD = 40.0, 26.0
"""Above a chart: two lines beside another chart, one where it is alone."""

HALF = ACROSS / 2
PLAIN_GAP = 6.0
AT_RISK = 8

NAMED = ("step", "actor", "label", "note", "from", "to")
"""Columns whose words a drawing sets itself."""


def panel(
    chart: Chart, box: Box, about: tuple[str, Mapping[str, str]], part: int = 0
) -> tuple[list[Piece | Group], list[str]]:
    """The pieces of a chart in a box, and the texts that had to be shortened.

    Args:
        chart: what to draw.
        box: where, with its head and its source.
        about: the language, and the words of the deck.
        part: which part of a flow.

    Raises:
        OutputError: ``chart_unknown``, there is no such kind.
    """
    if chart.kind not in KINDS:
        raise OutputError("chart_unknown", params={"kind": chart.kind, "known": ", ".join(KINDS)})
    lang, words = about
    data = Data(chart=chart, lang=lang, marks=words)
    shows, source = _parted(chart.caption, lang)
    source = (*source, *_aside(data, words))
    deep_head = LOW_HEAD if box.w > HALF else HEAD
    head, lost = held([Para(text=shows, size=13, bold=True)], box.w, deep_head)
    foot, more = held([Para(text=source, size=LEAST, colour="soft")], box.w, 3 * LEAST * 1.35)
    deep = sum(tall(para, box.w) for para in foot)
    made: list[Piece | Group] = [
        Plate(name=f"{chart.id}-shows", box=replace(box, h=deep_head), paras=head),
        Plate(
            name=f"{chart.id}-source",
            box=Box(x=box.x, y=box.foot - deep, w=box.w, h=deep),
            paras=foot,
        ),
    ]
    room = Box(x=box.x, y=box.y + deep_head, w=box.w, h=box.h - deep_head - deep - PLAIN_GAP)
    if chart.kind in ("ranges", "funnel"):
        room = Box(x=room.x, y=room.y + 14, w=room.w, h=room.h - 14)
    if chart.kind == "swimlane":
        made += lanes.swimlane(data, room, part)
    else:
        made += KINDS[chart.kind](data, room)
    return made, [*lost, *more, *_cut(data, made)]


def _cut(data: Data, pieces: list[Piece | Group]) -> list[str]:
    """The names that a drawing had no room for, in full."""
    inner = [
        one for piece in pieces for one in (piece.pieces if isinstance(piece, Group) else (piece,))
    ]
    texts = {plain(para.text) for one in inner if isinstance(one, Plate) for para in one.paras}
    short = tuple(text.removesuffix("…") for text in texts if text.endswith("…"))
    if not short:
        return []
    names = [data.reader.item(name) for column in NAMED for name in data.texts(column) if name]
    return [name for name in dict.fromkeys(names) if name.startswith(short) and name not in texts]


def flow_parts(chart: Chart) -> int:
    """On how many slides a chart stands: a long flow is continued."""
    return lanes.parts(Data(chart=chart, lang="", marks={})) if chart.kind == "swimlane" else 1


def _parted(caption: Text, lang: str) -> tuple[Text, Text]:
    """The first sentence of a caption says what is shown; the rest is the source."""
    whole = plain(caption)
    mark = ENDS.get(lang, ". ")
    at = whole.find(mark)
    if at < 0:
        return caption, ()
    head, rest = _split(caption, at), _split(caption, at + len(mark), after=True)
    return head, rest


def _split(text: Text, at: int, *, after: bool = False) -> Text:
    made: list[Span] = []
    passed = 0
    for span in text:
        first, last = passed, passed + len(span.text)
        passed = last
        kept = span.text[max(at - first, 0) :] if after else span.text[: max(at - first, 0)]
        if kept == span.text:
            made.append(span)
        elif kept:
            made.append(replace(span, text=kept, fact=None))
    if after and made:
        made[0] = replace(made[0], text=made[0].text.lstrip())
    return tuple(made)


def _aside(data: Data, words: Mapping[str, str]) -> Text:
    """Numbers still observed under a curve, and levels that bars cannot show as lines."""
    if data.chart.kind == "survival":
        return words_of(" " + _at_risk(data, words)) if data.chart.rows else ()
    if data.chart.kind in ("bars", "ranges"):
        reader = data.reader
        marks = (
            f"{reader.word(f'mark.{name}', otherwise=name)} {reader.value(level, 'value')}"
            for name, level in data.chart.marks.items()
        )
        joined = " / ".join(marks)
        return words_of(f" {joined}") if joined else ()
    return ()


def _at_risk(data: Data, words: Mapping[str, str]) -> str:
    months, counts = data.texts("month"), data.numbers("at_risk")
    pairs = [
        words["at_risk_item"].format(month=month.removesuffix(".0"), count=f"{count:,.0f}")
        for month, count in zip(months, counts, strict=True)
        if count is not None
    ]
    every = max(1, len(pairs) // AT_RISK)
    return words["at_risk"].format(
        label=data.reader.word("at_risk"), items=words["separator"].join(pairs[::every])
    )
