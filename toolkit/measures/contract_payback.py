"""Months until a new contract has earned what it cost to win (CAC回収月数)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.facts import Fact, unknown
from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    day_number,
    month_end,
    month_number,
    month_of_label,
    month_start,
    period,
)
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

PAYBACK, AD_PAYBACK = "contracts.cac_payback_months", "contracts.ad_payback_months"
NEW_MRR = "contracts.new_mrr_12m"
NEW_PROFIT = "contracts.new_gross_profit_yen"
PEOPLE, RATES = "q.tob.sales_people_share", "q.pla.cost_rates"
ADVERTISING, PERSONNEL, GOODS = "advertising", "personnel", "cogs"
NEEDS = ("contracts", "costs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months of costs, and the contracts they won ``lag`` months later."""

    costs: pandas.DataFrame
    first: int
    lag: int
    new_mrr: float
    accounts: int

    @property
    def period(self) -> tuple[str, str]:
        """From the first month of costs to the last month of the contracts won."""
        return period(month_start(self.first), month_end(self.first + MONTHS_A_YEAR - 1 + self.lag))


def contract_payback_facts(s: Summaries) -> Iterator[Fact]:
    """Payback with advertising alone (at least), and with the people who sell."""
    ids = (PAYBACK, AD_PAYBACK)
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "mrr"):
        return
    monthly = _monthly(s)
    if monthly is None:
        return
    year = _year(s, s.contracts, monthly)
    if year is None:
        yield from (
            unknown(fact_id, "immature", needs=NEEDS) for fact_id in (*ids, NEW_MRR, NEW_PROFIT)
        )
        return
    over, n = year.period, year.accounts
    yield Fact(id=NEW_MRR, value=year.new_mrr, n=n, period=over)
    margin, said = _gross_margin(s, s.contracts, year)
    if margin is None:
        needs = (*NEEDS, RATES)
        made_of = (*ids, NEW_PROFIT)
        yield from (unknown(one, "no_margin", period=over, needs=needs) for one in made_of)
        return
    earned = year.new_mrr * margin
    basis: Literal["said", "measured"] = "said" if said else "measured"
    yield Fact(id=NEW_PROFIT, value=earned, n=n, period=over, basis=basis)
    if earned <= 0:
        yield from (unknown(one, "zero_base", n=n, period=over, needs=NEEDS) for one in ids)
        return
    yield from _facts(s, year, earned, said)


def _facts(s: Summaries, year: Year, earned: float, said: bool) -> Iterator[Fact]:
    over, n = year.period, year.accounts
    spent = float(year.costs[ADVERTISING].sum()) if ADVERTISING in year.costs else None
    if spent is None:
        needs = (*NEEDS, "ad_spend")
        yield from (
            unknown(one, "no_rows", period=over, needs=needs) for one in (PAYBACK, AD_PAYBACK)
        )
        return
    yield Fact(
        id=AD_PAYBACK,
        value=spent / earned,
        n=n,
        period=over,
        basis="said" if said else "measured",
        table="contracts",
    )
    share = s.answers.get((PEOPLE, None))
    if not isinstance(share, int | float):
        reason = "answered_unknown" if share == "unknown" else "not_asked"
        yield unknown(PAYBACK, reason, period=over, needs=(PEOPLE,))
    elif PERSONNEL not in year.costs:
        yield unknown(PAYBACK, "no_rows", period=over, needs=("costs",))
    else:
        people = float(year.costs[PERSONNEL].sum()) * float(share)
        value = (spent + people) / earned
        yield Fact(id=PAYBACK, value=value, n=n, period=over, basis="said", table="contracts")


def _monthly(s: Summaries) -> pandas.DataFrame | None:
    """Costs by month number and item, advertising from its own table where costs have none."""
    if not s.has("costs"):
        return None
    frame = s.tables["costs"]
    made = frame.groupby([frame["month"].map(month_of_label), "item"])["amount"].sum()
    table: pandas.DataFrame = made.unstack("item")
    if ADVERTISING not in table and s.has("ad_spend"):
        spend = s.tables["ad_spend"]
        by_month = spend.groupby(spend["month"].map(month_of_label))["amount"].sum()
        if set(table.index) <= set(by_month.index):
            table = table.assign(**{ADVERTISING: by_month.reindex(table.index)})
    return table.fillna(0.0)


def _year(s: Summaries, contracts: pandas.DataFrame, monthly: pandas.DataFrame) -> Year | None:
    """The latest twelve months of costs whose contracts can be seen; None if months are missing."""
    lag, last = _lag(s), month_number(s.as_of)
    if month_end(last) > s.as_of:
        last -= 1
    known = [month for month in monthly.index if month + lag <= last]
    if not known:
        return None
    end = max(known)
    months = list(range(end - MONTHS_A_YEAR + 1, end + 1))
    if not set(months) <= set(monthly.index):
        return None
    begun = day_number(month_start(months[0] + lag)), day_number(month_end(end + lag))
    if float(contracts["start_day"].min()) > begun[0]:
        return None  # a book that begins within the year calls every old account new
    new = contracts[
        contracts["first_day"].between(*begun) & (contracts["start_day"] == contracts["first_day"])
    ]
    return Year(
        costs=monthly.loc[months],
        first=months[0],
        lag=lag,
        new_mrr=float(new["mrr"].sum()),
        accounts=int(new["account_id"].nunique()),
    )


def _lag(s: Summaries) -> int:
    """Whole months from a lead to its contract (median of those won); 0 where not known."""
    if not s.has("leads", "created_at", "won_at"):
        return 0
    import numpy as np

    frame = s.tables["leads"]
    days = day_numbers(frame["won_at"]) - day_numbers(frame["created_at"])
    days = days[np.isfinite(days) & (days >= 0)]
    return round(float(np.median(days)) / (DAYS_A_YEAR / MONTHS_A_YEAR)) if len(days) else 0


def _gross_margin(
    s: Summaries, contracts: pandas.DataFrame, year: Year
) -> tuple[float | None, bool]:
    """1 − cost of goods ÷ recurring revenue of the year, else as answered; and whether said."""
    if GOODS in year.costs:
        ends = [month_end(year.first + place) for place in range(MONTHS_A_YEAR)]
        revenue = sum(float(mrr_by_account(contracts, end).sum()) for end in ends)
        if revenue > 0:
            return 1 - float(year.costs[GOODS].sum()) / revenue, False
    said = s.answers.get((RATES, GOODS))
    return (1 - float(said), True) if isinstance(said, int | float) else (None, False)
