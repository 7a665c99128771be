"""The health score tried on the past: what was flagged 90 days before it was lost (検証)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.intervals import bounded, of_influence, wilson
from toolkit.measures.items import LISTED
from toolkit.measures.months import day_of, period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats, Interval

AUC = "contracts.health_auc"
CAUGHT, CAUGHT_COUNT = (
    "contracts.health_flagged_losses_share",
    "contracts.health_flagged_losses_count",
)
FALSE_ALARM = "contracts.health_false_alarm_share"
ALL = (AUC, CAUGHT, CAUGHT_COUNT, FALSE_ALARM)
LEAST_OF_EACH = 10
TRIAL = {
    "label": "text",
    "value": "share",
    "low": "share",
    "high": "share",
    "lost": "count",
    "renewed": "count",
}


def trial_facts(scored: pandas.DataFrame, floor: float) -> Iterator[Fact]:
    """How well the score told renewals, losses flagged in time, and false alarms.

    ``scored`` has a row per contract renewed or lost (renewed, score, day, account_id); flagged
    is a score below ``floor``, the least score in the green.
    """
    if scored.empty:
        yield from (unknown(one, "immature") for one in ALL)
        return
    days = scored["day"]
    over = period(day_of(float(days.min())), day_of(float(days.max())))
    flagged = scored["score"] < floor
    lost, kept = scored[~scored["renewed"]], scored[scored["renewed"]]
    caught, alarms = flagged[lost.index], flagged[kept.index]
    made = (
        _told(kept["score"].to_numpy(float), lost["score"].to_numpy(float)),
        replace(_share(CAUGHT, caught), items=_missed(lost[~caught])),
        _count(caught),
        _share(FALSE_ALARM, alarms),
    )
    yield from (replace(fact, period=over) for fact in made)


def _told(kept: Floats, lost: Floats) -> Fact:
    """The chance that a renewed contract had scored higher, 90 days before, than one lost."""
    n = len(kept) + len(lost)
    if min(len(kept), len(lost)) < LEAST_OF_EACH:
        return unknown(AUC, "small_n", n=n)
    value, interval = auc(kept, lost)
    return bounded(Fact(id=AUC, value=value, n=n), interval)


def _share(fact_id: str, flags: pandas.Series[bool]) -> Fact:
    hits, n = int(flags.sum()), len(flags)
    if not n:
        return unknown(fact_id, "no_rows", n=0)
    return bounded(Fact(id=fact_id, value=hits / n, n=n), wilson(hits, n))


def _count(flags: pandas.Series[bool]) -> Fact:
    if not len(flags):
        return unknown(CAUGHT_COUNT, "no_rows", n=0)
    return Fact(id=CAUGHT_COUNT, value=int(flags.sum()), n=len(flags))


def _missed(lost: pandas.DataFrame) -> tuple[Item, ...]:
    """Accounts lost though they were in the green, the latest first."""
    names = dict.fromkeys(str(account) for account in lost["account_id"])
    return tuple(Item(key=name, label=name) for name in list(names)[:LISTED])


def trial_rows(scored: pandas.DataFrame, floor: float) -> list[tuple[Any, ...]]:
    """Share lost of the flagged and of the others, with its interval and the counts."""
    rows: list[tuple[Any, ...]] = []
    for name, chosen in (
        ("flagged", scored[scored["score"] < floor]),
        ("green", scored[scored["score"] >= floor]),
    ):
        kept = int(chosen["renewed"].sum())
        lost, spread = len(chosen) - kept, wilson(len(chosen) - kept, len(chosen))
        if spread is not None:
            rows.append((name, lost / len(chosen), spread.low, spread.high, lost, kept))
    return rows


def auc(kept: Floats, lost: Floats) -> tuple[float, Interval | None]:
    """Share of pairs in which the kept one scored higher (ties half), after DeLong (1988).

    >>> import numpy as np
    >>> auc(np.array([80.0, 60.0]), np.array([70.0, 10.0]))[0]
    0.75
    """
    import numpy as np

    ordered = np.sort(lost), np.sort(kept)
    above = [_placement(ordered[0], kept), 1 - _placement(ordered[1], lost)]
    value, n = float(above[0].mean()), len(kept) + len(lost)
    moved = np.concatenate([(side - value) * n / len(side) for side in above])
    return value, of_influence(value, moved)


def _placement(ordered: Floats, values: Floats) -> Floats:
    """Share of ``ordered`` below each value, half of those that equal it."""
    import numpy as np

    low = np.searchsorted(ordered, values, side="left")
    high = np.searchsorted(ordered, values, side="right")
    made: Floats = (low + high) / 2 / len(ordered)
    return made
