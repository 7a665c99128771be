"""Recurring revenue at stake: what fell due in a year, and what runs without the core function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.items import largest_items
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    day_number,
    months_before,
    period,
    period_after,
)
from toolkit.measures.usage import LAUNCH_DAYS, last_day, usage_coverage, use_by_account

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

DUE, NO_CORE = "contracts.due_arr_12m", "contracts.no_core_use_arr"


def contract_stake_facts(s: Summaries) -> Iterator[Fact]:
    """Yearly amounts of accounts that fell due, and of those that leave the core function be."""
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "mrr"):
        return
    if s.has("contracts", "end"):
        yield _due(s, s.contracts)
    if s.has("usage", "core_events"):
        yield from _without_core(s, s.contracts)


def _due(s: Summaries, contracts: pandas.DataFrame) -> Fact:
    """Twelve times the monthly amount a year ago of accounts with a contract that ended since.

    By account, and as of a year ago: contracts of a month fall due twelve times, their yearly
    amount once. It is never more than the amount that net and gross retention start from.
    """
    year_ago = months_before(s.as_of, MONTHS_A_YEAR)
    over, old = period(year_ago, s.as_of), mrr_by_account(contracts, year_ago)
    if not len(old):
        return unknown(DUE, "immature", period=over)
    start = day_number(s.as_of - timedelta(days=DAYS_A_YEAR)) + 1
    ended = contracts["end_day"].between(start, day_number(s.as_of))
    due = old[old.index.isin(set(contracts.loc[ended, "account_id"]))]
    return Fact(id=DUE, value=float(due.sum()) * MONTHS_A_YEAR, n=len(due), period=over)


def _without_core(s: Summaries, contracts: pandas.DataFrame) -> Iterator[Fact]:
    covered = usage_coverage(s)
    if covered is None:
        return
    day = last_day(s, covered)
    begun = day - timedelta(days=LAUNCH_DAYS)
    used = use_by_account(s, contracts, begun, day)
    over = period_after(begun, day)
    if used.empty:
        yield unknown(NO_CORE, "no_rows", period=over)
        return
    idle = used.index[~used["core"]]
    amounts = mrr_by_account(contracts, day).reindex(idle) * MONTHS_A_YEAR
    items, total = largest_items(amounts), float(amounts.sum())
    yield Fact(id=NO_CORE, value=total, n=len(idle), period=over, items=items)
