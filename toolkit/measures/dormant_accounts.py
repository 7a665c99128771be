"""What accounts past their usual interval held of sales, now and a year ago (ご無沙汰)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures import intervals
from toolkit.measures.intervals import bounded
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    day_of,
    months_before,
    months_between,
    period_after,
)
from toolkit.measures.orders import by_customer, order_coverage, overdue
from toolkit.measures.paired import paired_interval
from toolkit.measures.tob import CONSUMER_MODELS

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

SHARE, SHARE_YOY = "tob.dormant_sales_share", "tob.dormant_sales_share_yoy"
LONGEST_MONTHS, LEAST_MONTHS = 24, 12
LEAST_ORDERS = 3


def dormant_account_facts(s: Summaries) -> Iterator[Fact]:
    """Share of sales of accounts that went silent, each year looked at with equal history."""
    if s.model in CONSUMER_MODELS:
        yield from (not_applicable(fact_id) for fact_id in (SHARE, SHARE_YOY))
        return
    covered = order_coverage(s)
    if s.orders is None or covered is None:
        return
    first = day_of(float(s.orders["day_no"].min()))
    yield _now(s, covered.last, first)
    months = min(LONGEST_MONTHS, months_between(first, covered.last) - MONTHS_A_YEAR)
    if months < LEAST_MONTHS:
        yield unknown(SHARE_YOY, "immature")
        return
    turn = months_before(covered.last, MONTHS_A_YEAR)
    new, old = (_silent(s, day, months) for day in (covered.last, turn))
    over = period_after(months_before(turn, months), covered.last)
    if min(float(side["bottom"].sum()) for side in (new, old)) <= 0:
        yield unknown(SHARE_YOY, "zero_base", period=over)
        return
    rates = [float(side["top"].sum() / side["bottom"].sum()) for side in (new, old)]
    n = min(len(new), len(old))
    fact = Fact(id=SHARE_YOY, value=rates[0] - rates[1], n=n, period=over)
    yield bounded(fact, paired_interval(new, old))


def _now(s: Summaries, last: date, first: date) -> Fact:
    found = _silent(s, last, LONGEST_MONTHS)
    start = max(first - timedelta(days=1), months_before(last, LONGEST_MONTHS))
    over, total = period_after(start, last), float(found["bottom"].sum())
    if not len(found) or total <= 0:
        return unknown(SHARE, "zero_base" if len(found) else "no_rows", period=over)
    top, bottom = found["top"].to_numpy(float), found["bottom"].to_numpy(float)
    fact = Fact(id=SHARE, value=float(top.sum()) / total, n=len(found), period=over)
    return bounded(fact, intervals.share_of_sum(top, bottom))


def _silent(s: Summaries, at: date, months: int) -> pandas.DataFrame:
    """Sales of each account in the months before a day (bottom), if silent by then (top).

    Silent are accounts with three orders or more in the months, the last of them longer ago
    than twice their own median interval.
    """
    accounts = by_customer(s, months_before(at, months), at)
    silent = overdue(accounts, at) & (accounts["order_count"] >= LEAST_ORDERS)
    made: pandas.DataFrame = accounts.assign(
        top=accounts["amount"].where(silent, 0.0), bottom=accounts["amount"]
    )
    return made[["top", "bottom"]]
