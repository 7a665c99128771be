"""Picture of a lesson: gaps added one by one beside their joint sum and what is assumed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, INK, LINE, MIST, RUST, TEAL, ink_on
from toolkit.lessons.client_words import title
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.impact.totals import Total
    from toolkit.lessons.client_firm import ClientFirm

WORDS = "lessons.telling_the_president.picture"
LABEL = 190.0
AMOUNT = 96.0
ROW = 64.0
EDGE = 14.0
BAR = 0.5
NAMED = 62.0  # points of a part that has room for its code
MOST = 6  # findings named under the picture
LINE_HEIGHT = 19.0


def sums_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Three bars: the gaps added up, their joint sum with its interval, the effect assumed."""
    total = firm.diagnosis.totals.profit
    if total is None:
        return None
    parts = _parts(firm, total)
    foot = LINE_HEIGHT * min(len(parts), MOST) + 16
    ax = picture.sheet(None, EDGE + 3 * ROW + foot, (LABEL, AMOUNT, EDGE, foot))
    widest = max(sum(parts.values()), total.high or 0.0, total.gap)
    ax.set_xlim(0, widest)
    ax.set_ylim(2.5, -0.5)
    _stack(ax, parts)
    ax.barh(1, total.gap, height=BAR, color=BLUE, linewidth=0)
    if total.low is not None and total.high is not None:
        ax.plot([total.low, total.high], [1.36, 1.36], color=RUST, linewidth=2.5)
    ax.barh(2, total.effect, height=BAR, color=TEAL, linewidth=0)
    _names(ax, firm, book, (sum(parts.values()), total.gap, total.effect))
    _legend(ax, firm, book, parts)
    return ax


def _parts(firm: ClientFirm, total: Total) -> dict[str, float]:
    """Gaps by finding, the largest first."""
    worth = {code: firm.diagnosis.finding(code).yen for code in total.findings}
    gaps = {code: (yen.gap or 0.0) if yen is not None else 0.0 for code, yen in worth.items()}
    return dict(sorted(gaps.items(), key=lambda pair: -pair[1]))


def _stack(ax: Axes, parts: dict[str, float]) -> None:
    left, a_point = 0.0, picture.points(ax)[0] / ax.get_xlim()[1]
    for code, value in parts.items():
        ax.barh(0, value, left=left, height=BAR, color=MIST, edgecolor=LINE, linewidth=1)
        if value * a_point >= NAMED:
            middle = left + value / 2
            lettering.put(ax, middle, 0, code, colour=ink_on(MIST), at=("center", "center"))
        left += value


def _names(ax: Axes, firm: ClientFirm, book: Words, amounts: tuple[float, ...]) -> None:
    currency = str(firm.diagnosis.client["currency"])
    closure = f"{firm.diagnosis.totals.closure:.0%}"
    for place, (name, amount) in enumerate(zip(("alone", "joint", "effect"), amounts, strict=True)):
        lines = lettering.fit(
            book.text(f"{WORDS}.{name}", closure=closure), LABEL - 14, bold=True, lines=2
        )
        lettering.put_lines(ax, 0, place, lines, bold=True, at="right", offset=(-12, 0))
        shown = number_text(amount, "yen", book.lang, currency)
        lettering.put(ax, amount, place, shown, bold=True, colour=INK, offset=(8, 0))


def _legend(ax: Axes, firm: ClientFirm, book: Words, parts: dict[str, float]) -> None:
    if firm.diagnosis.totals.profit is not None and firm.diagnosis.totals.profit.low is not None:
        lettering.put(
            ax, 0, 1.36, book.text(f"{WORDS}.interval"), size=lettering.SMALL, colour=RUST,
            at=("right", "center"), offset=(-12, 0),
        )  # fmt: skip
    for row, code in enumerate(list(parts)[:MOST]):
        text = f"{code}  {title(firm.diagnosis, book, code)}"
        line = lettering.fit(text, picture.WIDTH - 24, size=lettering.SMALL)
        lettering.put_lines(
            ax, 0, 2.5, line, size=lettering.SMALL, offset=(8 - LABEL, -14 - LINE_HEIGHT * row)
        )
