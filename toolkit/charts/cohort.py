"""Triangle of shares: one row a cohort, one column a month since its first order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, number, texts
from toolkit.charts.palette import MIST, PAPER, ink_on, ramp
from toolkit.words import month_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

ROWS = 18
COLUMNS = 13
LEFT = 92.0
CELL = 25.0


def cohort(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Shares of each cohort by month, darker where more stayed; the latest 18 cohorts, 13 months.

    Args:
        frame: cohort (YYYY-MM), month (0, 1, …), share (0–1); missing cells stay white.
        labels: ``axis.x`` over the columns, ``axis.y`` over the cohorts.
        ax: axes to draw on.
        marks: not used.
        lang: language of numbers and months.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    cells = _cells(frame)
    names = sorted({name for name, _ in cells})[-ROWS:]
    months = range(min(max((month for _, month in cells), default=0) + 1, COLUMNS))
    ax = picture.sheet(ax, 48 + CELL * max(len(names), 1), (LEFT, 0, 44, 4))
    ax.set_xlim(0, max(len(months), 1))
    ax.set_ylim(max(len(names), 1), 0)
    _heads(ax, months, reader)
    top = max((share for (_, month), share in cells.items() if month > 0), default=1.0) or 1.0
    for row, name in enumerate(names):
        lettering.put(
            ax,
            0,
            row + 0.5,
            month_text(name, lang),
            at=("right", "center"),
            offset=(-10, 0),
            across="axes",
        )
        for month in months:
            if (name, month) in cells:
                _cell(ax, (month, row), cells[name, month], top, reader)
    return ax


def _cells(frame: DataFrame) -> dict[tuple[str, int], float]:
    columns = zip(
        texts(frame, "cohort"), frame["month"].tolist(), frame["share"].tolist(), strict=True
    )
    found = {}
    for name, month, share in columns:
        value, place = number(share), number(month)
        if value is not None and place is not None:
            found[name, int(place)] = value
    return found


def _heads(ax: Axes, months: range, reader: Reader) -> None:
    lettering.note(
        ax,
        0,
        0,
        reader.word("axis.y", "cohort"),
        at=("right", "bottom"),
        offset=(-10, 7),
        across="axes",
    )
    lettering.note(
        ax,
        0,
        0,
        reader.word("axis.x", "month"),
        at=("left", "bottom"),
        offset=(0, 25),
        across="axes",
    )
    for month in months:
        lettering.note(ax, month + 0.5, 0, str(month), at=("center", "bottom"), offset=(0, 7))


def _cell(ax: Axes, place: tuple[int, int], share: float, top: float, reader: Reader) -> None:
    colour = MIST if place[0] == 0 else ramp(share / top * 0.999)
    picture.box(ax, place, (1, 1), clip_on=False, facecolor=colour, edgecolor=PAPER, linewidth=1.5)
    text = reader.tick(round(share, 2), "share", "share")
    lettering.put(
        ax,
        place[0] + 0.5,
        place[1] + 0.5,
        text,
        size=lettering.SMALL,
        colour=ink_on(colour),
        at=("center", "center"),
    )
