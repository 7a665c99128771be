"""What repeat buyers bring while awake, and what the silent best customers bought (休眠の重み)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.dormancy import ACTIVE_MONTHS, months_compared, silence
from toolkit.measures.first_entry import welch
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.lines import covered_orders
from toolkit.measures.months import MONTHS_A_YEAR, day_of, months_before, period_after
from toolkit.measures.orders import between

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

NOW, REPEATERS = "customers.dormant_share_f2plus_now", "customers.repeat_buyers_count"
AWAKE = "customers.awake_extra_sales_12m"
OVERDUE = "customers.top10_overdue_sales_12m"


def awake_facts(s: Summaries) -> Iterator[Fact]:
    """Repeat buyers and what one brings in a year by being awake; sales of the silent best.

    The repeat buyers are those of the comparison with a year ago, looked at over as many months.
    """
    covered = covered_orders(s)
    if covered is None or s.orders is None or s.customers is None or s.customers.empty:
        return
    yield _of_the_best(s, covered.last)
    first = day_of(float(s.orders["day_no"].min()))
    months = months_compared(first, covered.last)
    if months is None:
        yield from (unknown(one, "immature") for one in (NOW, REPEATERS, AWAKE))
        return
    yield from _repeaters(s, covered.last, months)
    yield _awake(s, covered.last, months)


def _of_the_best(s: Summaries, last: date) -> Fact:
    """Sales of twelve months to customers of the top decile who are past twice their interval."""
    assert s.orders is not None
    silent = silence(s, last, ACTIVE_MONTHS)[1].silent
    after = months_before(last, MONTHS_A_YEAR)
    sums = _bought(s.orders, silent, after, last)
    over = period_after(after, last)
    return Fact(id=OVERDUE, value=float(sums.sum()), n=len(silent), period=over)


def _bought(orders: pandas.DataFrame, who: pandas.DataFrame, after: date, upto: date) -> Floats:
    """Sales to each of some customers in a stretch, 0 where nothing was bought."""
    columns = ["customer_id", "day_no", "amount"]
    sums = between(orders[columns], after, upto).groupby("customer_id")["amount"].sum()
    found: Floats = sums.reindex(who.index, fill_value=0.0).to_numpy(float)
    return found


def _repeaters(s: Summaries, last: date, months: int) -> Iterator[Fact]:
    found = silence(s, last, months)[0]
    over = period_after(found.since, last)
    yield Fact(id=REPEATERS, value=found.n, n=found.n, period=over)
    if not found.n:
        yield unknown(NOW, "no_rows", period=over)
        return
    share = Fact(id=NOW, value=found.hits / found.n, n=found.n, period=over)
    yield bounded(share, wilson(found.hits, found.n))


def _awake(s: Summaries, last: date, months: int) -> Fact:
    """Sales in the year after of those awake a year ago, less those of the dormant then.

    Both sides: an awake customer may leave, and a dormant one may come back of itself.
    """
    assert s.orders is not None
    then = months_before(last, MONTHS_A_YEAR)
    found, over = silence(s, then, months)[0], period_after(then, last)
    if not (len(found.awake) and len(found.silent)):
        return unknown(AWAKE, "no_rows", period=over)
    awake, silent = (_bought(s.orders, who, then, last) for who in (found.awake, found.silent))
    n = min(len(awake), len(silent))
    fact = Fact(id=AWAKE, value=float(awake.mean() - silent.mean()), n=n, period=over)
    return bounded(fact, welch(awake, silent))
