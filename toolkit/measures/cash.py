"""The 13-week table: the balance at the bank week by week, and its lowest point (資金繰り)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.expected import expected_receipts
from toolkit.measures.months import DAYS_A_WEEK, day_number, day_of, period
from toolkit.measures.rows import day_numbers
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

LOWEST, FIXED, MONTHS = "cash.week13_min_yen", "cash.month_fixed_yen", "cash.fixed_months"
NEEDS = ("cash_plan",)
OPENING, COLLECTION, CASH = "opening", "collection", "cash"
WEEKS, MONTHS_COVERED = 13, 3
# A balance further from the day of the figures is another month's; a plan whose last payment
# lies further from its end does not reach the end.
FRESH_DAYS, LAST_PAYMENT_DAYS = 45, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTable:
    """Thirteen weeks from ``start``: ``weeks`` has in, out and closing balance by week number."""

    start: date
    weeks: pandas.DataFrame

    def week(self, number: int) -> tuple[date, date]:
        """First and last day of a week, counted from 0."""
        first = self.start + timedelta(days=number * DAYS_A_WEEK)
        return first, first + timedelta(days=DAYS_A_WEEK - 1)


def cash_facts(s: Summaries) -> Iterator[Fact]:
    """The lowest closing balance with its week, a month's fixed costs, and one ÷ the other."""
    if not s.has("cash_plan"):
        return
    found = cash_table(s)
    fixed = _fixed(s)
    yield fixed
    if isinstance(found, str):
        yield from (unknown(fact_id, found, needs=NEEDS) for fact_id in (LOWEST, MONTHS))
        return
    balance = found.weeks["balance"]
    number = int(balance.to_numpy().argmin())
    first, last = found.week(number)
    lowest = Fact(
        id=LOWEST,
        value=float(balance.min()),
        period=period(last, last),
        items=(Item(key=first.isoformat(), label=first.isoformat(), value=float(balance.min())),),
    )
    yield lowest
    yield _months(lowest, fixed)


def _months(lowest: Fact, fixed: Fact) -> Fact:
    if lowest.number is None or fixed.number is None:
        return unknown(MONTHS, fixed.reason or "no_rows", needs=NEEDS)
    return Fact(id=MONTHS, value=lowest.number / fixed.number, period=lowest.period)


def cash_table(s: Summaries) -> CashTable | str:
    """The table, or ``no_rows`` where a fresh balance or payments up to its end are missing."""
    plan = s.tables["cash_plan"]
    opening = _opening(s, plan)
    if opening is None:
        return "no_rows"
    start, balance = opening
    end = day_number(start) + WEEKS * DAYS_A_WEEK
    paid = day_numbers(plan.loc[plan["direction"] == "out", "date"])
    if not (paid >= end - LAST_PAYMENT_DAYS).any():
        return "no_rows"
    flows = _with_receipts(s, _planned(plan, start), start)
    return CashTable(start=start, weeks=_weeks(flows, start, balance))


def _opening(s: Summaries, plan: pandas.DataFrame) -> tuple[date, float] | None:
    """Day and amount of the balance the table starts from.

    The latest opening balance of the plan that is no later than the run, else its first; where
    the plan has none, the cash of the latest accounts on the day after they were closed.
    """
    rows = plan[plan["item"] == OPENING]
    days = sorted({day_of(float(day)) for day in day_numbers(rows["date"])})
    if days:
        start = max((day for day in days if day <= s.run_date), default=days[0])
        at_start = day_numbers(rows["date"]) // 1 == day_number(start)
        found = start, float(rows.loc[at_start, "amount"].sum())
        return found if _fresh(s, start) else None
    return _closing_cash(s)


