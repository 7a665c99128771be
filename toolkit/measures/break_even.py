"""Break-even: the sales of a month at which the contribution margin pays the other costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.costs import MARGIN_ITEMS, margin_fact, monthly_costs
from toolkit.measures.months import MONTHS_A_YEAR

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

SALES, RATIO = "costs.break_even_sales_yen", "costs.break_even_ratio"
PERSONNEL = "personnel"


def break_even_facts(s: Summaries) -> Iterator[Fact]:
    """Break-even sales of a month, and as a share of the sales there are (損益分岐点比率).

    Costs other than those in the contribution margin are taken as fixed, over the latest twelve
    full months. Without personnel in the costs the level would flatter, so it stays unknown.
    """
    costs = monthly_costs(s)
    if costs is None:
        yield from (unknown(one, "no_table", needs=("costs",)) for one in (SALES, RATIO))
        return
    recent = costs.recent(MONTHS_A_YEAR)
    margin = margin_fact(s, recent).number
    fixed = recent.items[[c for c in recent.items.columns if c not in MARGIN_ITEMS]]
    if PERSONNEL not in fixed or margin is None:
        yield from (unknown(one, "no_rows", period=recent.period) for one in (SALES, RATIO))
        return
    if margin <= 0:
        yield from (unknown(one, "no_margin", period=recent.period) for one in (SALES, RATIO))
        return
    months = len(recent.sales)
    needed = float(fixed.sum().sum()) / months / margin
    yield Fact(id=SALES, value=needed, n=months, period=recent.period)
    usual = float(recent.sales.sum()) / months
    yield Fact(id=RATIO, value=needed / usual, n=months, period=recent.period)
