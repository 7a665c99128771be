"""The work as its events tell it: paths, handovers, days and load (業務の流れの実測)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item
from toolkit.measures import intervals
from toolkit.measures.concentration import gini
from toolkit.measures.intervals import bounded, share_of_sum

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.event_log import EventLog
    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

MOST_EDGES = 2000


def process_facts(s: Summaries) -> Iterator[Fact]:
    """Cases and their variants, what follows what, days of a case, handovers, and load."""
    log = s.log
    if log is None:
        return
    n, over = len(log.cases), log.period
    yield Fact(id="work.cases", value=n, n=n, period=over)
    yield Fact(id="work.variants", value=_variants(log), n=n, period=over)
    for start, end, count in directly_follows(log):
        cell: dict[str, str | int] = {"from": start, "to": end}
        yield Fact(id="work.directly_follows", value=count, n=n, period=over, by=cell)
    yield _cycle(log)
    if log.resources:
        yield from _handovers(log)
        yield from _load(log)


def directly_follows(log: EventLog) -> list[tuple[str, str, int]]:
    """From, to and how often, the most frequent first; at most 2,000 pairs."""
    import numpy as np

    size = len(log.activities)
    pairs = log.activity[:-1] * size + log.activity[1:]
    found, counts = np.unique(pairs[log.goes_on], return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_EDGES]
    names = log.activities
    return [
        (names[pair // size], names[pair % size], count)
        for pair, count in zip(found[order].tolist(), counts[order].tolist(), strict=True)
    ]


def _variants(log: EventLog) -> int:
    """Number of different sequences of activities: each case's as bytes of one buffer."""
    import numpy as np

    codes = log.activity.astype(np.int32)
    width, held = codes.itemsize, codes.tobytes()
    ends = (log.ends + 1).tolist()
    return len(
        {held[a * width : b * width] for a, b in zip(log.starts.tolist(), ends, strict=True)}
    )


def _cycle(log: EventLog) -> Fact:
    import numpy as np

    days = log.day[log.ends] - log.day[log.starts]
    fact = Fact(id="work.cycle_days_median", value=float(np.median(days)), n=len(days))
    return bounded(_dated(fact, log), intervals.median(days))


def _handovers(log: EventLog) -> Iterator[Fact]:
    """Consecutive events of a case done by different people, both known."""
    one, other = log.resource[:-1], log.resource[1:]
    known = log.goes_on & (one >= 0) & (other >= 0)
    pairs = int(known.sum())
    if not pairs:
        return
    changed = known & (one != other)
    hits = int(changed.sum())
    yield _dated(Fact(id="work.handovers", value=hits, n=pairs), log)
    top, bottom = (_by_case(log, flags) for flags in (changed, known))
    there = bottom > 0
    rate = _dated(Fact(id="work.handover_rate", value=hits / pairs, n=pairs), log)
    yield bounded(rate, share_of_sum(top[there], bottom[there]))


def _by_case(log: EventLog, pairs: NDArray[numpy.bool_]) -> Floats:
    """Flags of the pairs of consecutive events, summed by the case of the first of both."""
    import numpy as np

    return log.per_case(np.append(pairs, False))


def _load(log: EventLog) -> Iterator[Fact]:
    """How unevenly the events are spread over those who did them."""
    import numpy as np

    counts = np.bincount(log.resource[log.resource >= 0], minlength=len(log.resources))
    n, most = int(counts.sum()), int(counts.argmax())
    yield _dated(Fact(id="work.workload_gini", value=gini(counts.astype(float))[0], n=n), log)
    name = log.resources[most]
    top = Fact(
        id="work.workload_top_share",
        value=int(counts[most]) / n,
        n=n,
        items=(Item(key=name, label=name, value=int(counts[most])),),
    )
    yield _dated(top, log)


def _dated(fact: Fact, log: EventLog) -> Fact:
    return replace(fact, period=log.period)
