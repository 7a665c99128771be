"""Checks passed, failed and held back, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, texts
from toolkit.charts.palette import BLUES, LINE, PAPER, RUST, SLATE, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 190.0
ROW = 32.0
PARTS = ("fail", "unknown", "pass")
FACES = {"fail": (RUST, ""), "unknown": (PAPER, "////"), "pass": (BLUES[1], "")}


def composition(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Stacked counts a row: failed first, then held back (hatched), then passed.

    Args:
        frame: label, pass, fail, unknown (counts).
        labels: ``item.<label>``; ``pass``, ``fail``, ``unknown`` for the key above.
        ax: axes to draw on.
        marks: not used.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names = texts(frame, "label")
    counts = {part: [value or 0.0 for value in numbers(frame, part)] for part in PARTS}
    ax = picture.sheet(ax, ROW * max(len(names), 1) + 38, (LEFT, 8, 34, 4))
    ax.set_xlim(
        0, max([sum(column) for column in zip(*counts.values(), strict=True)], default=1.0) or 1.0
    )
    ax.set_ylim(max(len(names), 1), 0)
    _key(ax, reader)
    for row, name in enumerate(names):
        left = 0.0
        for part in PARTS:
            _part(ax, row, (left, counts[part][row]), part)
            left += counts[part][row]
        lettering.put_lines(
            ax,
            0,
            row + 0.5,
            lettering.fit(reader.item(name), LEFT - 18, lines=2),
            offset=(-LEFT, 0),
            across="axes",
        )
        ax.axhline(row + 1, color=LINE, linewidth=0.5, zorder=0)
    ax.axvline(0, color=SOFT, linewidth=0.9)
    return ax


def _part(ax: Axes, row: int, span: tuple[float, float], part: str) -> None:
    if not span[1]:
        return
    from toolkit.charts.palette import ink_on

    colour, hatch = FACES[part]
    ax.barh(
        row + 0.5,
        span[1],
        left=span[0],
        height=0.62,
        color=colour,
        hatch=hatch,
        edgecolor=SLATE if hatch else PAPER,
        linewidth=0.8,
        zorder=2,
    )
    text = lettering.put(
        ax,
        span[0] + span[1] / 2,
        row + 0.5,
        f"{span[1]:,.0f}",
        bold=part == "fail",
        colour=ink_on(colour),
        at=("center", "center"),
    )
    if hatch:
        text.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.5})
    text.set_zorder(3)


def _key(ax: Axes, reader: Reader) -> None:
    across = 0.0
    for part in PARTS:
        colour, hatch = FACES[part]
        picture.badge(
            ax,
            (across, 14),
            12,
            facecolor=colour,
            hatch=hatch,
            edgecolor=SLATE,
            linewidth=0.8,
        )
        word = lettering.fit(reader.word(part, otherwise=part), 130, size=lettering.SMALL)[0]
        lettering.put(
            ax,
            0,
            0,
            word,
            size=lettering.SMALL,
            at=("left", "bottom"),
            offset=(across + 18, 13),
            across="axes",
        )
        across += 18 + lettering.width(word, lettering.SMALL) + 26
