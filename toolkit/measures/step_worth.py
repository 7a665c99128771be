"""What a step of the funnel is worth: its latest rate, a year's volume, sales beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import within
from toolkit.measures.funnel import RATE, lead_step, traffic_steps
from toolkit.measures.intervals import bounded
from toolkit.measures.leads import share
from toolkit.measures.months import MONTHS_A_YEAR, Coverage, months_before, period_after
from toolkit.measures.named_tests import three_against_nine
from toolkit.measures.orders import between, order_coverage
from toolkit.measures.rows import day_numbers
from toolkit.measures.traffic import DROP, TRAFFIC, counted

if TYPE_CHECKING:
    from toolkit.measures.rates import Counts
    from toolkit.measures.summaries import Summaries

LATEST, UNITS = f"{RATE}_3m", "acquisition.step_units_12m"
SALES = "acquisition.step_sales_yen"
DROP_LATEST, CARTS = f"{DROP}_3m", "traffic.carts_12m"
LEADS, LEADS_WON, LAST_STEP = "leads", "leads_won", "orders"


def step_worth_facts(s: Summaries) -> Iterator[Fact]:
    """By step: rate of three months, units of twelve, sales for each unit that passes."""
    for (units, events), counts in traffic_steps(s).items():
        yield from _traffic_step(s, units, events, counts)
    yield from _leads(s)
    yield from _carts(s)


def _traffic_step(s: Summaries, units: str, events: str, counts: Counts) -> Iterator[Fact]:
    by, covered = {"step": f"{units}_{events}"}, counts.covered
    if covered is None:
        return
    yield _latest(LATEST, counts, covered, by)
    year = _year(covered)
    span = period_after(*year)
    if not _whole(covered):
        yield from (unknown(one, "immature", by=by, period=span) for one in (UNITS, SALES))
        return
    entered = round(float(counts.between(*year).units.sum()))
    yield Fact(id=UNITS, value=entered, n=entered, by=by, period=span, table=TRAFFIC)
    yield _beyond(s, events, by, year)


def _year(covered: Coverage) -> tuple[date, date]:
    return months_before(covered.last, MONTHS_A_YEAR), covered.last


def _whole(covered: Coverage) -> bool:
    after, upto = _year(covered)
    return covered.holds(after + timedelta(days=1), upto)


def _latest(fact_id: str, counts: Counts, covered: Coverage, by: dict[str, str]) -> Fact:
    """The rate of the three months that the test sets against the nine before."""
    sides = three_against_nine(covered.last)
    span = period_after(sides.now_after, sides.now_upto)
    stretch = counts.between(sides.now_after, sides.now_upto).stretch()
    if stretch is None:
        return unknown(fact_id, "no_rows", by=by, period=span, table=TRAFFIC)
    fact = Fact(id=fact_id, value=stretch.value, n=stretch.n, by=by, period=span, table=TRAFFIC)
    return bounded(fact, stretch.interval)


def _beyond(s: Summaries, events: str, by: dict[str, str], year: tuple[date, date]) -> Fact:
    """Orders for each unit beyond the step, at the order value of the same twelve months."""
    onward, span = counted(s, events, LAST_STEP), period_after(*year)
    value = _order_value(s, year)
    if onward is None or value is None:
        reason = "no_column" if onward is None else "no_rows"
        return unknown(SALES, reason, by=by, period=span, needs=(TRAFFIC, "orders"))
    recent = onward.between(*year)
    units, ended = float(recent.units.sum()), float(recent.events.sum())
    if units <= 0 or ended > units:
        return unknown(SALES, "beyond_whole" if units > 0 else "zero_base", by=by, period=span)
    fact = Fact(id=SALES, value=ended / units * value, n=round(units), by=by, period=span)
    return fact


def _order_value(s: Summaries, year: tuple[date, date]) -> float | None:
    """Mean order of a stretch that the orders speak for."""
    covered = order_coverage(s)
    if covered is None or s.orders is None:
        return None
    recent = between(s.orders, *year)
    if recent.empty or not covered.holds(year[0] + timedelta(days=1), year[0] + timedelta(days=1)):
        return None
    return float(recent["amount"].mean())


def _leads(s: Summaries) -> Iterator[Fact]:
    """The step from lead to order: what a lead won brings is its own amount."""
    step = lead_step(s)
    if step is None:
        return
    by, sides = {"step": LEADS_WON}, three_against_nine(step.covered.last)
    found = share(step.won[within(step.days, sides.now_after, sides.now_upto)])
    span = period_after(sides.now_after, sides.now_upto)
    if found is None:
        yield unknown(LATEST, "no_rows", by=by, period=span, table=LEADS)
    else:
        fact = Fact(id=LATEST, value=found.value, n=found.n, by=by, period=span, table=LEADS)
        yield bounded(fact, found.interval)
    year = _year(step.covered)
    over = period_after(*year)
    if not _whole(step.covered):
        yield from (unknown(one, "immature", by=by, period=over) for one in (UNITS, SALES))
        return
    n = int(within(step.days, *year).sum())
    yield Fact(id=UNITS, value=n, n=n, by=by, period=over, table=LEADS)
    yield _amount_won(s, by, year)


def _amount_won(s: Summaries, by: dict[str, str], year: tuple[date, date]) -> Fact:
    span = period_after(*year)
    if not s.has(LEADS, "amount", "won_at"):
        return unknown(SALES, "no_column", by=by, period=span, needs=(LEADS,))
    rows = s.tables[LEADS].drop_duplicates("lead_id")
    won = rows[within(day_numbers(rows["won_at"]), *year)]["amount"].dropna()
    if won.empty:
        return unknown(SALES, "no_rows", by=by, period=span, needs=(LEADS,))
    value = float(won.mean())
    return Fact(id=SALES, value=value, n=len(won), by=by, period=span, table=LEADS)


def _carts(s: Summaries) -> Iterator[Fact]:
    """Share of carts left in the latest three months, and carts of twelve."""
    from dataclasses import replace

    counts = counted(s, "carts", LAST_STEP)
    if counts is None or not counts.whole or counts.covered is None:
        return
    left = replace(counts, events=counts.units - counts.events)
    yield _latest(DROP_LATEST, left, counts.covered, {})
    year = _year(counts.covered)
    if not _whole(counts.covered):
        yield unknown(CARTS, "immature", period=period_after(*year))
        return
    n = round(float(counts.between(*year).units.sum()))
    yield Fact(id=CARTS, value=n, n=n, period=period_after(*year))
