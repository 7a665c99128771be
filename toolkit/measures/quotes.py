"""What a win rate decides over: quotes of a year, amounts, open deals (見積の件数と金額)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import TESTS, Compared, against_past, within
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded
from toolkit.measures.items import largest_items
from toolkit.measures.leads import (
    LEADS,
    QUARTER_MONTHS,
    WIN_RATE,
    Leads,
    decisions_covered,
    lead_rows,
    read_leads,
    won_share,
)
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period_after

if TYPE_CHECKING:
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

NOW, GAP = "acquisition.win_rate_now", "acquisition.win_rate_now_gap"
DECIDED, AMOUNT = "acquisition.decided_12m_count", "acquisition.won_amount_12m_yen"
OPEN = "acquisition.open_amount_yen"


def quote_facts(s: Summaries) -> Iterator[Fact]:
    """The win rate on the side that is tested, with decisions and amounts of twelve months."""
    leads = read_leads(s)
    if leads is None or not s.has(LEADS, "won_at", "lost_at"):
        return
    covered = decisions_covered(leads)
    if covered is not None:
        yield from _tested(s, leads, covered)
        yield _decided(leads, covered)
    if s.has(LEADS, "amount"):
        yield from _amounts(s, leads)


def _tested(s: Summaries, leads: Leads, covered: Coverage) -> Iterator[Fact]:
    """The latest months of the test that counts, and how far they lie from those before.

    The quarter is tested where it has decisions enough; else the year is.
    """
    turn = months_before(leads.last, QUARTER_MONTHS)
    quarter = int(within(leads.decided, turn, leads.last).sum())
    test = "t3v9" if quarter >= size(s, "decisions_a_quarter") else "yoy"
    what = Compared(fact_id=WIN_RATE, covered=covered, table=LEADS)
    gap = next(against_past(what, test, lambda a, b: won_share(leads, a, b)))
    yield replace(gap, id=GAP)
    sides = TESTS[test](covered.last)
    now = won_share(leads, sides.now_after, sides.now_upto)
    over = period_after(sides.now_after, sides.now_upto)
    if not gap.known or now is None:
        yield unknown(NOW, gap.reason or "no_rows", period=over)
        return
    yield bounded(Fact(id=NOW, value=now.value, n=now.n, period=over), now.interval)


def _decided(leads: Leads, covered: Coverage) -> Fact:
    start = months_before(leads.last, MONTHS_A_YEAR)
    over = period_after(start, leads.last)
    if not covered.holds(start + timedelta(days=1), leads.last):
        return unknown(DECIDED, "immature", period=over)
    n = int(within(leads.decided, start, leads.last).sum())
    return Fact(id=DECIDED, value=n, n=n, period=over)


def _amounts(s: Summaries, leads: Leads) -> Iterator[Fact]:
    """The mean amount of those won in twelve months, and what was created in them and is open."""
    import numpy as np

    frame = lead_rows(s)
    amounts = frame["amount"].to_numpy(dtype="float64", na_value=np.nan)
    start, known = months_before(leads.last, MONTHS_A_YEAR), np.isfinite(amounts)
    over = period_after(start, leads.last)
    won = amounts[known & within(leads.won, start, leads.last)]
    if len(won):
        fact = Fact(id=AMOUNT, value=float(won.mean()), n=len(won), period=over)
        yield bounded(fact, intervals.mean(won))
    else:
        yield unknown(AMOUNT, "no_rows", period=over)
    waiting = known & np.isnan(leads.decided) & within(leads.created, start, leads.last)
    rows = frame.loc[waiting, ["lead_id", "amount"]].sort_values("lead_id", kind="stable")
    by_lead = rows.set_index("lead_id")["amount"].astype("float64")
    value = float(by_lead.sum())
    yield Fact(id=OPEN, value=value, n=len(by_lead), period=over, items=largest_items(by_lead))
