"""Subscribers who stay from one delivery to the next (定期継続率), by number of delivery."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.cohorts import Entries, latest_cohorts
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_number
from toolkit.measures.orders import order_coverage, order_period
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

STEPS = {1: "subs.keep_1to2", 2: "subs.keep_2to3"}
# A delivery is mature once the client's own interval has passed: the days within which this
# share of the next deliveries came. Too few of them to tell: a quarter; never more than half a
# year.
WAITED_SHARE = 0.98
LEAST_INTERVALS = 30
USUAL_DAYS, LONGEST_DAYS = 90, 180
CURVE_STEPS, CURVE_LEAST = 12, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Deliveries of subscriptions and the days to wait before one may be called the last.

    ``frame``: a row per subscription and number of delivery, with ``number``, ``day_no``,
    ``month_no``, ``amount`` and ``gap``, the days to the delivery of the next number (NaN where
    none came).
    """

    frame: pandas.DataFrame
    window: int

    def entries(self, number: int) -> pandas.DataFrame:
        """Deliveries of one number, and whether the next one came within the window."""
        chosen = self.frame[self.frame["number"] == number]
        return chosen.assign(again=chosen["gap"] <= self.window, month_before=float("nan"))


def subscription_facts(s: Summaries) -> Iterator[Fact]:
    """Continuation from the 1st to the 2nd delivery and from the 2nd to the 3rd.

    Known only from the number of the delivery: the first order of an export may be the
    twentieth of a subscription.
    """
    if s.orders is None or s.orders.empty or not s.has("orders", "subscription_count"):
        return
    found, covered = deliveries(s), order_coverage(s)
    if found is None or covered is None:
        return
    yield Fact(id="subs.wait_days", value=found.window, n=len(found.frame), period=order_period(s))
    for number, fact_id in STEPS.items():
        frame = found.entries(number)
        if frame.empty:
            continue
        yield _rate(s, fact_id, frame, found.window)
        yield from latest_cohorts(
            Entries(fact_id=fact_id, frame=frame, window=found.window, covered=covered)
        )


def deliveries(s: Summaries) -> Deliveries | None:
    """Numbered deliveries; None without any.

    A subscription is told by its own number, else by the customer. Of several orders with one
    number the first counts.
    """
    import numpy as np

    assert s.orders is not None
    numbered = s.orders.merge(_numbers(s), left_on="order_id", right_index=True)
    numbered = numbered[numbered["subscription"].notna()]
    if numbered.empty:
        return None
    numbered = numbered.sort_values(["subscription", "number", "day_no"], kind="stable")
    frame = numbered.drop_duplicates(["subscription", "number"])
    following = frame.groupby("subscription", sort=False)[["number", "day_no"]].shift(-1)
    days = following["day_no"] // 1 - frame["day_no"] // 1
    consecutive = (following["number"] == frame["number"] + 1) & (days >= 0)
    gap = days.where(consecutive)
    columns = ["subscription", "number", "day_no", "month_no", "amount"]
    known = gap.dropna().to_numpy(float)
    window = USUAL_DAYS
    if len(known) >= LEAST_INTERVALS:
        waited = np.quantile(known, WAITED_SHARE, method="inverted_cdf")
        window = min(int(waited), LONGEST_DAYS)
    return Deliveries(frame=frame[columns].assign(gap=gap), window=window)


def _numbers(s: Summaries) -> pandas.DataFrame:
    """Subscription and number of delivery of each order that carries one."""
    import numpy as np

    rows = s.tables["orders"]
    count = rows["subscription_count"].to_numpy(float)
    with np.errstate(invalid="ignore"):
        kept = ~rows["_cancelled"] & (count >= 1) & (count == np.floor(count))
    chosen = rows[kept]
    own = chosen["customer_id"]
    if "subscription_no" in chosen:
        own = chosen["subscription_no"].where(chosen["subscription_no"].notna(), own)
    named = chosen.assign(subscription=own, number=chosen["subscription_count"].astype("int64"))
    made: pandas.DataFrame = named.groupby("order_id")[["subscription", "number"]].min()
    return made


def _rate(s: Summaries, fact_id: str, frame: pandas.DataFrame, window: int) -> Fact:
    mature = frame[day_number(s.as_of) - frame["day_no"] // 1 >= window]
    n, hits = len(mature), int(mature["again"].sum())
    if not n:
        return unknown(fact_id, "immature")
    return bounded(Fact(id=fact_id, value=hits / n, n=n, period=order_period(s)), wilson(hits, n))


def subscription_series(s: Summaries) -> Iterator[Series]:
    """The continuation curve: of 100 first deliveries, how many reach each further number.

    The product of the shares that went on from each number to the next, among mature
    deliveries; it ends before the first number with fewer than 30 of them.
    """
    if s.orders is None or s.orders.empty or not s.has("orders", "subscription_count"):
        return
    found = deliveries(s)
    if found is None:
        return
    rows: list[tuple[int, float, int]] = []
    reached = 1.0
    for number in range(1, CURVE_STEPS + 1):
        frame = found.entries(number)
        mature = frame[day_number(s.as_of) - frame["day_no"] // 1 >= found.window]
        if len(mature) < CURVE_LEAST:
            break
        rows.append((number, reached, len(mature)))
        reached *= float(mature["again"].mean())
    if len(rows) > 1:
        columns = {"step": "count", "rate": "share", "customers": "count"}
        yield series("subscription_curve", columns, rows)
