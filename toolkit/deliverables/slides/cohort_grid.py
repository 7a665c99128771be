"""A triangle of cohorts as a native table, darker where more stayed."""

from __future__ import annotations

from toolkit.charts.cohort import COLUMNS
from toolkit.charts.palette import BLUES, INK, ink_on
from toolkit.deliverables.slides.paper import (
    Box,
    Cell,
    Grid,
    Para,
    Piece,
    Plate,
)
from toolkit.deliverables.slides.values import Data
from toolkit.outline.blocks import words_of
from toolkit.words import month_text

SIZE = 10.0

COHORTS = 14

TINTS = ("accent+88", "accent+72", "accent+52", "accent+30", "accent+10", "accent", "accent-25")
"""The ramp of the page as tints of the theme's accent."""


def cohort(data: Data, box: Box) -> list[Piece]:
    """Shares by cohort and month as a table, darker where more stayed."""
    cells = _shares(data)
    names = sorted({name for name, _ in cells})[-COHORTS:]
    months = range(min(max((month for _, month in cells), default=0) + 1, COLUMNS))
    top = max((share for (_, month), share in cells.items() if month > 0), default=1.0) or 1.0
    first = 76.0
    wide = (box.w - first) / max(len(months), 1)
    high = min((box.h - 20) / (len(names) + 1), 20.0)
    head = [_plain(""), *(_plain(str(month), "ctr") for month in months)]
    rows = [tuple(head)]
    for name in names:
        shares = [cells.get((name, month)) for month in months]
        rows.append(
            (
                _plain(month_text(name, data.lang)),
                *(_heat(data, share, top, month) for month, share in enumerate(shares)),
            )
        )
    grid = Grid(
        name=data.chart.id, box=Box(x=box.x, y=box.y + 18, w=box.w, h=high * (len(names) + 1)),
        widths=(first, *[wide] * len(months)), heights=(high,) * (len(names) + 1),
        cells=tuple(rows), alt=data.chart.alt,
    )  # fmt: skip
    heads = ((data.reader.word("axis.y"), box.x, first), (data.reader.word("axis.x"), box.x + first,
             box.w - first))  # fmt: skip
    return [
        *(
            Plate(
                name=f"{data.chart.id}-head-{place}", box=Box(x=x, y=box.y, w=w, h=18),
                paras=(Para(text=words_of(text), size=SIZE, colour="soft"),), anchor="ctr",
            )
            for place, (text, x, w) in enumerate(heads)
        ),
        grid,
    ]  # fmt: skip


def _shares(data: Data) -> dict[tuple[str, int], float]:
    columns = zip(data.texts("cohort"), data.numbers("month"), data.numbers("share"), strict=True)
    return {
        (name, int(month)): share
        for name, month, share in columns
        if month is not None and share is not None
    }


def _plain(text: str, align: str = "l") -> Cell:
    para = Para(text=words_of(text), size=SIZE, colour="soft", align="ctr" if align != "l" else "l")
    return Cell(paras=(para,), under="", margins=(0.0, 0.0))


def _heat(data: Data, share: float | None, top: float, month: int) -> Cell:
    if share is None:
        return _plain("")
    place = min(int(share / top * 0.999 * len(TINTS)), len(TINTS) - 1)
    fill = "mist" if month == 0 else TINTS[place]
    dark = month > 0 and ink_on(BLUES[place]) != INK
    text = data.reader.tick(round(share, 2), "share", "share")
    para = Para(text=words_of(text), size=SIZE, align="ctr", colour="paper" if dark else "ink")
    return Cell(paras=(para,), fill=fill, under="paper", margins=(0.0, 0.0))
