"""New and existing customers in sales, this year against last (新規・既存の売上)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.among import among
from toolkit.measures.intervals import both_levels, bounded
from toolkit.measures.months import MONTHS_A_YEAR, day_number, day_of, months_before, period_after
from toolkit.measures.named_tests import Sides, year_on_year
from toolkit.measures.orders import (
    between,
    buyers,
    in_sequence,
    order_coverage,
    order_period,
    reaches_back,
)

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.intervals import Floats, Interval
    from toolkit.measures.summaries import Summaries

YEAR_ON_YEAR = ("customers.existing_sales_share_yoy", "customers.existing_sales_yoy")


def existing_facts(s: Summaries) -> Iterator[Fact]:
    """Share of sales to customers after their first order, its change, and new customers."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    covered = order_coverage(s)
    assert covered is not None
    start = months_before(covered.last, MONTHS_A_YEAR)
    yield from _new(s, s.customers, start)
    yield _share(s, s.customers, start, covered.last)
    if not reaches_back(s, 24):
        yield from (unknown(fact_id, "immature") for fact_id in YEAR_ON_YEAR)
        return
    yield from _year_on_year(s, year_on_year(covered.last))


def _new(s: Summaries, customers: pandas.DataFrame, start: date) -> Iterator[Fact]:
    n = len(customers)
    yield Fact(id="acquisition.new_customers", value=n, n=n, period=order_period(s))
    recent = int((customers["first_day"] >= day_number(start) + 1).sum())
    if not reaches_back(s, MONTHS_A_YEAR):
        yield unknown("acquisition.new_customers_12m", "immature")
        return
    over = period_after(start, s.as_of)
    yield Fact(id="acquisition.new_customers_12m", value=recent, n=recent, period=over)


def _share(s: Summaries, customers: pandas.DataFrame, start: date, end: date) -> Fact:
    assert s.orders is not None
    columns = ["order_id", "customer_id", "day_no", "amount"]
    recent = between(s.orders[columns], start, end)
    first = among(recent["order_id"], customers["first_order_id"])
    existing = recent["amount"].where(recent["customer_id"].notna() & ~first, 0.0)
    over = period_after(max(start, day_of(float(s.orders["day_no"].min()) - 1)), end)
    by_buyer = _by_buyer(s, recent.assign(existing=existing))
    return _stated("customers.existing_sales_share", by_buyer, over)


def _stated(fact_id: str, table: pandas.DataFrame, over: tuple[str, str]) -> Fact:
    total = float(table["amount"].sum())
    if total <= 0:
        return unknown(fact_id, "zero_base", period=over)
    top, bottom = table["existing"].to_numpy(float), table["amount"].to_numpy(float)
    fact = Fact(id=fact_id, value=float(top.sum()) / total, n=len(table), period=over)
    return bounded(fact, intervals.share_of_sum(top, bottom))


def _by_buyer(s: Summaries, orders: pandas.DataFrame) -> pandas.DataFrame:
    """Sums per customer; each guest's order stands for itself."""
    who = buyers(s, "g")[orders.index]
    made: pandas.DataFrame = orders.groupby(who)[["existing", "amount"]].sum()
    return made


def _year_on_year(s: Summaries, sides: Sides) -> Iterator[Fact]:
    """The two years, each looked at with the same length of history before it.

    Else the later year would know more customers as existing by the export's length alone.
    """
    assert s.orders is not None
    first = day_of(float(s.orders["day_no"].min()))
    history = max(0, (sides.before_after - first).days)
    now = _with_history(s, sides.now_after, sides.now_upto, history)
    before = _with_history(s, sides.before_after, sides.before_upto, history)
    over = period_after(sides.before_after, sides.now_upto)
    both = now.add_suffix("_now").join(before.add_suffix("_before"), how="outer").fillna(0.0)
    n = min(len(now), len(before))
    if min(now["amount"].sum(), before["amount"].sum()) <= 0:
        yield from (unknown(fact_id, "zero_base", period=over) for fact_id in YEAR_ON_YEAR)
        return
    now_influence, now_share = _influence(both, "now")
    before_influence, before_share = _influence(both, "before")
    share = Fact(id=YEAR_ON_YEAR[0], value=now_share - before_share, n=n, period=over)
    yield bounded(share, _normal(now_share - before_share, now_influence - before_influence))
    change = (both["existing_now"] - both["existing_before"]).to_numpy(float)
    yen = Fact(id=YEAR_ON_YEAR[1], value=float(change.sum()), n=n, period=over)
    yield bounded(yen, _normal(float(change.sum()), change))


def _with_history(s: Summaries, after: date, upto: date, history: int) -> pandas.DataFrame:
    import pandas as pd

    assert s.orders is not None
    since = day_of(day_number(after) - history - 1)
    known = between(in_sequence(s, "amount", within=(since, upto)), after, upto)
    known = known.assign(existing=known["amount"].where(known["day_before"].notna(), 0.0))
    guests = s.orders.loc[s.orders["customer_id"].isna(), ["day_no", "amount"]]
    guests = between(guests, after, upto).assign(existing=0.0)
    return _by_buyer(s, pd.concat([known, guests]) if len(guests) else known)


def _influence(both: pandas.DataFrame, side: str) -> tuple[Floats, float]:
    existing, amount = (both[f"{name}_{side}"].to_numpy(float) for name in ("existing", "amount"))
    share = float(existing.sum() / amount.sum())
    return (existing - share * amount) / amount.sum(), share


def _normal(value: float, contributions: Floats) -> Interval | None:
    """Interval of a sum of independent customers' contributions, their number itself random."""
    from scipy.special import ndtri

    if len(contributions) < 2:
        return None
    error = float((contributions**2).sum()) ** 0.5

    def bounds(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        return value - half, value + half

    return both_levels(bounds)
