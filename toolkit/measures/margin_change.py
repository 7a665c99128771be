"""Contribution margin rate of this year against last (限界利益率の前年差)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.costs import MARGIN_ITEMS, MonthlyCosts, monthly_costs
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_number, month_start, period
from toolkit.measures.orders import order_coverage

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

CHANGE = "costs.contribution_margin_rate_yoy"
LATEST_LAG_MONTHS = 3


def margin_change_facts(s: Summaries) -> Iterator[Fact]:
    """Rate of the latest twelve full months minus that of the twelve before; exact or unknown.

    Unknown where a month is missing, where the costs end more than three months before the
    orders do, and where the two years do not hold the same items: a cost booked in one of them
    only would look like a change of margin.
    """
    costs, covered = monthly_costs(s), order_coverage(s)
    if costs is None or covered is None:
        return
    last = costs.months[-1]
    over = period(month_start(last - 2 * MONTHS_A_YEAR + 1), month_end(last))
    wanted = list(range(last - 2 * MONTHS_A_YEAR + 1, last + 1))
    late = month_number(covered.last) - last > LATEST_LAG_MONTHS
    if late or costs.months[-2 * MONTHS_A_YEAR :] != wanted:
        yield unknown(CHANGE, "immature", period=over)
        return
    now = _rate(costs, wanted[MONTHS_A_YEAR:])
    before = _rate(costs, wanted[:MONTHS_A_YEAR])
    if now is None or before is None or now[1] != before[1]:
        yield unknown(CHANGE, "no_rows", period=over)
        return
    yield Fact(id=CHANGE, value=now[0] - before[0], n=MONTHS_A_YEAR, period=over)


def _rate(costs: MonthlyCosts, months: list[int]) -> tuple[float, tuple[str, ...]] | None:
    """Margin rate over some months and the items in it; None without cost of goods or sales."""
    items = costs.items.loc[months].dropna(axis=1, how="all")
    used = tuple(item for item in MARGIN_ITEMS if item in items.columns)
    sales = float(costs.sales.loc[months].sum())
    if "cogs" not in used or sales <= 0:
        return None
    return 1 - float(items[list(used)].sum().sum()) / sales, used