def _closing_cash(s: Summaries) -> tuple[date, float] | None:
    if not s.has("accounts", "closed_on"):
        return None
    frame = s.tables["accounts"]
    cash = frame[(frame["item"] == CASH) & frame["closed_on"].notna()]
    if cash.empty or cash["closed_on"].max() != frame["closed_on"].max():
        return None
    last = day_of(float(day_numbers(cash["closed_on"]).max()))
    latest = cash[day_numbers(cash["closed_on"]) // 1 == day_number(last)]
    return (last + timedelta(days=1), float(latest["amount"].sum())) if _fresh(s, last) else None


def _fresh(s: Summaries, day: date) -> bool:
    return abs((day - s.as_of).days) <= FRESH_DAYS


def _planned(plan: pandas.DataFrame, start: date) -> pandas.DataFrame:
    """Planned flows of the 13 weeks: day, amount (out is negative), item."""
    import pandas as pd

    sign = plan["direction"].map({"in": 1.0, "out": -1.0}).astype("float64")
    flows = pd.DataFrame(
        {
            "day": day_numbers(plan["date"]) // 1,
            "amount": sign * plan["amount"].astype("float64"),
            "item": plan["item"],
        }
    )
    first = day_number(start)
    inside = (flows["day"] >= first) & (flows["day"] < first + WEEKS * DAYS_A_WEEK)
    return flows[inside & (flows["item"] != OPENING)]


def _with_receipts(s: Summaries, flows: pandas.DataFrame, start: date) -> pandas.DataFrame:
    """The plan and the open invoices; where it plans their collection itself, the plan alone."""
    import pandas as pd

    owed = expected_receipts(s, float(day_number(start)))
    if owed is None or (flows["item"] == COLLECTION).any():
        return flows
    inside = owed[owed["day"] < day_number(start) + WEEKS * DAYS_A_WEEK]
    receipts = pd.DataFrame({"day": inside["day"], "amount": inside["open_amount"]})
    return pd.concat([flows[["day", "amount"]], receipts]) if len(receipts) else flows


def _weeks(flows: pandas.DataFrame, start: date, balance: float) -> pandas.DataFrame:
    """In, out and closing balance of each week."""
    import pandas as pd

    number = (flows["day"] - day_number(start)) // DAYS_A_WEEK
    weeks = range(WEEKS)
    came = flows["amount"].clip(lower=0).groupby(number).sum().reindex(weeks, fill_value=0.0)
    went = (-flows["amount"]).clip(lower=0).groupby(number).sum().reindex(weeks, fill_value=0.0)
    made = pd.DataFrame({"in": came, "out": went})
    return made.assign(balance=balance + (made["in"] - made["out"]).cumsum())


def _fixed(s: Summaries) -> Fact:
    """A month's fixed costs: those of the 13 weeks ÷ 3."""
    plan = s.tables["cash_plan"]
    if "fixed" not in plan:
        return unknown(FIXED, "no_column", needs=NEEDS)
    opening = _opening(s, plan)
    marked = plan[plan["fixed"].fillna(False).astype(bool) & (plan["direction"] == "out")]
    if opening is None or marked.empty:
        return unknown(FIXED, "no_rows", needs=NEEDS)
    inside = _planned(marked, opening[0])
    total = -float(inside["amount"].sum())
    if total <= 0:
        return unknown(FIXED, "no_rows", needs=NEEDS)
    first = opening[0]
    over = period(first, first + timedelta(days=WEEKS * DAYS_A_WEEK - 1))
    return Fact(id=FIXED, value=total / MONTHS_COVERED, n=len(inside), period=over)


def cash_series(s: Summaries) -> Iterator[Series]:
    """In, out and closing balance by week."""
    found = cash_table(s) if s.has("cash_plan") else "no_table"
    if isinstance(found, str):
        return
    rows = [
        (found.week(number)[0].isoformat(), came, went, balance)
        for number, (came, went, balance) in enumerate(
            found.weeks[["in", "out", "balance"]].itertuples(index=False)
        )
    ]
    columns = {"week": "text", "in": "yen", "out": "yen", "balance": "yen"}
    yield series("cash_13_weeks", columns, rows)
