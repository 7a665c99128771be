"""Contracts that fell due and were renewed, and those that fall due next (更新)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.items import LISTED
from toolkit.measures.months import DAYS_A_YEAR, MONTHS_A_YEAR, day_number, day_of, period_after

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

RATE = "contracts.renewal_rate"
PENDING_DAYS = 90
MOST_PLANS = 20


def renewal_facts(s: Summaries) -> Iterator[Fact]:
    """Renewal rate of the last 365 days, in all and by plan, and renewals pending in 90 days."""
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "end"):
        return
    yield from _rate(s, s.contracts)
    yield from _pending(s, pending(s, s.contracts))


def _rate(s: Summaries, contracts: pandas.DataFrame) -> Iterator[Fact]:
    start = s.as_of - timedelta(days=DAYS_A_YEAR)
    over = period_after(start, s.as_of)
    ended = contracts["end_day"].between(day_number(start) + 1, day_number(s.as_of))
    due = contracts[ended].assign(renewed=renewed(contracts)[ended])
    hits, n = int(due["renewed"].sum()), len(due)
    if not n:
        yield unknown(RATE, "no_rows", period=over)
        return
    yield bounded(Fact(id=RATE, value=hits / n, n=n, period=over), wilson(hits, n))
    plans = due.groupby("plan")["renewed"].agg(["sum", "size"])
    if not 2 <= len(plans) <= MOST_PLANS:
        return
    for plan, kept, of in plans.itertuples():
        fact = Fact(id=RATE, value=kept / of, n=int(of), by={"plan": str(plan)}, period=over)
        yield bounded(fact, wilson(int(kept), int(of), tests=len(plans)))


def renewed(contracts: pandas.DataFrame) -> pandas.Series[bool]:
    """As recorded; where not, whether a later contract of the account lasts beyond this end."""
    later = contracts["later_end"] > contracts["end_day"]
    return (contracts["renewed"] == 1) | (contracts["renewed"].isna() & later)


def pending(s: Summaries, contracts: pandas.DataFrame) -> pandas.DataFrame:
    """Contracts that end within 90 days, neither renewed nor cancelled so far."""
    today = day_number(s.as_of)
    ahead = contracts["end_day"].between(today + 1, today + PENDING_DAYS)
    gone = contracts["churned_at_day"] <= today
    found: pandas.DataFrame = contracts[ahead & ~renewed(contracts) & ~gone]
    return found


def _pending(s: Summaries, found: pandas.DataFrame) -> Iterator[Fact]:
    over = period_after(s.as_of, s.as_of + timedelta(days=PENDING_DAYS))
    by_amount = found.sort_values(["mrr", "account_id"], ascending=[False, True])
    items = tuple(
        Item(key=str(account), label=str(account), value=day_of(end).isoformat())
        for account, end in by_amount[["account_id", "end_day"]]
        .head(LISTED)
        .itertuples(index=False)
    )
    n = len(found)
    yield Fact(id="contracts.pending_renewals_90d", value=n, n=n, period=over, items=items)
    if s.has("contracts", "mrr"):
        yearly = float(found["mrr"].sum()) * MONTHS_A_YEAR
        yield Fact(id="contracts.pending_renewals_90d_arr", value=yearly, n=n, period=over)
