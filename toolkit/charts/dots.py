"""Where each part stands against its target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, steps, texts
from toolkit.charts.palette import BLUE, INK, LINE, MIST, PAPER, RUST

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 170.0
RIGHT = 64.0
ROW = 34.0


def dots(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """A dot a row against a target line: full where it is reached, hollow where it is missed.

    Args:
        frame: label, value, target (either may be missing).
        labels: ``item.<label>``, ``item.target`` over the target line, ``item.unknown`` where there
            is no value, ``unit.value``.
        ax: axes to draw on.
        marks: ``low`` and ``high`` set the ends of the scale.
        lang: language of numbers.
        currency: ISO code for money.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names, values, targets = (
        texts(frame, "label"),
        numbers(frame, "value"),
        numbers(frame, "target"),
    )
    known = [value for value in [*values, *targets] if value is not None]
    ax = picture.sheet(ax, ROW * max(len(names), 1) + 56, (LEFT, RIGHT, 26, 30))
    ticks = steps(marks.get("low", min([0.0, *known])), marks.get("high", max(known, default=1.0)))
    ax.set_xlim(ticks[0], ticks[-1])
    ax.set_ylim(max(len(names), 1), 0)
    picture.below(ax, [(tick, reader.tick(tick, "value")) for tick in ticks])
    for tick in ticks:
        ax.axvline(tick, color=MIST, linewidth=1, zorder=0)
    for row, name in enumerate(names):
        _row(ax, row, reader.item(name), (values[row], targets[row]), reader)
    first = next(((t, i) for i, t in enumerate(targets) if t is not None), None)
    if first is not None and reader.word("item.target"):
        lettering.note(
            ax,
            first[0],
            first[1],
            reader.word("item.target"),
            at=("center", "bottom"),
            offset=(0, 2),
        )
    return ax


def _row(
    ax: Axes, row: int, name: str, place: tuple[float | None, float | None], reader: Reader
) -> None:
    value, target = place
    middle = row + 0.5
    missed = value is not None and target is not None and value < target
    lettering.put_lines(
        ax,
        0,
        middle,
        lettering.fit(name, LEFT - 18, bold=missed, lines=2),
        bold=missed,
        offset=(-LEFT, 0),
        across="axes",
    )
    ax.axhline(row + 1, color=LINE, linewidth=0.5, zorder=0)
    if target is not None:
        ax.plot([target, target], [middle - 0.3, middle + 0.3], color=INK, linewidth=2)
    if value is None:
        lettering.note(
            ax, 0, middle, reader.word("item.unknown", otherwise="—"), offset=(8, 0), across="axes"
        )
        return
    colour = RUST if missed else BLUE
    if target is not None:
        ax.plot([value, target], [middle] * 2, color=colour, linewidth=1.4, zorder=1)
    ax.plot(
        value,
        middle,
        marker="o",
        markersize=11,
        markerfacecolor=PAPER if missed else colour,
        markeredgecolor=colour,
        markeredgewidth=2.4,
        zorder=3,
        clip_on=False,
    )
    lettering.put(
        ax,
        1,
        middle,
        reader.value(value, "value"),
        bold=True,
        colour=colour,
        at=("right", "center"),
        offset=(RIGHT, 0),
        across="axes",
    )
