"""Pictures of the lesson on gathering: where customers came from, channels, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.frameworks.sales import Sales
from toolkit.lessons.answers.gathering_costs import new_frame
from toolkit.lessons.answers.gathering_return import payback_frame, returned
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import currency
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS: Final = "lessons.gathering.picture"


def new_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """New customers by source; those money is spent on stand out."""
    from toolkit.charts.bars import bars

    new = new_frame(firm, book)
    if new is None:
        return None
    paid = book.text(f"{WORDS}.paid")
    names = [f"{x} {paid}" if on else x for x, on in zip(new["source"], new["paid"], strict=True)]
    frame = new.assign(
        label=names, value=new["customers"], tone=new["paid"].map({True: "high", False: "plain"})
    )
    return bars(frame[["label", "value", "tone"]], labels={}, lang=book.lang)


def channels_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """The channels by the two conditions."""
    from toolkit.frameworks.picture import channels

    sales = firm.objects().get("sales")
    if not isinstance(sales, Sales) or not sales.channels:
        return None
    return channels(sales)


def payback_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Margin per customer by months since the first order, against what one cost."""
    import pandas as pd

    from toolkit.charts.trend import trend

    found, margins = returned(firm), payback_frame(firm, book)
    if found is None or margins is None:
        return None
    margin = book.text(f"{WORDS}.margin")
    frame = pd.DataFrame({"line": margin, "month": margins["month"], "value": margins["margin"]})
    labels = {
        "unit.value": "yen",
        "axis.x": book.text(f"{WORDS}.months"),
        "mark.cost": book.text(f"{WORDS}.cost"),
    }
    marks = {"cost": found.cost}
    return trend(frame, labels=labels, marks=marks, lang=book.lang, currency=currency(firm))
