"""From the whole to what is left: each item takes its share away, or adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, number, texts
from toolkit.charts.palette import BLUE, BLUES, INK, LINE, RUST, SOFT, TEAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 150.0
RIGHT = 150.0
ROW = 30.0


def waterfall(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Shares taken from 100 %, top to bottom, and the rest; a mark splits its item at a guide.

    Args:
        frame: item and share taken away (0–1 of the whole), or item and change (negative where
            it takes away, positive where it adds); one row an item, neither start nor rest.
        labels: ``item.<code>``, ``item.sales`` or ``start``, ``item.rest`` or ``end``,
            ``mark.<code>`` or ``guide`` beside the value of a marked item.
        ax: axes to draw on.
        marks: item → guide share; what stands above it is hatched and named.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    signed = "change" in frame.columns
    taken = [number(v) for v in frame["change" if signed else "share"].tolist()]
    rows = [
        (item, -share if signed else share)
        for item, share in zip(texts(frame, "item"), taken, strict=True)
        if share is not None
    ]
    levels = list(accumulate((-share for _, share in rows), initial=1.0))
    rest = levels[-1]
    ax = picture.sheet(ax, ROW * (len(rows) + 2) + 8, (LEFT, RIGHT, 4, 4))
    ax.set_xlim(min(0.0, *levels), max(levels))  # the way there may lead above the whole
    ax.set_ylim(len(rows) + 2, 0)
    ax.axvline(0, color=SOFT, linewidth=0.9)
    _bar(ax, 0, (0.0, 1.0), BLUE)
    _label(
        ax, 0, reader.word("item.sales", "start"), reader.value(1.0, "share", "share"), bold=True
    )
    left = 1.0
    for row, (item, share) in enumerate(rows, start=1):
        ax.plot([left, left], [row - 0.8, row + 0.8], color=SOFT, linewidth=0.7, zorder=0)
        shown = _change(-share, reader) if signed else reader.value(share, "share", "share")
        _item(ax, row, (left, share, marks.get(item)), reader, (item, shown))
        left -= share
    ax.plot([left, left], [len(rows) + 0.2, len(rows) + 1.8], color=SOFT, linewidth=0.7, zorder=0)
    _bar(ax, len(rows) + 1, (min(rest, 0.0), abs(rest)), TEAL if rest >= 0 else RUST)
    _label(
        ax,
        len(rows) + 1,
        reader.word("item.rest", "end"),
        reader.value(rest, "share", "share"),
        bold=True,
        colour=TEAL if rest >= 0 else RUST,
    )
    return ax


def _bar(ax: Axes, row: int, span: tuple[float, float], colour: str, hatch: str = "") -> None:
    ax.barh(
        row + 0.5,
        span[1],
        left=span[0],
        height=0.6,
        color=colour,
        edgecolor="#ffffff" if hatch else colour,
        hatch=hatch,
        linewidth=0,
    )


def _change(change: float, reader: Reader) -> str:
    """A change with its sign."""
    shown = reader.value(change, "change", "share")
    return f"+{shown}" if change > 0 else shown


def _item(
    ax: Axes,
    row: int,
    place: tuple[float, float, float | None],
    reader: Reader,
    told: tuple[str, str],
) -> None:
    (left, share, guide), (item, value) = place, told
    if guide is None or share <= guide:
        _bar(ax, row, (left - share, share), BLUES[2] if share >= 0 else TEAL)
    else:
        _bar(ax, row, (left - guide, guide), BLUES[2])
        _bar(ax, row, (left - share, share - guide), RUST)
    over = guide is not None and share > guide
    note = reader.word(f"mark.{item}", "guide") if guide is not None else ""
    _label(ax, row, reader.item(item), value, bold=over, colour=RUST if over else INK, note=note)


def _label(  # noqa: PLR0913 — a row's words
    ax: Axes,
    row: int,
    name: str,
    value: str,
    *,
    bold: bool = False,
    colour: str = INK,
    note: str = "",
) -> None:
    ax.axhline(row, color=LINE, linewidth=0.5, zorder=0) if row else None
    lines = lettering.fit(name, LEFT - 16, bold=bold, lines=2)
    lettering.put_lines(
        ax, 0, row + 0.5, lines, bold=bold, colour=colour, offset=(-LEFT, 0), across="axes"
    )
    lettering.put(
        ax,
        1,
        row + 0.5,
        value,
        bold=bold,
        colour=colour,
        at=("right", "center"),
        offset=(56, 0),
        across="axes",
    )
    if note:
        text = lettering.fit(note, RIGHT - 66, size=lettering.SMALL)[0]
        lettering.note(ax, 1, row + 0.5, text, offset=(64, 0), across="axes")
