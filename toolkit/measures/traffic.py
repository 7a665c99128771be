"""Visits, carts and orders as counted on the site (アクセス・カート離脱・自然検索)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import TESTS, Compared, Stretch, against_past
from toolkit.measures.house import words
from toolkit.measures.intervals import bounded
from toolkit.measures.rates import Counts
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

TRAFFIC = "traffic"
STEPS = ("sessions", "carts", "checkouts", "orders")
DROP, ORGANIC = "traffic.cart_drop_share", "traffic.organic_share"


def traffic_facts(s: Summaries) -> Iterator[Fact]:
    """Carts left without an order, and visits from unpaid search, each against the past."""
    if not s.has(TRAFFIC):
        return
    yield from _cart_drop(s)
    yield from _organic(s)


def counted(s: Summaries, units: str, events: str) -> Counts | None:
    """Rows of the traffic in which both columns are filled; None where a column is missing."""
    if not s.has(TRAFFIC, units, events):
        return None
    rows = s.tables[TRAFFIC].dropna(subset=list({units, events}))
    made = Counts(
        days=day_numbers(rows["date"]),
        units=rows[units].to_numpy(float),
        events=rows[events].to_numpy(float),
    )
    return made if float(made.units.sum()) > 0 else None


def against(what: Compared, test: str, counts: Counts, tests: int = 1) -> Iterator[Fact]:
    """A share of counts against its past; unknown where the counts cannot be a share.

    ``beyond_whole`` where a stretch has more events than units, ``small_n`` where a stretch is
    a single week, which tells nothing of how weeks differ.
    """
    ids = [f"{what.fact_id}_{test}{end}" for end in ("", "_change")]
    sides = TESTS[test](what.covered.last)
    stretches = (
        counts.between(sides.now_after, sides.now_upto),
        counts.between(sides.before_after, sides.before_upto),
    )
    if not all(one.whole for one in stretches):
        yield from (unknown(i, "beyond_whole", by=what.by, table=what.table) for i in ids)
        return

    def over(after: date, upto: date) -> Stretch | None:
        return counts.between(after, upto).stretch(tests)

    found = list(against_past(what, test, over))
    if found[0].known and found[0].low is None:
        found = [_single_week(fact) for fact in found]
    yield from found


def _single_week(fact: Fact) -> Fact:
    return unknown(fact.id, "small_n", by=fact.by, table=fact.table, period=fact.period, n=fact.n)


def _cart_drop(s: Summaries) -> Iterator[Fact]:
    """1 − orders ÷ carts; a rise is a rise of carts left behind."""
    ids = (DROP, f"{DROP}_t3v9", f"{DROP}_t3v9_change")
    missing = not s.has(TRAFFIC, "carts", "orders")
    counts = counted(s, "carts", "orders")
    if counts is None or not counts.whole:
        reason = "no_column" if missing else "no_rows" if counts is None else "beyond_whole"
        yield from (unknown(fact_id, reason, table=TRAFFIC) for fact_id in ids)
        return
    left = replace(counts, events=counts.units - counts.events)
    yield from _share_against(DROP, left, "t3v9")


def _share_against(fact_id: str, counts: Counts, test: str) -> Iterator[Fact]:
    """The share over all days, and its named test."""
    whole, covered = counts.stretch(), counts.covered
    if whole is None or covered is None:
        return
    fact = Fact(id=fact_id, value=whole.value, n=whole.n, period=counts.period, table=TRAFFIC)
    yield bounded(fact, whole.interval)
    what = Compared(fact_id=fact_id, covered=covered, table=TRAFFIC)
    yield from against(what, test, counts)


def _organic(s: Summaries) -> Iterator[Fact]:
    """Visits from unpaid search ÷ visits whose source is named."""
    ids = (ORGANIC, f"{ORGANIC}_yoy", f"{ORGANIC}_yoy_change")
    counts = counted(s, "sessions", "sessions")
    if counts is None or not s.has(TRAFFIC, "channel"):
        reason = "no_rows" if s.has(TRAFFIC, "channel") else "no_column"
        yield from (unknown(fact_id, reason, table=TRAFFIC) for fact_id in ids)
        return
    rows = s.tables[TRAFFIC].dropna(subset=["sessions"])
    searched = organic(s, rows).to_numpy(float)
    named = rows["channel"].notna().to_numpy(bool)
    made = replace(counts, events=counts.units * searched).where(named)
    yield from _share_against(ORGANIC, made, "yoy")


def organic(s: Summaries, rows: pandas.DataFrame) -> pandas.Series[bool]:
    """Which rows of the traffic are visits from unpaid search, by the name of their source."""
    labels = rows["channel"].fillna("").str.normalize("NFKC").str.casefold()
    wanted, others = words(s, "organic_search"), words(s, "organic_other")
    hits = labels.map(lambda text: any(word in text for word in wanted))
    other = labels.map(lambda text: any(word in text for word in others))
    made: pandas.Series[bool] = hits & ~other
    if "paid" in rows:
        made = made & ~rows["paid"].eq(True).fillna(False).astype(bool)
    return made
