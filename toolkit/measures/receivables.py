"""Receivables: what is open, how long it takes to come in, who owes most (売掛金・回収)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Stretch, gap
from toolkit.measures.intervals import ratio
from toolkit.measures.items import first_items
from toolkit.measures.months import DAYS_A_YEAR, day_number, day_of, period
from toolkit.measures.orders import between, order_coverage
from toolkit.measures.owed import (
    TwoStates,
    invoice_coverage,
    owed_on,
    payments_known,
    raised_within,
    two_states,
)
from toolkit.measures.terms import term_days

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

OPEN, DSO, DSO_YOY = "receivables.open", "receivables.dso_days", "receivables.dso_days_yoy"
SALES, TOP = "receivables.credit_sales_yen", "receivables.top_debtor_share"
A_DAY = "receivables.credit_sales_a_day_yen"
TERM, EXCESS = "receivables.term_days", "receivables.excess_days"
UNPAID = (OPEN, DSO, DSO_YOY, SALES, A_DAY, TOP, EXCESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSales:
    """Sales on credit of the last 365 days, and the table they were added up from."""

    amount: float
    table: str


def receivable_facts(s: Summaries) -> Iterator[Fact]:
    """The open balance, DSO against the agreed term and a year ago, and the largest debtor."""
    yield term_days(s)
    if not s.has("receivables"):
        return
    if not payments_known(s):
        yield from (unknown(one, "no_column") for one in UNPAID)
        return
    now = owed_on(s, s.as_of)
    if now is None or now.empty:
        return
    today = period(s.as_of, s.as_of)
    count = int((now["open_amount"] > 0).sum())
    yield Fact(id=OPEN, value=float(now["open_amount"].sum()), n=count, period=today)
    yield _largest_debtor(now, today)
    yield from _days(s, now, count)


def _largest_debtor(now: pandas.DataFrame, today: tuple[str, str]) -> Fact:
    debts = now.groupby("customer_id")["open_amount"].sum()
    debts = debts[debts > 0].sort_values(ascending=False, kind="stable")
    if debts.empty:  # nobody owes anything: no debtor weighs too much
        return Fact(id=TOP, value=0.0, n=0, period=today)
    share = float(debts.iloc[0] / debts.sum())
    return Fact(id=TOP, value=share, n=len(debts), period=today, items=first_items(debts.head(1)))


def _days(s: Summaries, now: pandas.DataFrame, count: int) -> Iterator[Fact]:
    sales = credit_sales(s, now)
    if isinstance(sales, str):
        yield from (unknown(one, sales) for one in (DSO, SALES, A_DAY, EXCESS))
    else:
        over = period(day_of(day_number(s.as_of) - DAYS_A_YEAR + 1), s.as_of)
        yield Fact(id=SALES, value=sales.amount, period=over, table=sales.table)
        yield Fact(id=A_DAY, value=sales.amount / DAYS_A_YEAR, period=over, table=sales.table)
        days = float(now["open_amount"].sum()) / sales.amount * DAYS_A_YEAR
        dso = Fact(id=DSO, value=days, n=count, period=over)
        yield dso
        yield _excess(dso, term_days(s))
    yield _year_on_year(two_states(s))


def _excess(dso: Fact, term: Fact) -> Fact:
    if dso.number is None or term.number is None:
        return unknown(EXCESS, term.reason or "no_rows", needs=term.needs)
    return Fact(
        id=EXCESS, value=dso.number - term.number, n=dso.n, period=dso.period, basis=term.basis
    )


def credit_sales(s: Summaries, now: pandas.DataFrame) -> CreditSales | str:
    """Sales on credit of the last 365 days, or the reason why they are not known.

    The invoices themselves are the sales on credit, taxed as the balance is. Where the list
    holds open invoices alone or begins less than a year ago, the orders of the same customers
    stand in; their tax basis is the one of the file.
    """
    covered = invoice_coverage(s)
    first = day_of(day_number(s.as_of) - DAYS_A_YEAR + 1)
    if covered is not None and covered.holds(first, s.as_of) and now["paid_amount"].sum() > 0:
        found = CreditSales(
            amount=_invoiced(now, s.as_of),
            table="receivables",
        )
    elif s.orders is not None and _orders_hold(s, first):
        recent = between(s.orders, day_of(day_number(first) - 1), s.as_of)
        mine = recent[recent["customer_id"].isin(now["customer_id"])]
        found = CreditSales(amount=float(mine["amount"].sum()), table="orders")
    else:
        return "immature"
    return found if found.amount > 0 else "zero_base"


def _orders_hold(s: Summaries, first: date) -> bool:
    covered = order_coverage(s)
    return covered is not None and covered.holds(first, s.as_of)


def _invoiced(frame: pandas.DataFrame, day: date) -> float:
    return float(raised_within(frame, day, DAYS_A_YEAR)["amount"].sum())


def _year_on_year(states: TwoStates | str) -> Fact:
    """DSO today less a year ago; the interval takes the invoices as they happened to fall."""
    if isinstance(states, str):
        return unknown(DSO_YOY, states)
    now = _stretch(states.now, states.today)
    before = _stretch(states.before, states.year_ago)
    if now is None or before is None:
        return unknown(DSO_YOY, "zero_base", period=states.period)
    return gap(DSO_YOY, now, before, states.period)


def _stretch(frame: pandas.DataFrame, day: date) -> Stretch | None:
    """DSO of one state by its invoices; ``n`` are those of the year."""
    sold = frame["amount"].where(frame.index.isin(raised_within(frame, day, DAYS_A_YEAR).index), 0)
    top, bottom = frame["open_amount"].to_numpy(float) * DAYS_A_YEAR, sold.to_numpy(float)
    if bottom.sum() <= 0:
        return None
    value = float(top.sum() / bottom.sum())
    return Stretch(value=value, interval=ratio(top, bottom), n=int((bottom != 0).sum()))
