"""Work done twice within one case (手戻り), this year against last, and between whom."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.house import size
from toolkit.measures.intervals import Interval, bounded, wilson
from toolkit.measures.months import Coverage, day_of

if TYPE_CHECKING:
    from datetime import date

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.event_log import EventLog
    from toolkit.measures.summaries import Summaries

RATE, PAIR = "work.rework_rate", "work.rework_pair_share"
WHOLE_CASE = 0.9
LEAST_REPEATS = 30


def rework_facts(s: Summaries) -> Iterator[Fact]:
    """Cases with an activity twice or more ÷ cases, its change, and the share of one pair."""
    log = s.log
    if log is None:
        return
    again = log.before >= 0
    n, hits = len(log.cases), int((log.per_case(again) > 0).sum())
    yield bounded(Fact(id=RATE, value=hits / n, n=n, period=log.period), wilson(hits, n))
    yield _year_on_year(log, again)
    if log.resources:
        yield _between_two(log, int(size(s, "rework_people_floor")))


def _year_on_year(log: EventLog, again: NDArray[numpy.bool_]) -> Fact:
    """Rework in the first days of a case, of the cases begun in each year.

    Nine in ten cases are over in that many days. Cases begun later have not had them all, and
    those at the log's start may have begun before it: both are left out.
    """
    import numpy as np

    begun = log.day[log.starts]
    days = max(1, ceil(float(np.quantile(log.day[log.ends] - begun, WHOLE_CASE))))
    soon = log.day <= begun[log.case] + days
    reworked = log.per_case(again & soon) > 0
    first, last = day_of(float(log.day.min()) + days), day_of(float(log.day.max()) - days)

    def over(after: date, upto: date) -> Stretch | None:
        inside = within(begun, after, upto)
        hits, n = int(reworked[inside].sum()), int(inside.sum())
        return Stretch(value=hits / n, interval=wilson(hits, n), n=n) if n else None

    covered = Coverage(first=first, last=last, silence=0)
    return next(against_past(Compared(fact_id=RATE, covered=covered), "yoy", over))


def _between_two(log: EventLog, fewest: int) -> Fact:
    """Repeats between one pair of people ÷ repeats with both known: the largest such share.

    A repeat is between the one who did the activity before and the one who did it again; it
    belongs to a pair only where they differ. Among few people one pair is always most of it.
    """
    import numpy as np

    again = np.flatnonzero(log.before >= 0)
    who, earlier = log.resource[again], log.resource[log.before[again]]
    both = (who >= 0) & (earlier >= 0)
    n, people = int(both.sum()), len(log.resources)
    if people < fewest:
        return not_applicable(PAIR, period=log.period)
    if n < LEAST_REPEATS:
        return unknown(PAIR, "small_n", n=n, period=log.period)
    one, other = np.minimum(who, earlier)[both], np.maximum(who, earlier)[both]
    cases = log.case[again][both]
    pairs = one[one != other] * people + other[one != other]
    if not len(pairs):
        return Fact(id=PAIR, value=0.0, n=n, period=log.period)
    found, counts = np.unique(pairs, return_counts=True)
    most = int(counts.argmax())
    hits = int(counts[most])
    names = [log.resources[code] for code in divmod(int(found[most]), people)]
    item = Item(key=" – ".join(names), label=" – ".join(names), value=hits)
    fact = Fact(id=PAIR, value=hits / n, n=n, period=log.period, items=(item,))
    return bounded(fact, _of_cases(hits, n, len(np.unique(cases)), people))


def _of_cases(hits: int, n: int, cases: int, people: int) -> Interval | None:
    """Wilson's at the number of cases: repeats of one case hang together; one look per pair."""
    return wilson(hits / n * cases, cases, tests=people * (people - 1) // 2)
