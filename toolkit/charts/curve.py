"""Rates from one purchase to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, steps, texts
from toolkit.charts.palette import BLUE, DASHED, PAPER, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def curve(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Rate at each step with its value above and the number of customers below.

    Args:
        frame: step, rate (0–1), customers.
        labels: ``item.<step>``, else ``step`` with ``{n}`` for its number; ``customers`` before
            the row of numbers,
            ``mark.<name>``.
        ax: axes to draw on.
        marks: levels drawn as dashed lines.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names, rates = texts(frame, "step"), numbers(frame, "rate")
    known = [(place, rate) for place, rate in enumerate(rates) if rate is not None]
    ax = picture.sheet(ax, 260, (96, 24, 26, 48))
    ticks = steps(0, max([*(rate for _, rate in known), *marks.values()], default=1.0))
    ax.set_xlim(-0.5, max(len(names), 1) - 0.5)
    ax.set_ylim(0, ticks[-1])
    picture.ground(ax, [(tick, reader.tick(tick, "rate", "share")) for tick in ticks])
    if known:
        ax.plot(
            [place for place, _ in known],
            [rate for _, rate in known],
            color=BLUE,
            linewidth=2.2,
            marker="o",
            markersize=8,
            clip_on=False,
        )
    for place, rate in known:
        text = lettering.put(
            ax,
            place,
            rate,
            reader.value(rate, "rate", "share"),
            size=13,
            bold=True,
            colour=BLUE,
            at=("center", "bottom"),
            offset=(0, 9),
        )
        text.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.5})
        text.set_zorder(4)
    for name, level in marks.items():
        ax.axhline(level, color=SOFT, linewidth=1, linestyle=DASHED)
        lettering.note(
            ax,
            1,
            level,
            reader.word(f"mark.{name}"),
            at=("right", "bottom"),
            offset=(0, 3),
            across="axes",
        )
    _rows(ax, [_name(name, reader) for name in names], numbers(frame, "customers"), reader)
    return ax


def _name(step: str, reader: Reader) -> str:
    number = step.removesuffix(".0")
    return reader.word(f"item.{number}", "step", otherwise=number).replace("{n}", number)


def _rows(ax: Axes, names: list[str], customers: list[float | None], reader: Reader) -> None:
    across, _ = picture.points(ax)
    room = across / max(len(names), 1) - 6
    size = lettering.SMALL
    picture.below(ax, [(i, lettering.fit(t, room, size=size)[0]) for i, t in enumerate(names)])
    picture.below(
        ax,
        [(i, reader.value(c, "customers")) for i, c in enumerate(customers) if c is not None],
        row=1,
    )
    lettering.put(
        ax,
        0,
        0,
        lettering.fit(reader.word("customers"), 86, size=size)[0],
        size=size,
        colour=SOFT,
        at=("right", "top"),
        offset=(-8, -23),
        across="axes",
    )
