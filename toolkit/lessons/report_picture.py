"""The parts of a finding, each beside the question it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, BLUES, LINE, PAPER, SOFT
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import fact_text, lead, name, origin, period_text, shown, title
from toolkit.rules.finding import WEIGHTS, Finding, Threshold
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.read_a_report.picture"
HEAD, ROW, FOOT = 54.0, 50.0, 8.0
BADGE, LABEL, TEXT, ASKED = 22.0, 46.0, 150.0, 462.0
TITLE_SIZE, VALUE_SIZE = 16.0, 14.0
PARTS = ("value", "threshold", "n", "period", "rows", "yen")


def anatomy(firm: ClientFirm, book: Words) -> Axes | None:
    """The weightiest urgent finding, or the first failed one, taken apart."""
    one = _chosen(firm)
    if one is None:
        return None
    ax = picture.sheet(None, HEAD + ROW * len(PARTS) + FOOT)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(HEAD + ROW * len(PARTS) + FOOT, 0)
    _head(ax, one, book)
    said = _said(one, firm, book)
    for place, part in enumerate(PARTS):
        _row(ax, (HEAD + ROW * (place + 0.5), place + 1), (part, said[part]), book)
    return ax


def _chosen(firm: ClientFirm) -> Finding | None:
    facts = firm.diagnosis.facts
    found = [one for one in firm.diagnosis.judged if one.status == "fail" and lead(one, facts)]
    return max(
        found,
        key=lambda one: (one.red, one.yen is not None, WEIGHTS[one.severity]),
        default=None,
    )


def _said(one: Finding, firm: ClientFirm, book: Words) -> dict[str, str]:
    fact, threshold, yen = lead(one, firm.diagnosis.facts), one.evidence.threshold, one.yen
    assert fact is not None  # _chosen has seen to it
    value = fact_text(fact, firm, book)
    span = "—"
    if yen is not None and yen.low is not None and yen.high is not None:
        low, high = (shown(size, "yen", firm, book) for size in (yen.low, yen.high))
        span = book.text(f"{WORDS}.span", low=low, high=high)
    rows = one.evidence.rows_total
    return {
        "value": f"{name(fact, book)}  {value}",
        "threshold": "—" if threshold is None else _compared(one, threshold, firm, book),
        "n": "—" if fact.n is None else f"{fact.n:,}",
        "period": period_text(fact, book),
        "rows": "—" if rows is None else book.text(f"{WORDS}.from_rows", rows=f"{rows:,}"),
        "yen": span,
    }


def _compared(one: Finding, threshold: Threshold, firm: ClientFirm, book: Words) -> str:
    """The threshold, with the figure held against it where that is not the first one."""
    limit = book.text(
        f"{WORDS}.limit",
        limit=number_text(threshold.value, threshold.unit, book.lang),
        origin=origin(threshold, book),
    )
    facts = [firm.diagnosis.facts.get(key) for key in one.evidence.facts[1:]]
    beside = next((f for f in facts if f and f.known and f.unit == threshold.unit), None)
    if beside is None:
        return limit
    value = fact_text(beside, firm, book)
    return book.text(f"{WORDS}.against", value=value, limit=limit)


def _head(ax: Axes, one: Finding, book: Words) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((0, 4), picture.WIDTH, HEAD - 10, facecolor=BLUE, linewidth=0))
    text = lettering.fit(title(one, book), 460, size=TITLE_SIZE, bold=True)[0]
    lettering.put(ax, 16, HEAD / 2 - 1, text, size=TITLE_SIZE, bold=True, colour=PAPER)
    severity = book.text(f"common.severity.{one.severity}")
    at = ("right", "center")
    place = (picture.WIDTH - 16, HEAD / 2 - 1)
    lettering.put(ax, *place, severity, bold=True, colour=PAPER, at=at)  # type: ignore[arg-type]


def _row(ax: Axes, at: tuple[float, int], part: tuple[str, str], book: Words) -> None:
    y, number = at
    ax.plot(BADGE, y, marker="o", markersize=24, color=BLUES[1], markeredgecolor=BLUE)
    lettering.put(ax, BADGE, y, str(number), bold=True, colour=BLUE, at=("center", "center"))
    label = lettering.fit(book.text(f"{WORDS}.{part[0]}"), TEXT - LABEL - 8, bold=True, lines=2)
    lettering.put_lines(ax, LABEL, y, label, bold=True, colour=BLUE)
    lines = lettering.fit(part[1], ASKED - TEXT - 16, size=VALUE_SIZE, lines=2)
    lettering.put_lines(ax, TEXT, y, lines, size=VALUE_SIZE)
    asked = lettering.fit(
        book.text(f"{WORDS}.asked.{part[0]}"), picture.WIDTH - ASKED - 4, size=12, lines=2
    )
    lettering.put_lines(ax, ASKED, y, asked, colour=SOFT)
    ax.axhline(y + ROW / 2, color=LINE, linewidth=0.8)
