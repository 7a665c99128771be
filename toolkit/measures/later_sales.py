"""What customers buy after the step that rules speak of: second order, main order, delivery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.among import among
from toolkit.measures.intervals import bounded
from toolkit.measures.lines import covered_orders, twelve_months
from toolkit.measures.months import DAYS_A_YEAR, day_number, day_of, period, period_after
from toolkit.measures.orders import between, in_sequence
from toolkit.measures.subscriptions import Deliveries, deliveries
from toolkit.measures.trials import trial_buyers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

SECOND_DAYS = 180
SECOND = "customers.second_buyer_sales_365d"
TRIALS, MAIN = "customers.trial_buyers_12m", "customers.main_buyer_sales_365d"
STARTERS = "subs.starters_12m"
DELIVERED = {2: "subs.second_delivery_sales_365d", 3: "subs.third_delivery_sales_365d"}


def later_sales_facts(s: Summaries) -> Iterator[Fact]:
    """Sales per customer from a step on, within 365 days of the first order or delivery.

    Measured on those whose 365 days have passed, whatever they bought after the step.
    """
    if covered_orders(s) is None or s.customers is None or s.customers.empty:
        return
    yield _of_second_buyers(s)
    yield from _of_trials(s)
    yield from _of_deliveries(s)


def _of_second_buyers(s: Summaries) -> Fact:
    """Sales after the first order of customers whose second came within 180 days."""
    assert s.customers is not None
    who = s.customers.set_index("customer_id")
    first, second = who["first_day"] // 1, who["second_day"] // 1
    return _per_customer(s, SECOND, first[second - first <= SECOND_DAYS], who["first_order_id"])


def _per_customer(
    s: Summaries,
    fact_id: str,
    starts: pandas.Series[float],
    left_out: pandas.Series[str],
) -> Fact:
    """Mean sales within 365 days of each start, one order of each customer left out."""
    assert s.orders is not None
    covered = covered_orders(s)
    assert covered is not None
    old = starts[day_number(covered.last) - starts >= DAYS_A_YEAR]
    if old.empty:
        return unknown(fact_id, "no_rows" if starts.empty else "immature")
    orders = in_sequence(s, "order_id", "customer_id", "amount")
    since = orders["day_no"] // 1 - orders["customer_id"].map(old)
    later = orders[(since >= 0) & (since < DAYS_A_YEAR)]
    later = later[~among(later["order_id"], left_out)]
    sums = later.groupby("customer_id")["amount"].sum().reindex(old.index, fill_value=0.0)
    return _mean(fact_id, sums.to_numpy(float), old)


def _mean(fact_id: str, values: Floats, starts: pandas.Series[float]) -> Fact:
    over = period(day_of(float(starts.min())), day_of(float(starts.max())))
    fact = Fact(id=fact_id, value=float(values.mean()), n=len(values), period=over)
    return bounded(fact, intervals.mean(values))


def _of_trials(s: Summaries) -> Iterator[Fact]:
    """New trial buyers of twelve months; what those who went on bought after the trial."""
    if not s.has("orders", "trial"):
        yield from (unknown(one, "no_column") for one in (TRIALS, MAIN))
        return
    found = trial_buyers(s)
    buyers = found[found["month_before"].isna()]
    yield _begun(s, TRIALS, buyers)
    went_on = buyers[buyers["again"].astype(bool)].set_index("customer_id")
    yield _per_customer(s, MAIN, went_on["day_no"] // 1, went_on["order_id"])


def _begun(s: Summaries, fact_id: str, frame: pandas.DataFrame) -> Fact:
    """How many began in the latest twelve months."""
    covered = covered_orders(s)
    assert covered is not None
    over = twelve_months(covered)
    span = period_after(over.after, over.upto)
    if not over.whole:
        return unknown(fact_id, "immature", period=span)
    n = len(between(frame, over.after, over.upto))
    return Fact(id=fact_id, value=n, n=n, period=span)


def _of_deliveries(s: Summaries) -> Iterator[Fact]:
    """Subscriptions begun in twelve months; their sales from the second and third delivery on."""
    found = deliveries(s) if s.has("orders", "subscription_count") else None
    if found is None:
        reason = "no_rows" if s.has("orders", "subscription_count") else "no_column"
        yield from (unknown(one, reason) for one in (STARTERS, *DELIVERED.values()))
        return
    started = found.frame[found.frame["number"] == 1]
    yield _begun(s, STARTERS, started)
    first = started.set_index("subscription")["day_no"] // 1
    for number, fact_id in DELIVERED.items():
        yield _from_delivery(s, fact_id, found, first, number)


def _from_delivery(
    s: Summaries, fact_id: str, found: Deliveries, first: pandas.Series[float], number: int
) -> Fact:
    """Sales of this delivery and the later ones within 365 days of the first, per subscription.

    Only subscriptions that got this delivery within the wait after the one before.
    """
    covered = covered_orders(s)
    assert covered is not None
    before = found.entries(number - 1)
    reached = before.loc[before["again"].astype(bool), "subscription"]
    starts = first[first.index.isin(reached)]
    old = starts[day_number(covered.last) - starts >= DAYS_A_YEAR]
    if old.empty:
        return unknown(fact_id, "no_rows" if starts.empty else "immature")
    since = found.frame["day_no"] // 1 - found.frame["subscription"].map(old)
    later = found.frame[(found.frame["number"] >= number) & (since < DAYS_A_YEAR)]
    sums = later.groupby("subscription")["amount"].sum().reindex(old.index, fill_value=0.0)
    return _mean(fact_id, sums.to_numpy(float), old)
