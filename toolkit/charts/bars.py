"""Values as bars from one line, their names to the left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, texts
from toolkit.charts.palette import BLUES, DASHED, INK, LINE, SOFT, TONES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 190.0
ROW = 32.0


def bars(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Horizontal bars in the order given; ``low`` and ``high``, where there, as a range.

    Args:
        frame: label, value; optional tone (of the document), low, high.
        labels: ``item.<label>``, ``mark.<name>``, ``axis.x``.
        ax: axes to draw on.
        marks: name → level drawn as a dashed line.
        lang: language of numbers.
        currency: ISO code for money.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names, values = texts(frame, "label"), numbers(frame, "value")
    spans = [(numbers(frame, "low")[i], numbers(frame, "high")[i]) for i in range(len(names))]
    tones = texts(frame, "tone")
    every = [
        v
        for v in [*values, *marks.values(), *(edge for span in spans for edge in span)]
        if v is not None
    ]
    right = 24 + max(
        (lettering.width(reader.value(v, "value"), bold=True) for v in every), default=0
    )
    top = 26 if marks else 4
    ax = picture.sheet(ax, ROW * max(len(names), 1) + top + 4, (LEFT, right, top, 4))
    ax.set_xlim(min([0.0, *every]), max([0.0, *every]) or 1.0)
    ax.set_ylim(max(len(names), 1), 0)
    _marks(ax, marks, reader)
    for row, (name, value) in enumerate(zip(names, values, strict=True)):
        _bar(ax, row, (value, *spans[row]), tones[row] or "plain", reader)
        lines = lettering.fit(reader.item(name), LEFT - 18, lines=2, bold=tones[row] == "high")
        lettering.put_lines(
            ax, 0, row + 0.5, lines, bold=tones[row] == "high", offset=(-LEFT, 0), across="axes"
        )
    ax.axvline(0, color=SOFT, linewidth=0.9)
    return ax


def _marks(ax: Axes, marks: Mapping[str, float], reader: Reader) -> None:
    for name, level in marks.items():
        ax.axvline(level, color=SOFT, linewidth=1, linestyle=DASHED)
        lettering.note(
            ax, level, 0, reader.word(f"mark.{name}"), at=("center", "bottom"), offset=(0, 6)
        )


def _bar(
    ax: Axes,
    row: int,
    place: tuple[float | None, float | None, float | None],
    tone: str,
    reader: Reader,
) -> None:
    value, low, high = place
    ax.axhline(row + 1, color=LINE, linewidth=0.5, zorder=0)
    if value is None:
        lettering.put(ax, 0, row + 0.5, "—", colour=SOFT, offset=(8, 0))
        return
    colour = TONES.get(tone, TONES["plain"])
    ranged = low is not None and high is not None
    ax.barh(row + 0.5, value, height=0.5, color=BLUES[2] if ranged else colour, zorder=2)
    end = value
    if low is not None and high is not None:
        ax.plot(
            [low, high],
            [row + 0.5] * 2,
            color=INK,
            linewidth=1.6,
            marker="|",
            markersize=9,
            zorder=3,
        )
        end = max(value, high)
    lettering.put(
        ax,
        end,
        row + 0.5,
        reader.value(value, "value"),
        bold=True,
        colour=colour if tone == "high" else INK,
        at=("left" if value >= 0 else "right", "center"),
        offset=(8 if value >= 0 else -8, 0),
    )
