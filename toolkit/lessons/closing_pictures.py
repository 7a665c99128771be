"""Pictures of the lesson on closing: steps to an order, sources with ranges, what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.answers.closing_difference import counts, sources_frame
from toolkit.lessons.answers.closing_money import ageing_frame
from toolkit.lessons.answers.closing_shop import steps_of
from toolkit.lessons.client_text import currency
from toolkit.lessons.two_clients import TwoClients
from toolkit.measures.intervals import wilson
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS: Final = "lessons.closing_and_collection"


def steps_picture(firm: TwoClients, book: Words) -> Axes | None:
    """Visits, carts, checkouts, orders, and the share that goes on."""
    import pandas as pd

    from toolkit.charts.funnel import funnel

    steps = steps_of(firm, book)
    if steps is None:
        return None
    labels = {f"item.{name}": book.text(f"{WORDS}.code.{name}") for name in steps}
    labels |= {
        "axis.rate": book.text(f"{WORDS}.picture.rate"),
        "mark.lowest": book.text(f"{WORDS}.picture.lowest"),
    }
    frame = pd.DataFrame({"step": list(steps), "count": list(steps.values())})
    return funnel(frame, labels=labels, lang=book.lang)


def sources_picture(firm: TwoClients, book: Words) -> Axes | None:
    """The share won of each source with its 95 % interval."""
    import pandas as pd

    from toolkit.charts.ranges import ranges

    found = sources_frame(firm, book)
    if found is None:
        return None
    rows = []
    for name, won, leads in counts(found):
        spread = wilson(won, leads)
        if spread is not None:
            note = number_text(leads, "count", book.lang)
            rows.append((name, won / leads, spread.low95, spread.high95, note))
    frame = pd.DataFrame(rows, columns=["label", "value", "low", "high", "note"])
    frame = frame.sort_values("value", ascending=False, ignore_index=True)
    labels = {
        "unit.value": "share",
        "axis.x": book.text(f"{WORDS}.picture.won"),
        "axis.note": book.text(f"{WORDS}.picture.leads"),
    }
    return ranges(frame, labels=labels, lang=book.lang)


def ageing_picture(firm: TwoClients, book: Words) -> Axes | None:
    """The open balance by days past due."""
    from toolkit.charts.bars import bars

    found = ageing_frame(firm, book)
    if found is None:
        return None
    late = (found["bucket"] != "not_due") & (found["open"] > 0)
    frame = found.assign(
        label=found["bucket"], value=found["open"], tone=late.map({True: "high", False: "plain"})
    )
    labels = {f"item.{name}": book.text(f"{WORDS}.bucket.{name}") for name in found["bucket"]}
    labels["unit.value"] = "yen"
    return bars(
        frame[["label", "value", "tone"]],
        labels=labels,
        lang=book.lang,
        currency=currency(firm),
    )
