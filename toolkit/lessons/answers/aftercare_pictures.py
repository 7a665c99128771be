"""Pictures of the lesson on aftercare: second orders by month, the wait for them, cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.charts import lettering, picture
from toolkit.charts.cohort import cohort
from toolkit.charts.palette import BLUE, BLUES, MIST, RUST, SLATE, SOFT
from toolkit.lessons.answers.aftercare_orders import LATEST, LONG, History, history
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.months import MONTHS_A_YEAR, month_label, month_number
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS: Final = "lessons.aftercare"
SHOWN: Final = 27  # months of first orders in the picture
STEP: Final = 15  # days a column of the wait
HEAD: Final = 64.0
FOOT: Final = 48.0
LEFT: Final = 52.0
WIDE: Final = 0.78
RULES: Final = 4
ASIDE: Final = 14.0


def windows_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """A column per month of first orders: the share with a second within 180 days so far."""
    found = history(firm)
    if found is None:
        return None
    rows = _by_month(found)
    ax = picture.sheet(None, 300, (LEFT, 8, HEAD, FOOT))
    ax.set_xlim(-0.6, len(rows) - 0.4)
    top = max(max(share for _, share in rows) * 1.12, 0.1)
    ax.set_ylim(0, top)
    _rules(ax, top, book)
    newest = found.newest(LONG)
    for place, (number, share) in enumerate(rows):
        _column(ax, place, share, number - newest)
    _months_below(ax, [number for number, _ in rows], book)
    _legend(ax, top, book)
    return ax


def _by_month(found: History) -> list[tuple[int, float]]:
    """Months of first orders, the latest 27, with the share that came again within 180 days."""
    again = (found.people["wait"] <= LONG).groupby(found.months()).mean()
    last, first = month_number(found.last_day), month_number(found.first_day)
    months = range(max(first, last - SHOWN + 1), last + 1)
    return [(number, float(again.get(month_label(number), 0.0))) for number in months]


def _column(ax: Axes, place: int, share: float, beyond: int) -> None:
    """A closed month is solid, the latest three stand out; one still open is an outline."""
    if beyond > 0:
        ax.bar(
            place,
            share,
            width=WIDE,
            facecolor=MIST,
            edgecolor=SLATE,
            linewidth=1,
            linestyle=(0, (3, 2)),
        )
        return
    ax.bar(place, share, width=WIDE, color=RUST if beyond > -LATEST else BLUE, linewidth=0)


def _rules(ax: Axes, top: float, book: Words) -> None:
    from toolkit.charts.columns import steps

    marks = [step for step in steps(0, top, RULES) if step <= top]
    shown = [number_text(step, "share", book.lang).replace(".0%", "%") for step in marks]
    picture.ground(ax, list(zip(marks, shown, strict=True)))


def _months_below(ax: Axes, numbers: list[int], book: Words) -> None:
    """The number of each month, and the year under its first."""
    shown = [(place, str(number % MONTHS_A_YEAR + 1)) for place, number in enumerate(numbers)]
    picture.below(ax, shown)
    years = {number // MONTHS_A_YEAR: place for place, number in reversed([*enumerate(numbers)])}
    text = {year: book.text(f"{WORDS}.picture.year", year=str(year)) for year in years}
    picture.below(ax, [(place, text[year]) for year, place in years.items()], row=1)


def _legend(ax: Axes, top: float, book: Words) -> None:
    """What is drawn, then what each kind of column is, in its own colour."""
    text = {code: book.text(f"{WORDS}.picture.{code}") for code in ("closed", "latest", "open")}
    lettering.put(
        ax,
        0,
        top,
        book.text(f"{WORDS}.picture.windows"),
        bold=True,
        at=("left", "center"),
        offset=(-LEFT + 6, 46),
        across="axes",
    )
    place = -LEFT + 6.0
    for code, colour in (("closed", BLUE), ("latest", RUST), ("open", SLATE)):
        lettering.put(
            ax,
            0,
            top,
            text[code],
            bold=True,
            colour=colour,
            at=("left", "center"),
            offset=(place, 24),
            across="axes",
        )
        place += lettering.width(text[code], bold=True) + 22


def wait_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Days from the first to the second order of those who came within 180 days."""
    found = history(firm)
    if found is None:
        return None
    people = found.mature(LONG)
    waits = people.loc[people["wait"] <= LONG, "wait"]
    if waits.empty:
        return None
    counts = (waits // STEP).clip(upper=LONG // STEP - 1).value_counts().sort_index()
    ax = picture.sheet(None, 280, (LEFT, 20, HEAD, FOOT))
    ax.set_xlim(0, LONG)
    ax.set_ylim(0, float(counts.max()) * 1.15)
    ax.axhline(0, color=SOFT, linewidth=0.9)
    middle = float(waits.median())
    for place, count in zip(counts.index.tolist(), counts.tolist(), strict=True):
        ax.bar((place + 0.5) * STEP, count, width=STEP * 0.9, color=BLUES[3])
        _above(ax, (place + 0.5) * STEP, int(count), middle, book)
    ax.axvline(middle, ymax=0.98, color=RUST, linewidth=1.6, linestyle=(0, (4, 3)))
    text = book.text(f"{WORDS}.picture.middle", days=number_text(middle, "days", book.lang))
    high = ax.get_ylim()[1]
    lettering.put(ax, middle, high, text, bold=True, colour=RUST, offset=(0, 12))
    marks = [(day, number_text(day, "count", book.lang)) for day in range(0, LONG + 1, 2 * STEP)]
    picture.below(ax, marks)
    picture.below(ax, [(LONG / 2, book.text(f"{WORDS}.picture.wait"))], row=1)
    return ax


def _above(ax: Axes, day: float, count: int, middle: float, book: Words) -> None:
    """The number over a column, moved aside where the line of the middle runs through it."""
    near = abs(middle - day) < STEP / 2
    aside = (-ASIDE if middle >= day else ASIDE) if near else 0.0
    shown = number_text(count, "count", book.lang)
    lettering.put(ax, day, count, shown, at=("center", "bottom"), offset=(aside, 4))


def cohorts_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """The share of each month's new customers with an order in each month since."""
    import pandas as pd

    found = firm.diagnosis.series.get("cohort_active")
    if found is None or not found.rows:
        return None
    frame = pd.DataFrame(list(found.rows), columns=list(found.columns))
    labels = {f"axis.{axis}": book.text(f"{WORDS}.picture.cohort_{axis}") for axis in "xy"}
    return cohort(frame, labels=labels, lang=book.lang)
