"""Pictures of the lesson on the margin: sales as 100, and the point where sales pay all costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, DASHED, INK, LINE, MIST, RUST, SOFT, TEAL
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.ledger import Ledger, ledger
from toolkit.lessons.margin_words import WORDS, label, rough
from toolkit.measures.break_even import PERSONNEL
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 330.0
MARGINS = (84.0, 158.0, 40.0, 58.0)
REACH = 1.35  # how far beyond the larger of sales and break-even the picture goes


def composition_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Costs of the latest twelve whole months taken from sales = 100, down to what is left."""
    import pandas as pd

    from toolkit.charts.waterfall import waterfall

    found = ledger(firm)
    if found is None:
        return None
    told = found.latest()
    items = (*told.variable, *told.fixed)
    shares = [told.total(name) / told.sales for name in items]
    labels = {f"item.{name}": label(name, book) for name in (*items, "sales", "rest")}
    frame = pd.DataFrame({"item": items, "share": shares})
    return waterfall(frame, labels=labels, lang=book.lang, currency=told.currency)


def break_even_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Contribution margin rising with the sales of a month, over the costs that stay the same."""
    found = ledger(firm)
    if found is None or PERSONNEL not in found.items or found.latest().rate <= 0:
        return None
    told = found.latest()
    months = len(told.months)
    fixed, usual = told.total(*told.fixed) / months, told.sales / months
    needed = fixed / told.rate
    ax = picture.sheet(None, HEIGHT, MARGINS)
    far = REACH * max(needed, usual)
    ax.set_xlim(0, far)
    ax.set_ylim(0, far * told.rate)
    _areas(ax, (far, fixed, needed), told.rate)
    _lines(ax, (far, fixed), told, book)
    _marks(ax, (needed, usual), told, book)
    return ax


def _areas(ax: Axes, size: tuple[float, float, float], rate: float) -> None:
    """The loss before break-even and the gain beyond it."""
    far, fixed, needed = size
    ax.fill([0, 0, needed], [0, fixed, fixed], color=RUST, alpha=0.10, linewidth=0)
    ax.fill([needed, far, far], [fixed, fixed, far * rate], color=TEAL, alpha=0.14, linewidth=0)
    ax.axhline(0, color=SOFT, linewidth=0.9)
    ax.axvline(0, color=LINE, linewidth=0.9)


def _lines(ax: Axes, size: tuple[float, float], told: Ledger, book: Words) -> None:
    (far, fixed), rate = size, told.rate
    ax.plot([0, far], [fixed, fixed], color=RUST, linewidth=1.8)
    ax.plot([0, far], [0, far * rate], color=BLUE, linewidth=2.2)
    for place, code, colour in ((fixed, "fixed", RUST), (far * rate, "contribution", BLUE)):
        words = lettering.fit(book.text(f"{WORDS}.picture.{code}"), MARGINS[1] - 14, lines=3)
        lettering.put_lines(ax, far, place, words, colour=colour, bold=True, offset=(10, 0))
    amount = rough(fixed, told, book)
    lettering.put(ax, 0, fixed, amount, colour=RUST, at=("right", "center"), offset=(-8, 0))


def _marks(ax: Axes, at: tuple[float, float], told: Ledger, book: Words) -> None:
    """Break-even above the sheet, the usual month below it, so that the two never meet."""
    needed, usual = at
    top = ax.get_ylim()[1]
    fixed = needed * told.rate
    ax.plot([needed, needed], [0, top], color=INK, linewidth=1.0, linestyle=DASHED)
    ax.plot([usual, usual], [0, usual * told.rate], color=BLUE, linewidth=1.4)
    ax.plot([needed], [fixed], "o", color=INK, markersize=7)
    ax.plot([usual], [usual * told.rate], "o", color=MIST, markeredgecolor=BLUE, markersize=8)
    for place, level, code, up in ((needed, top, "needed", 16), (usual, 0.0, "usual", -20)):
        text = book.text(f"{WORDS}.picture.{code}", amount=rough(place, told, book))
        lettering.put(ax, place, level, text, bold=True, at=("center", "center"), offset=(0, up))
    axis = book.text(f"{WORDS}.picture.axis")
    lettering.put(
        ax, 0, 0, axis, size=lettering.SMALL, colour=SOFT, at=("left", "center"), offset=(0, -44)
    )
