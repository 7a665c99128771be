"""Business accounts: dependence on the first, those that stay, those gone silent (法人取引)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.measures.compare import gap, share
from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.items import largest_items
from toolkit.measures.months import DAYS_A_YEAR, MONTHS_A_YEAR, months_before, period, period_after
from toolkit.measures.orders import (
    between,
    order_coverage,
    order_period,
    overdue,
    reaches_back,
)

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

CONSUMER_MODELS = ("single_item_subscription", "general", "marketplace_led", "shop_service")
SUBSCRIPTION_MODEL = "saas"
TOP, TOP_YOY = "tob.top1_account_share", "tob.top1_account_share_yoy"
STAY, STAY_YOY = "tob.account_continuation_share", "tob.account_continuation_share_yoy"
DORMANT, DORMANT_YEN = "tob.dormant_accounts_count", "tob.dormant_accounts_yen"
DORMANT_SALES = "tob.dormant_accounts_sales_yen"


def tob_facts(s: Summaries) -> Iterator[Fact]:
    """Facts of accounts; a shop that sells to consumers has none."""
    if s.model in CONSUMER_MODELS:
        yield from (
            not_applicable(fact_id)
            for fact_id in (TOP, TOP_YOY, STAY, STAY_YOY, DORMANT, DORMANT_YEN, DORMANT_SALES)
        )
        return
    yield from _first_account(s)
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    yield from _continuation(s, s.orders)
    yield from _dormant(s, s.orders, s.customers)


def _first_account(s: Summaries) -> Iterator[Fact]:
    if s.contracts is not None and s.has("contracts", "mrr") and _by_contract(s):
        today, year_ago = s.as_of, months_before(s.as_of, MONTHS_A_YEAR)
        now, before = (mrr_by_account(s.contracts, day) for day in (today, year_ago))
        yield _largest(TOP, now, period(today, today), "contracts")
        old = _largest(TOP, before, period(year_ago, year_ago), "contracts")
        yield _risen(_largest(TOP, now, period(year_ago, today), "contracts"), old)
        return
    covered = order_coverage(s)
    if covered is None or s.orders is None:
        return
    turn, earlier = (months_before(covered.last, months) for months in (12, 24))
    now = _sales_by_account(between(s.orders, turn, covered.last))
    top = _largest(TOP, now, period_after(turn, covered.last), "orders")
    yield top
    if not reaches_back(s, 24):
        yield unknown(TOP_YOY, "immature")
        return
    before = _sales_by_account(between(s.orders, earlier, turn))
    old = _largest(TOP, before, period_after(earlier, turn), "orders")
    yield _risen(replace(top, period=period_after(earlier, covered.last)), old)


def _by_contract(s: Summaries) -> bool:
    return s.model == SUBSCRIPTION_MODEL or s.orders is None


def _sales_by_account(orders: pandas.DataFrame) -> pandas.Series[float]:
    buyer = orders["customer_id"].where(orders["customer_id"].notna(), "g" + orders["order_id"])
    made: pandas.Series[float] = orders.groupby(buyer.to_numpy())["amount"].sum()
    return made


def _largest(fact_id: str, sums: pandas.Series[float], over: tuple[str, str], table: str) -> Fact:
    total = float(sums.sum())
    if total <= 0:
        return unknown(fact_id, "zero_base" if len(sums) else "no_rows", period=over, table=table)
    name, value = str(sums.idxmax()), float(sums.max())
    return Fact(
        id=fact_id,
        value=value / total,
        n=len(sums),
        period=over,
        table=table,
        items=(Item(key=name, label=name, value=value),),
    )


def _risen(now: Fact, before: Fact) -> Fact:
    if now.number is None or before.number is None:
        return unknown(TOP_YOY, "immature" if now.known else str(now.reason), table=now.table)
    return replace(now, id=TOP_YOY, value=now.number - before.number)


def _continuation(s: Summaries, orders: pandas.DataFrame) -> Iterator[Fact]:
    covered = order_coverage(s)
    assert covered is not None
    ends = [months_before(covered.last, months) for months in (0, 12, 24, 36)]
    buyers = [_accounts(orders, ends[i + 1], ends[i]) for i in range(3)]
    if not reaches_back(s, 24):
        yield from (unknown(fact_id, "immature") for fact_id in (STAY, STAY_YOY))
        return
    hits, n = len(buyers[0] & buyers[1]), len(buyers[1])
    over = period_after(ends[2], ends[0])
    if not n:
        yield unknown(STAY, "no_rows", period=over)
        return
    yield bounded(Fact(id=STAY, value=hits / n, n=n, period=over), wilson(hits, n))
    old_hits, old_n = len(buyers[1] & buyers[2]), len(buyers[2])
    if not reaches_back(s, 36) or not old_n:
        yield unknown(STAY_YOY, "immature")
        return
    span = period_after(ends[3], ends[0])
    yield gap(STAY_YOY, share(hits, n), share(old_hits, old_n), span)


def _accounts(orders: pandas.DataFrame, after: date, upto: date) -> set[str]:
    return set(between(orders, after, upto)["customer_id"].dropna())


def _dormant(s: Summaries, orders: pandas.DataFrame, customers: pandas.DataFrame) -> Iterator[Fact]:
    regular = customers[customers["order_count"] >= 3]
    if regular.empty:
        return
    over, n = order_period(s), len(regular)
    silent = regular[overdue(regular, s.as_of)]
    yearly = last_year(orders, silent)
    items, sales = largest_items(yearly), float(yearly.sum())
    yield Fact(id=DORMANT, value=len(silent), n=n, period=over, items=items)
    yield Fact(id=DORMANT_SALES, value=sales, n=len(silent), period=over, items=items)
    margin = margin_fact(s, monthly_costs(s))
    if margin.number is None:
        yield unknown(DORMANT_YEN, margin.reason or "no_table", needs=("costs", RATES))
        return
    value = sales * margin.number
    yield Fact(id=DORMANT_YEN, value=value, n=len(silent), period=over, basis=margin.basis)


def last_year(orders: pandas.DataFrame, accounts: pandas.DataFrame) -> pandas.Series[float]:
    """Sales of each account in the 365 days up to its last order (``last_day``)."""
    last = accounts[["customer_id", "last_day"]]
    theirs = orders.merge(last, on="customer_id", how="inner")
    recent = theirs[theirs["last_day"] - theirs["day_no"] < DAYS_A_YEAR]
    made: pandas.Series[float] = recent.groupby("customer_id", sort=True)["amount"].sum()
    return made
