"""How unevenly sales lie on customers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers
from toolkit.charts.palette import BLUE, BLUES, DASHED, LINE, RUST, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

SIDE = 300.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def lorenz(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Cumulated share of sales over cumulated share of customers, against the even line.

    Args:
        frame: customers_share, sales_share (0–1, cumulated, either order of customers).
        labels: ``axis.x``, ``axis.y``, ``mark.<name>`` the sentence beside a marked point,
            ``item.even`` along the even line.
        ax: axes to draw on.
        marks: name → share of customers whose point on the curve is shown.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    ax = picture.sheet(ax, SIDE + 70, (70, picture.WIDTH - 70 - SIDE, 32, 38))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    picture.ground(ax, [(tick, reader.tick(tick, "sales_share", "share")) for tick in TICKS])
    picture.below(ax, [(tick, reader.tick(tick, "customers_share", "share")) for tick in TICKS])
    lettering.note(
        ax,
        0,
        1,
        reader.word("axis.y", "sales_share"),
        at=("left", "bottom"),
        offset=(-62, 12),
        across="axes",
    )
    lettering.note(
        ax,
        1,
        0,
        reader.word("axis.x", "customers_share"),
        at=("left", "top"),
        offset=(28, -7),
        across="axes",
    )
    ax.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=DASHED)
    points = _points(frame)
    across, up = [x for x, _ in points], [y for _, y in points]
    ax.plot(across, up, color=BLUE, linewidth=2.4, clip_on=False)
    ax.fill_between(across, up, across, color=BLUES[0], linewidth=0, zorder=0)
    if reader.word("item.even", "equal"):
        lettering.note(ax, 1, 1, reader.word("item.even", "equal"), offset=(10, 0))
    for rank, (name, share) in enumerate(marks.items()):
        _mark(ax, (share, _at(points, share)), reader.word(f"mark.{name}"), rank)
    return ax


def _points(frame: DataFrame) -> list[tuple[float, float]]:
    pairs = zip(numbers(frame, "customers_share"), numbers(frame, "sales_share"), strict=True)
    return sorted((x, y) for x, y in pairs if x is not None and y is not None)


def _at(points: list[tuple[float, float]], share: float) -> float:
    """Height of the curve over a share of customers, straight between its points."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= share <= x1:
            return y1 if x1 == x0 else y0 + (y1 - y0) * (share - x0) / (x1 - x0)
    return points[-1][1] if points else 0.0


def _mark(ax: Axes, place: tuple[float, float], text: str, rank: int) -> None:
    """A point, and its sentence in the space to the right, joined by a thin line."""
    lines = lettering.fit(text, picture.WIDTH - 70 - SIDE - 60, bold=True, lines=3)
    level = 0.78 - 0.26 * rank
    ax.plot([place[0], 1.1], [place[1], level], color=LINE, linewidth=1, clip_on=False, zorder=1)
    ax.plot(*place, marker="o", markersize=8, color=RUST, clip_on=False, zorder=3)
    lettering.put_lines(ax, 1.1, level, lines, size=13, bold=True, offset=(8, 0))
