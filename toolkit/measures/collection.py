"""Money that fell due and came in, and receipts nobody could place (回収率・入金消込)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Stretch, gap
from toolkit.measures.intervals import bounded, share_of_sum, wilson
from toolkit.measures.labels import labelled
from toolkit.measures.months import DAYS_A_YEAR, day_number, day_of, period
from toolkit.measures.owed import owed_on, payments_known, two_states
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.intervals import Interval
    from toolkit.measures.summaries import Summaries

RATE, RATE_YOY = "receivables.collection_rate", "receivables.collection_rate_yoy"
UNMATCHED = "receivables.unmatched_share"
DAYS_TO_MATCH = 7


def collection_facts(s: Summaries) -> Iterator[Fact]:
    """Collected ÷ fallen due, its change in a year, and receipts not matched after a week."""
    if not s.has("receivables"):
        return
    yield _unmatched(s, s.tables["receivables"])
    if not (payments_known(s) and s.has("receivables", "due_at")):
        yield from (unknown(fact_id, "no_column") for fact_id in (RATE, RATE_YOY))
        return
    now = owed_on(s, s.as_of)
    if now is None or not now["paid_amount"].sum() > 0:
        return  # a list without a single payment holds the open invoices alone: no rate of 0
    due = _due(now, s.as_of)
    yield _rate(RATE, due)
    yield _year_on_year(s)


def _due(frame: pandas.DataFrame, day: date, days: int | None = None) -> pandas.DataFrame:
    """Invoices fallen due by a day (in the last ``days`` days up to it)."""
    upto = day_number(day) + 1
    found = frame[(frame["due_day"] < upto) & (frame["amount"] > 0)]
    return found if days is None else found[found["due_day"] >= upto - days]


def _rate(fact_id: str, due: pandas.DataFrame) -> Fact:
    total = float(due["amount"].sum())
    if total <= 0:
        return unknown(fact_id, "no_rows")
    over = period(day_of(float(due["due_day"].min())), day_of(float(due["due_day"].max())))
    value = 1 - float(due["open_amount"].sum()) / total
    return Fact(id=fact_id, value=value, n=len(due), period=over)


def _year_on_year(s: Summaries) -> Fact:
    """What fell due in the last 365 days as it stands today, and the same a year ago."""
    states = two_states(s)
    if isinstance(states, str):
        return unknown(RATE_YOY, states)
    now = _due(states.now, states.today, DAYS_A_YEAR)
    before = _due(states.before, states.year_ago, DAYS_A_YEAR)
    over = period(states.year_ago - timedelta(days=DAYS_A_YEAR - 1), states.today)
    rates = [_rate(RATE, due).number for due in (now, before)]
    if rates[0] is None or rates[1] is None:
        return unknown(RATE_YOY, "no_rows", period=over)
    sides = (
        Stretch(value=rates[0], interval=_spread(now), n=len(now)),
        Stretch(value=rates[1], interval=_spread(before), n=len(before)),
    )
    return gap(RATE_YOY, *sides, over)


def _spread(due: pandas.DataFrame) -> Interval | None:
    """Interval of the collected part, each invoice on its own."""
    amount = due["amount"].to_numpy(float)
    return share_of_sum(amount - due["open_amount"].to_numpy(float), amount)


def _unmatched(s: Summaries, frame: pandas.DataFrame) -> Fact:
    """Receipts of more than a week ago that are marked as unmatched ÷ receipts of that time.

    A list of invoices shows only receipts that found theirs: without a column that says so, a
    share of 0 would be no finding.
    """
    if not s.has("receivables", "matched", "paid_at"):
        return unknown(UNMATCHED, "no_column")
    days = day_numbers(frame["paid_at"])
    settled = days < day_number(s.as_of) + 1 - DAYS_TO_MATCH
    receipts = frame[settled & frame["matched"].notna().to_numpy()]
    if receipts.empty:
        return unknown(UNMATCHED, "no_rows")
    hits, n = int(labelled(s, receipts["matched"], "unmatched").sum()), len(receipts)
    times = days[settled]
    over = period(day_of(float(times.min())), day_of(float(times.max())))
    return bounded(Fact(id=UNMATCHED, value=hits / n, n=n, period=over), wilson(hits, n))
