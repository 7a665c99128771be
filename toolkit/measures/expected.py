"""When the open invoices will be paid: on their due day, as late as the customer usually is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.owed import owed_on, payments_known
from toolkit.measures.terms import term_days

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

LEAST_PAID = 3


def expected_receipts(s: Summaries, start: float) -> pandas.DataFrame | None:
    """Day number and amount of each open invoice's payment; None without a list of payments.

    The due day (else the invoice's day and the usual term) plus the customer's usual delay. An
    invoice for which that day has passed by ``start`` is expected as late again as it already
    is, so that what has been owed for a quarter of a year is not counted on within the next.
    Invoices whose due day nobody knows are left out; a credit note is set off at once.
    """
    import numpy as np

    if not (s.has("receivables") and payments_known(s)):
        return None
    frame = owed_on(s, s.as_of)
    assert frame is not None
    term = term_days(s).number
    usual = frame["invoiced_day"] + (np.nan if term is None else term)
    due = frame["due_day"].fillna(usual)
    day = due + _usual_delays(frame)
    late = np.maximum(start - due, 0.0)
    day = day.where(day >= start, start + late).where(frame["open_amount"] > 0, start)
    found = frame.assign(day=day)[["day", "open_amount"]]
    return found[found["day"].notna() & (found["open_amount"] != 0)]


def _usual_delays(frame: pandas.DataFrame) -> pandas.Series[float]:
    """Median days past due of each customer's paid invoices, never less than none.

    A customer with fewer than three has the median of all; without three in all, none.
    """
    paid = frame[(frame["open_amount"] <= 0) & frame["paid_day"].notna() & frame["due_day"].notna()]
    delay = paid["paid_day"] // 1 - paid["due_day"] // 1
    groups = delay.groupby(paid["customer_id"])
    medians = groups.median()[groups.size() >= LEAST_PAID]
    overall = float(delay.median()) if len(delay) >= LEAST_PAID else 0.0
    made: pandas.Series[float] = (
        frame["customer_id"].map(medians).astype("float64").fillna(overall).clip(lower=0.0)
    )
    return made
