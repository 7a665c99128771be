"""What may be spent to win a customer, as past customers paid it back (許容CPO・回収月数)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.cohort_margin import lives
from toolkit.measures.costs import RATES
from toolkit.measures.house import size
from toolkit.measures.intervals import Interval, bounded
from toolkit.measures.won_customers import MIN_N, PAYBACK, Won, allowed_months, won_customers

if TYPE_CHECKING:
    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

MONTHS, OBSERVED = "customers.payback_months", "customers.payback_observed_months"
RECOVERED = "customers.payback_recovered_ratio"
COST, FIRST = "acquisition.cohort_cpo_yen", "acquisition.breakeven_cpo_first_order_yen"
ALLOWABLE, HEADROOM = "acquisition.allowable_cpo_yen", "acquisition.cpo_headroom_yen"
ALL = (MONTHS, OBSERVED, RECOVERED, COST, FIRST, ALLOWABLE, HEADROOM)
NEEDS = ("orders", "costs", RATES)
SPENT = ("ad_spend", "costs")


def allowable_cpo_facts(s: Summaries) -> Iterator[Fact]:
    """Cost of the latest customers who can be judged, when it came back, and what may be spent."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    found = lives(s)
    if found is None:
        yield from (unknown(one, "no_margin", needs=NEEDS) for one in ALL)
        return
    won = won_customers(s, found)
    if won is None or len(won.members) < MIN_N:
        few = {} if won is None else {"n": len(won.members), "period": won.period}
        reason = "immature" if won is None else "small_n"
        yield from (unknown(one, reason, needs=NEEDS, **few) for one in ALL)
        return
    sums, basis = found.cumulated(won.members, won.horizon), found.margin.basis
    yield _observed(won)
    yield _cost(s, won)
    for fact in (*_returned(s, won, sums), *_allowable(s, won, sums)):
        yield replace(fact, basis=basis, period=won.period)


def _observed(won: Won) -> Fact:
    return Fact(id=OBSERVED, value=won.horizon, n=len(won.members), period=won.period)


def _cost(s: Summaries, won: Won) -> Fact:
    if won.cpo is None:
        return replace(_no_cost(s, COST), period=won.period)
    table = SPENT[0] if s.has(SPENT[0]) else SPENT[1]
    n = round(won.claimed)
    return Fact(id=COST, value=won.cpo, n=n, period=won.period, table=table, needs=SPENT)


def _no_cost(s: Summaries, fact_id: str) -> Fact:
    told = any(s.has(table) for table in SPENT)
    return unknown(fact_id, "no_rows" if told else "no_table", needs=SPENT)


def _returned(s: Summaries, won: Won, sums: Floats) -> Iterator[Fact]:
    """Months until the margin reached the cost, and how far it came in the months observed."""
    if won.cpo is None:
        yield from (_no_cost(s, one) for one in (MONTHS, RECOVERED))
        return
    yield months_to(sums, won.cpo)
    if won.cpo <= 0:
        yield unknown(RECOVERED, "zero_base", n=len(sums), needs=SPENT)
        return
    shares = sums[:, -1] / won.cpo
    fact = Fact(id=RECOVERED, value=float(shares.mean()), n=len(shares), needs=NEEDS)
    yield bounded(fact, intervals.mean(shares))


def months_to(sums: Floats, cost: float) -> Fact:
    """First month in which the mean of the customers reached what one cost; the day itself is 0.

    Its interval runs from the first month in which the upper end of the mean's own interval
    reached the cost to the first in which the lower end did; none where that lies beyond the
    months observed. A mean that stays below is ``not_paid_back``, no number.
    """
    n, means = len(sums), sums.mean(axis=0).tolist()
    at = _first(means, cost)
    if at is None:
        return unknown(MONTHS, "not_paid_back", n=n, needs=NEEDS)
    fact = Fact(id=MONTHS, value=at, n=n, needs=NEEDS)
    spreads = [intervals.mean(column) for column in sums.T]
    known = [one for one in spreads if one is not None]
    low, low95 = _first([one.high for one in known], cost), _first([o.high95 for o in known], cost)
    high, high95 = _first([one.low for one in known], cost), _first([o.low95 for o in known], cost)
    if low is None or low95 is None or high is None or high95 is None:
        return fact
    return bounded(fact, Interval(low=low, high=high, low95=low95, high95=high95))


def _first(values: list[float], cost: float) -> float | None:
    return next((float(month) for month, value in enumerate(values) if value >= cost), None)


def _allowable(s: Summaries, won: Won, sums: Floats) -> Iterator[Fact]:
    """Margin on the day of the first order, and within the allowed months, against the cost."""
    yield _mean(s, FIRST, sums[:, 0])
    months = allowed_months(s)
    if months is None:
        reason = "answered_unknown" if s.answers.get((PAYBACK, None)) else "not_asked"
        yield from (unknown(one, reason, needs=(PAYBACK,)) for one in (ALLOWABLE, HEADROOM))
        return
    allowable = _mean(s, ALLOWABLE, sums[:, months])
    yield allowable
    if won.cpo is None:
        yield _no_cost(s, HEADROOM)
        return
    yield _less(replace(allowable, id=HEADROOM), won.cpo)


def _mean(s: Summaries, fact_id: str, values: Floats) -> Fact:
    fact = Fact(id=fact_id, value=float(values.mean()), n=len(values), needs=(*NEEDS, PAYBACK))
    return bounded(fact, _spread(s, values))


def _spread(s: Summaries, values: Floats) -> Interval | None:
    """Bootstrap over customers, their margins being skewed; many need none, their mean is even."""
    import numpy as np

    if len(values) > size(s, "bootstrap_customers_most"):
        return intervals.mean(values)
    return intervals.bootstrap(lambda drawn: float(drawn.mean()), np.sort(values))


def _less(fact: Fact, cost: float) -> Fact:
    """The fact less a cost that is known, its interval with it."""

    def less(value: float | None) -> float | None:
        return None if value is None else value - cost

    return replace(
        fact,
        value=less(fact.number),
        low=less(fact.low),
        high=less(fact.high),
        low95=less(fact.low95),
        high95=less(fact.high95),
    )
