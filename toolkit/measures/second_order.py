"""Second orders within a window (F2転換率), and the latest cohorts against the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.cohorts import Entries, latest_cohorts
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_number
from toolkit.measures.orders import in_sequence, order_coverage, order_period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

WINDOWS = (90, 180, 365)


def second_order_facts(s: Summaries) -> Iterator[Fact]:
    """Conversion by window, of the latest three mature cohorts, and against the twelve before."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    sequence = in_sequence(s)
    sequence["day_after"] = sequence.groupby("customer_no", sort=False)["day_no"].shift(-1)
    covered = order_coverage(s)
    assert covered is not None
    for window in WINDOWS:
        yield _conversion(s, s.customers, window)
        yield from latest_cohorts(
            Entries(
                fact_id="customers.f2_conversion",
                frame=_entries(sequence, window),
                window=window,
                covered=covered,
                by={"window_days": window},
            )
        )


def _conversion(s: Summaries, customers: pandas.DataFrame, window: int) -> Fact:
    by, over = {"window_days": window}, order_period(s)
    first = customers["first_day"] // 1
    mature = customers[day_number(s.as_of) - first >= window]
    n = len(mature)
    if not n:
        return unknown("customers.f2_conversion", "immature", by=by)
    hits = int((mature["second_day"] // 1 - mature["first_day"] // 1 <= window).sum())
    fact = Fact(id="customers.f2_conversion", value=hits / n, n=n, by=by, period=over)
    return bounded(fact, wilson(hits, n))


def _entries(sequence: pandas.DataFrame, window: int) -> pandas.DataFrame:
    """Each order with whether the customer's next one came within the window."""
    again = sequence["day_after"] // 1 - sequence["day_no"] // 1 <= window
    return sequence[["month_no", "month_before"]].assign(again=again)
