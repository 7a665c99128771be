"""Share of visits, carts and leads that go on to the next step, against the past (通過率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.compare import Compared, Stretch, against_past, deciding, within
from toolkit.measures.intervals import bounded
from toolkit.measures.leads import read_leads, share, won_in_time
from toolkit.measures.months import Coverage, day_of, period
from toolkit.measures.traffic import STEPS, TRAFFIC, against, counted

if TYPE_CHECKING:
    from datetime import date

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.rates import Counts
    from toolkit.measures.summaries import Summaries

RATE = "acquisition.step_rate"
TEST, CHANGE = f"{RATE}_t3v9", f"{RATE}_t3v9_change"
MIN_N = 100
TO_FIRMS = ("made_to_order", "saas")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadStep:
    """Leads old enough to have been won in time: day created, whether they were, days covered."""

    days: Floats
    won: NDArray[numpy.bool_]
    covered: Coverage


def funnel_facts(s: Summaries) -> Iterator[Fact]:
    """The rate of each step, its test, and the undivided test of the step that fell most."""
    steps, leads = traffic_steps(s), lead_step(s)
    tests = len(steps) + (leads is not None)
    found: list[Fact] = []
    for (units, events), counts in steps.items():
        found.extend(_traffic_step(f"{units}_{events}", counts, tests))
    if leads is not None:
        found.extend(_lead_facts(leads, tests))
    yield from found
    yield from _through(s, leads)
    if not tests:
        yield from (_nothing(fact_id, s) for fact_id in (TEST, CHANGE))
        return
    yield from _worst([f for f in found if f.id == TEST], [f for f in found if f.id == CHANGE])


def _through(s: Summaries, leads: LeadStep | None) -> Iterator[Fact]:
    """From the first step to the last; visits speak where both stand, unless firms are sold to."""
    visits = all_steps(s)
    if leads is not None and (visits is None or s.model in TO_FIRMS):
        yield _rate_of_leads(leads)
        return
    whole = None if visits is None else visits.stretch()
    if visits is None:
        yield _nothing(RATE, s)
    elif whole is None:
        yield unknown(RATE, "beyond_whole", table=TRAFFIC, needs=(TRAFFIC,))
    else:
        over = visits.period
        fact = Fact(id=RATE, value=whole.value, n=whole.n, period=over, table=TRAFFIC)
        yield bounded(fact, whole.interval)


def all_steps(s: Summaries) -> Counts | None:
    """First and last step over the days on which every step was counted."""
    names = step_names(s)
    if len(names) < 2:
        return None
    rows = replace(s, tables={TRAFFIC: s.tables[TRAFFIC].dropna(subset=list(names))})
    return counted(rows, names[0], names[-1])


def step_names(s: Summaries) -> tuple[str, ...]:
    """Columns of steps that were delivered with figures in them, in their order."""
    return tuple(name for name in STEPS if s.has(TRAFFIC, name) and _filled(s, name))


def traffic_steps(s: Summaries) -> dict[tuple[str, str], Counts]:
    """Counts of each pair of neighbouring columns that were delivered."""
    pairs = ((pair, counted(s, *pair)) for pair in pairwise(step_names(s)))
    return {pair: counts for pair, counts in pairs if counts is not None}


def _filled(s: Summaries, column: str) -> bool:
    return bool(s.tables[TRAFFIC][column].notna().any())


def _traffic_step(step: str, counts: Counts, tests: int) -> Iterator[Fact]:
    by, whole, covered = {"step": step}, counts.stretch(), counts.covered
    if whole is None or covered is None:
        for fact_id in (RATE, TEST, CHANGE):
            yield unknown(fact_id, "beyond_whole", by=by, table=TRAFFIC)
        return
    over = counts.period
    fact = Fact(id=RATE, value=whole.value, n=whole.n, by=by, period=over, table=TRAFFIC)
    yield bounded(fact, whole.interval)
    what = Compared(fact_id=RATE, covered=covered, by=by, table=TRAFFIC)
    yield from against(what, "t3v9", counts, tests)


def lead_step(s: Summaries) -> LeadStep | None:
    """Leads old enough to have been won in time; None without such leads."""
    leads = read_leads(s)
    if leads is None or not s.has("leads", "won_at"):
        return None
    found = won_in_time(s, leads)
    return None if found is None else LeadStep(days=found[0], won=found[1], covered=found[2])


def _lead_facts(leads: LeadStep, tests: int) -> Iterator[Fact]:
    by = {"step": "leads_won"}
    yield replace(_rate_of_leads(leads), by=by)

    def between(after: date, upto: date) -> Stretch | None:
        return share(leads.won[within(leads.days, after, upto)], tests)

    what = Compared(fact_id=RATE, covered=leads.covered, by=by, table="leads")
    yield from against_past(what, "t3v9", between)


def _rate_of_leads(leads: LeadStep) -> Fact:
    whole = share(leads.won)
    assert whole is not None  # a step has leads
    over = period(day_of(float(leads.days.min())), leads.covered.last)
    fact = Fact(id=RATE, value=whole.value, n=whole.n, period=over, table="leads")
    return bounded(fact, whole.interval)


def _nothing(fact_id: str, s: Summaries) -> Fact:
    """Neither visits nor leads: what to send depends on whom the client sells to."""
    needed = "leads" if s.model in TO_FIRMS else TRAFFIC
    if needed not in s.tables:
        return unknown(fact_id, "no_table", needs=(needed,))
    return unknown(fact_id, "no_rows", needs=(needed,), table=needed)


def _worst(cells: list[Fact], changes: list[Fact]) -> Iterator[Fact]:
    """The step that decides: of those that fell for certain, the one that lost most of itself.

    Steps differ a hundredfold in their rates, so a fall is weighed against the step's own rate.
    """
    relative = {str(fact.by["step"]): fact for fact in changes}
    chosen = deciding(TEST, cells, bad="down", min_n=MIN_N)
    if chosen is None:
        known = any(cell.known for cell in cells)
        reason = "small_n" if known else str(cells[0].reason)
        sizes = [cell.n for cell in cells if cell.known and cell.n is not None]
        for fact_id in (TEST, CHANGE):
            made = unknown(fact_id, reason, table=cells[0].table, n=max(sizes, default=None))
            yield replace(made, needs=(str(cells[0].table),))
        return
    fallen = sorted((item.key for item in chosen.items), key=lambda key: _change(relative[key]))
    step = fallen[0] if fallen else _same(chosen, cells)
    if not fallen and chosen.high is not None and chosen.high < 0:
        fallen = [step]  # at 80 %: enough to fail, so it is named
    cell = next(cell for cell in cells if cell.by["step"] == step)
    items = tuple(Item(key=key, label=key, value=relative[key].value) for key in fallen)
    needs = (str(cell.table),)
    yield replace(cell, id=TEST, by={}, items=items, needs=needs)
    yield replace(relative[step], id=CHANGE, by={}, needs=needs)


def _change(fact: Fact) -> float:
    return fact.number if fact.number is not None else 0.0


def _same(chosen: Fact, cells: list[Fact]) -> str:
    """Step of the cell that was restated without its step."""
    plain = replace(chosen, items=())
    return next(str(c.by["step"]) for c in cells if replace(c, id=TEST, by={}) == plain)
