"""Pictures of make or buy: cost by quantity, and the steps of a launch on a line of days."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, INK, LINE, MIST, OCHRE, PAPER, RUST, SLATE, SOFT
from toolkit.lessons.sourcing_firm import SourcingFirm, step_name
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.make_or_buy.picture"
HEIGHT = 340.0
ROW = 34.0
STEPS = 4
THOUSAND = 1000


def costs_picture(firm: SourcingFirm, book: Words) -> Axes | None:
    """Yen a month by units: by hand, with the machine, bought; the likely demand shaded."""
    even, hand = firm.break_even, firm.own_cost
    if even is None or firm.machine is None or firm.demand is None or firm.chosen is None:
        return None
    fixed, unit = firm.machine
    low, _, high = firm.demand
    most = max(even, high) * 1.15
    lines = {
        "machine": (fixed, unit, BLUE),
        "bought": (0.0, firm.chosen.quote, RUST),
        **({"hand": (0.0, hand, SLATE)} if hand is not None else {}),
    }
    ax = picture.sheet(None, HEIGHT, (70, 150, 30, 52))
    ax.set_xlim(0, most)
    top = max(base + slope * most for base, slope, _ in lines.values())
    ax.set_ylim(0, top * 1.06)
    ax.axvspan(low, high, color=MIST, zorder=-1)
    _axes(ax, most, top, book)
    ends = [(base + slope * most, code) for code, (base, slope, _) in lines.items()]
    places = _apart(sorted(ends), picture.points(ax)[1] / (top * 1.06))
    for code, (base, slope, colour) in lines.items():
        ax.plot([0, most], [base, base + slope * most], color=colour, linewidth=2.2)
        text = book.text(f"{WORDS}.{code}")
        lettering.put(ax, most, places[code], text, bold=True, colour=colour, offset=(8, 0))
    cost = firm.chosen.quote * even
    ax.plot([even], [cost], marker="o", markersize=9, color=INK, zorder=4)
    return ax


def _axes(ax: Axes, most: float, top: float, book: Words) -> None:
    picture.ground(ax, [(at, f"{at / THOUSAND:,.0f}") for at in _round_marks(top)])
    picture.below(ax, [(at, f"{at:,.0f}") for at in _round_marks(most)])
    for name, y, offset in (("across", 0.0, (0.0, -38.0)), ("up", top * 1.06, (-60.0, 14.0))):
        text = book.text(f"{WORDS}.{name}")
        lettering.put(ax, 0, y, text, size=lettering.SMALL, colour=SOFT, offset=offset)


def _round_marks(most: float) -> list[float]:
    """Round places from nought up to a number, about four of them."""
    if most <= 0:
        return [0.0]
    power = 10.0 ** math.floor(math.log10(most / STEPS))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= most / STEPS / 1.4)
    return [step * place for place in range(int(most / step) + 1)]


def _apart(ends: list[tuple[float, str]], scale: float) -> dict[str, float]:
    """Places of labels at the ends of lines, at least a line of text apart."""
    places: dict[str, float] = {}
    last = float("-inf")
    for value, code in ends:
        last = max(value, last + lettering.SIZE * lettering.LEADING / scale)
        places[code] = last
    return places


def launch_picture(firm: SourcingFirm, book: Words) -> Axes | None:
    """A bar a step on the line of days; steps that decide the day are dark."""
    if not firm.steps:
        return None
    ends, whole = firm.ends(), firm.launch_days or 1.0
    deciding = _deciding(firm, ends, whole)
    ax = picture.sheet(None, 44 + ROW * len(firm.steps) + 40, (184, 40, 44, 40))
    ax.set_xlim(0, max(whole, firm.planned_days or 0))
    ax.set_ylim(len(firm.steps) - 0.5, -0.5)
    for place, step in enumerate(firm.steps):
        start, dark = ends[step.name] - step.days, step.name in deciding
        ax.barh(place, step.days, left=start, height=0.56, color=BLUE if dark else LINE)
        lettering.put_lines(
            ax,
            0,
            place,
            lettering.fit(step_name(step.name, book), 170),
            at="right",
            offset=(-10, 0),
        )
        middle = start + step.days / 2
        shown, colour = f"{step.days:g}", PAPER if dark else INK
        lettering.put(ax, middle, place, shown, colour=colour, at=("center", "center"))
    _days(ax, firm, whole, book)
    return ax


def _days(ax: Axes, firm: SourcingFirm, whole: float, book: Words) -> None:
    low = len(firm.steps) - 0.5
    if firm.planned_days is not None:
        ax.plot([firm.planned_days] * 2, [low, -0.5], color=OCHRE, linewidth=2, zorder=0)
        text = book.text(f"{WORDS}.planned", days=f"{firm.planned_days:g}")
        lettering.put(
            ax, firm.planned_days, -0.5, text, colour=OCHRE, at=("right", "center"), offset=(4, 16)
        )
    text = book.text(f"{WORDS}.needed", days=f"{whole:g}")
    lettering.put(ax, 0, low, text, size=lettering.SMALL, colour=SOFT, offset=(-176, -18))


def _deciding(firm: SourcingFirm, ends: dict[str, float], whole: float) -> set[str]:
    by_name = {step.name: step for step in firm.steps}
    found: set[str] = set()
    open_ = [name for name, end in ends.items() if end == whole]
    while open_:
        name = open_.pop()
        found.add(name)
        start = ends[name] - by_name[name].days
        open_ += [n for n in by_name[name].after if n in ends and ends[n] == start and start]
    return found
