"""Share still there over the months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers
from toolkit.charts.palette import BLUE, BLUES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
ROOM = 46.0


def survival(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Steps of survival by month, with the number still observed under the axis.

    Args:
        frame: month (0, 1, …), survival (0–1), at_risk.
        labels: ``axis.x``, ``at_risk`` before the row of numbers, ``mark.<name>``.
        ax: axes to draw on.
        marks: name → month marked on the curve.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    months, shares = numbers(frame, "month"), numbers(frame, "survival")
    steps = [(m, s) for m, s in zip(months, shares, strict=True) if m is not None and s is not None]
    ax = picture.sheet(ax, 280, (96, 30, 16, 48))
    last = max((month for month, _ in steps), default=1.0) or 1.0
    ax.set_xlim(0, last)
    ax.set_ylim(0, 1)
    picture.ground(ax, [(tick, reader.tick(tick, "survival", "share")) for tick in TICKS])
    across, up = [m for m, _ in steps], [s for _, s in steps]
    ax.fill_between(across, up, step="post", color=BLUES[0], linewidth=0, zorder=0)
    ax.step(across, up, where="post", color=BLUE, linewidth=2.2)
    _rows(ax, months, numbers(frame, "at_risk"), reader)
    for name, month in marks.items():
        level = next((share for at, share in reversed(steps) if at <= month), None)
        if level is not None:
            ax.plot(month, level, marker="o", markersize=8, color=BLUE, clip_on=False)
            text = (
                f"{reader.word(f'mark.{name}')} {reader.value(level, 'survival', 'share')}".strip()
            )
            lettering.put(
                ax, month, level, text, bold=True, colour=BLUE, at=("left", "bottom"), offset=(8, 6)
            )
    return ax


def _rows(
    ax: Axes, months: list[float | None], at_risk: list[float | None], reader: Reader
) -> None:
    across, _ = picture.points(ax)
    every = next(
        n for n in (1, 2, 3, 6, 12, 24, 60) if n >= ax.get_xlim()[1] * ROOM / across or n == 60
    )
    shown = [
        (m, n) for m, n in zip(months, at_risk, strict=True) if m is not None and m % every == 0
    ]
    picture.below(ax, [(month, f"{month:.0f}") for month, _ in shown])
    picture.below(ax, [(m, reader.value(n, "at_risk")) for m, n in shown if n is not None], row=1)
    for text, drop in ((reader.word("axis.x", "month"), -7), (reader.word("at_risk"), -23)):
        line = lettering.fit(text, 72, size=lettering.SMALL)[0]
        lettering.note(ax, 0, 0, line, at=("left", "top"), offset=(-96, drop), across="axes")
