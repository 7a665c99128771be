"""Pictures of a dossier: facts by source and module, ranges of one quantity side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, LINE, MIST, OCHRE, PAPER, RUST, SOFT
from toolkit.lessons.dossier_firm import MODULES, SOURCES, SURE, Dossier, Range
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.another_business"
SIDE = 200.0
CELL = 46.0
HEAD = 44.0
ROW = 42.0
LEAST = 0.03  # of the width: a single figure still shows as a bar


def sources_picture(firm: Dossier, book: Words) -> Axes | None:
    """A row a kind of source, a column a module: the keys of the facts; sure sources are dark."""
    if not firm.facts:
        return None
    ax = picture.sheet(None, HEAD + CELL * len(SOURCES) + 8, (SIDE, 8, HEAD, 8))
    ax.set_xlim(0, len(MODULES))
    ax.set_ylim(len(SOURCES), 0)
    for column, module in enumerate(MODULES):
        text = book.text(f"{WORDS}.module.{module}")
        lettering.put(ax, column + 0.5, 0, text, bold=True, at=("center", "center"), offset=(0, 20))
    for row, source in enumerate(SOURCES):
        lines = lettering.fit(book.text(f"{WORDS}.source.{source}"), SIDE - 16, lines=2)
        lettering.put_lines(ax, 0, row + 0.5, lines, at="right", offset=(-12, 0))
        for column, module in enumerate(MODULES):
            keys = [f.key for f in firm.facts if (f.source, f.module) == (source, module)]
            _cell(ax, (column, row), " ".join(keys), source in SURE)
    return ax


def _cell(ax: Axes, at: tuple[int, int], text: str, sure: bool) -> None:
    from matplotlib.patches import Rectangle

    colour = (BLUE if sure else LINE) if text else MIST
    place = (at[0] + 0.02, at[1] + 0.05)
    ax.add_patch(Rectangle(place, 0.96, 0.9, facecolor=colour, linewidth=0))
    ink = PAPER if text and sure else None
    lettering.put(
        ax,
        at[0] + 0.5,
        at[1] + 0.5,
        text,
        bold=True,
        colour=ink or "#1b2733",
        at=("center", "center"),
    )


def ranges_picture(firm: Dossier, book: Words) -> Axes | None:
    """Orders a month as each source tells them, on a scale where equal steps are equal times."""
    told = [(f.key, f.span, f.sure) for f in firm.facts if f.about == "orders" and f.span]
    if not firm.factors or not told:
        return None
    (v1, v2), (c1, c2), _ = firm.factors
    rows: list[tuple[str, Range, str]] = [
        (book.text(f"{WORDS}.picture.product"), (v1 * c1, v2 * c2), OCHRE)
    ]
    for key, span, sure in told:
        if span is not None:
            source = next(f.source for f in firm.facts if f.key == key)
            label = f"{key}  {book.text(f'{WORDS}.source.{source}')}"
            rows.append((label, span, BLUE if sure else SOFT))
    ax = picture.sheet(None, HEAD + ROW * len(rows) + 24, (SIDE, 90, HEAD, 24))
    ends = [math.log10(end) for _, span, _ in rows for end in span]
    ax.set_xlim(min(ends) - 0.1, max(ends) + 0.1)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    for place, (label, span, colour) in enumerate(rows):
        _range(ax, place, label, span, colour)
    text = book.text(f"{WORDS}.picture.scale")
    lettering.put(ax, min(ends) - 0.1, -0.5, text, colour=SOFT, offset=(0, 24))
    middle = math.log10(math.sqrt(rows[0][1][0] * rows[0][1][1]))
    ax.plot([middle] * 2, [len(rows) - 0.5, -0.5], color=RUST, linestyle=(0, (4, 3)), zorder=0)
    return ax


def _range(ax: Axes, place: int, label: str, span: Range, colour: str) -> None:
    left, right = math.log10(span[0]), math.log10(span[1])
    low, high = ax.get_xlim()
    grown = max(0.0, LEAST * (high - low) - (right - left)) / 2
    ax.barh(place, right - left + 2 * grown, left=left - grown, height=0.46, color=colour)
    lines = lettering.fit(label, SIDE - 16, lines=2)
    lettering.put_lines(ax, low, place, lines, at="right", offset=(-12, 0))
    shown = f"{span[0]:,.0f}" if span[0] == span[1] else f"{span[0]:,.0f}–{span[1]:,.0f}"
    lettering.put(ax, right + grown, place, shown, size=lettering.SMALL, colour=SOFT, offset=(8, 0))
