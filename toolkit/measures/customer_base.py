"""Orders to come of the customers known, by models that are first tried on the past (顧客基盤)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures.back_test import BackTest, back_test
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.forecast import Total, forecast
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded
from toolkit.measures.months import (
    DAYS_A_WEEK,
    DAYS_A_YEAR,
    day_number,
    period,
    period_after,
)
from toolkit.measures.purchase_days import histories_at
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

# Where every order is a decision of its own; a subscription's deliveries are not.
FREE = ("general", "marketplace_led", "shop_service", "made_to_order")
MONTHS = "models.holdout_months"
PREDICTED, ACTUAL = "models.holdout_orders_predicted", "models.holdout_orders_actual"
PLAIN = "models.holdout_orders_plain"
ERROR, PLAIN_ERROR = "models.holdout_error", "models.holdout_plain_error"
SALES_ERROR = "models.holdout_sales_error"
ALIVE, ORDERS = "models.alive_share", "models.expected_orders_12m"
MARGIN = "models.expected_margin_12m_yen"
TESTED = (MONTHS, PREDICTED, ACTUAL, PLAIN, ERROR, PLAIN_ERROR, SALES_ERROR)
AHEAD = (ALIVE, ORDERS, MARGIN)
YEAR = DAYS_A_YEAR / DAYS_A_WEEK
CLASSES = 7
CALIBRATION = {
    "label": "text",
    "customers": "count",
    "value": "count",
    "target": "count",
    "plain": "count",
}


def customer_base_facts(s: Summaries) -> Iterator[Fact]:
    """The back-test, and what is to come where the back-test allows to say it.

    These figures stand beside the plain ones, never instead of them, and no rule reads them.
    """
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    if s.model not in FREE:
        yield from _outside(s)
        return
    test = back_test(s)
    if test is None:
        return
    if isinstance(test, str):
        yield from (unknown(fact_id, test) for fact_id in (*TESTED, *AHEAD))
        return
    tested = list(_tested(s, test))
    yield from tested
    yield from _ahead(s, test, {fact.id: fact for fact in tested})


def _outside(s: Summaries) -> Iterator[Fact]:
    for fact_id in (*TESTED, *AHEAD):
        if s.model in (None, "unknown"):
            yield unknown(fact_id, "not_asked", needs=("q.pla.model",))
        else:
            yield not_applicable(fact_id)


def _tested(s: Summaries, test: BackTest) -> Iterator[Fact]:
    """What was predicted, what came, what a plain rule would have said, and how far off each is."""
    over, n = period_after(test.cut, test.last), len(test.came)
    ahead = test.forecast.ahead(test.weeks)
    said = ahead.orders
    came, plain = int(test.came["orders"].sum()), int(test.before["orders"].sum())
    yield Fact(id=MONTHS, value=test.months, period=over)
    predicted = Fact(id=PREDICTED, value=said.value, n=n, period=over)
    yield bounded(predicted, said.interval())
    yield Fact(id=ACTUAL, value=came, n=n, period=over)
    yield Fact(id=PLAIN, value=plain, n=n, period=over)
    few = came < size(s, "models_holdout_orders")
    sales = ahead.sales
    pairs: tuple[tuple[str, float | None, float], ...] = (
        (ERROR, said.value, came),
        (PLAIN_ERROR, plain, came),
        (SALES_ERROR, sales.value if sales else None, float(test.came["sales"].sum())),
    )
    for fact_id, value, actual in pairs:
        if few:
            yield unknown(fact_id, "small_n", n=n, period=over)
        elif value is None:
            yield unknown(fact_id, "not_fitted", n=n, period=over)
        elif actual <= 0:
            yield unknown(fact_id, "zero_base", n=n, period=over)
        else:
            yield Fact(id=fact_id, value=value / actual - 1, n=n, period=over)


def _ahead(s: Summaries, test: BackTest, tested: dict[str, Fact]) -> Iterator[Fact]:
    """Who is still there and what is to come in a year, from all the data."""
    over = period(test.first, test.last)
    held = _held_back(s, tested[ERROR])
    made = forecast(histories_at(test.days, day_number(test.last))) if held is None else None
    if made is None:
        reason = held or "not_fitted"
        yield from (unknown(fact_id, reason, period=over) for fact_id in AHEAD)
        return
    there = made.still_there()
    repeaters = int((made.customers["x"] > 0).sum())
    if there is not None:
        fact = Fact(id=ALIVE, value=there.value, n=repeaters, period=over)
        yield bounded(fact, there.interval(most=1.0))
    ahead, n = made.ahead(YEAR), len(made.customers)
    orders = Fact(id=ORDERS, value=ahead.orders.value, n=n, period=over)
    yield bounded(orders, ahead.orders.interval())
    yield replace(_margin(s, ahead.sales, tested[SALES_ERROR]), n=n, period=over)


def _held_back(s: Summaries, error: Fact) -> str | None:
    """Why the models may not speak of the future: untested, or too far off when tested."""
    if error.number is None:
        return error.reason
    return "model_missed" if abs(error.number) > size(s, "models_error_limit") else None


def _margin(s: Summaries, sales: Total | None, error: Fact) -> Fact:
    margin = margin_fact(s, monthly_costs(s))
    if margin.number is None:
        return unknown(MARGIN, "no_margin", needs=("costs", RATES))
    held = _held_back(s, error)
    if held is not None or sales is None:
        return unknown(MARGIN, held or "not_fitted")
    fact = Fact(id=MARGIN, value=sales.value * margin.number, basis=margin.basis)
    return bounded(fact, sales.interval(margin.number)) if margin.number > 0 else fact


def customer_base_series(s: Summaries) -> Iterator[Series]:
    """Orders that came in the months held out, by repeats before, beside those predicted."""
    if s.model not in FREE:
        return
    test = back_test(s)
    if test is None or isinstance(test, str):
        return
    yield series("models_holdout", CALIBRATION, _by_repeats(test))


def _by_repeats(test: BackTest) -> Iterator[tuple[Any, ...]]:
    """A row per number of repeats before the cut; the last holds that many and more."""
    table: pandas.DataFrame = test.came.assign(
        before=test.before["orders"],
        said=test.forecast.ahead(test.weeks).each,
        repeats=test.forecast.customers["x"].clip(upper=CLASSES),
    )
    for _, rows in table.groupby("repeats", sort=True):
        repeats = int(rows["repeats"].iloc[0])
        label = f"{repeats}+" if repeats == CLASSES else str(repeats)
        came, before = int(rows["orders"].sum()), int(rows["before"].sum())
        yield label, len(rows), came, float(rows["said"].sum()), before
