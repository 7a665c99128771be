"""Health of accounts from their use, tried on the client's own renewals first (健全度)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded
from toolkit.measures.items import largest_items
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    day_number,
    day_of,
    period,
    period_after,
)
from toolkit.measures.renewals import PENDING_DAYS, pending, renewed
from toolkit.measures.rows import day_numbers
from toolkit.measures.usage import last_day, usage_coverage

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.summaries import Summaries

AUC = "contracts.health_auc"
AT_RISK, AT_RISK_YEN = "contracts.pending_at_risk_share", "contracts.pending_at_risk_arr"
RECENT_DAYS, EARLIER_DAYS = 31, 93  # of monthly records each holds one and three
FULL = 100.0
LEAST_OF_EACH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Records of use of one account, the oldest first; NaN where the export has no figure."""

    days: NDArray[numpy.float64]
    users: NDArray[numpy.float64]
    licences: NDArray[numpy.float64]
    core: NDArray[numpy.float64]


def health_facts(s: Summaries) -> Iterator[Fact]:
    """How well the score told renewals so far, and pending renewals that are not in the green."""
    covered = usage_coverage(s)
    if covered is None or s.contracts is None or s.contracts.empty:
        return
    if not (s.has("contracts", "end") and s.has("usage", "active_users")):
        return
    book = use_book(s)
    yield _tried(s, s.contracts, book, covered)
    yield from _at_risk(s, book, covered)


def use_book(s: Summaries) -> dict[str, Use]:
    """Records of use by account."""
    import numpy as np

    frame = s.tables["usage"]
    frame = frame.assign(_day=np.floor(day_numbers(frame["date"])))
    frame = frame.sort_values(["account_id", "_day", "_file", "_row"], kind="stable")
    return {str(account): _use(rows) for account, rows in frame.groupby("account_id")}


def _use(rows: pandas.DataFrame) -> Use:
    import numpy as np

    def column(name: str) -> Any:
        if name not in rows:
            return np.full(len(rows), np.nan)
        return rows[name].to_numpy(dtype="float64", na_value=np.nan)

    return Use(
        days=rows["_day"].to_numpy(float),
        users=column("active_users"),
        licences=column("licensed_users"),
        core=column("core_events"),
    )


def health(s: Summaries, use: Use | None, day: int, covered: Coverage) -> float | None:
    """Score 0–100 of an account on a day, from what was known by then; None if nothing was.

    Weighted mean of the share of licences in use, of use against the three months before, and
    of the core function being used at all; a part that cannot be known gives up its weight.
    """
    if not covered.holds(day_of(day - RECENT_DAYS + 1), day_of(day)):
        return None
    whole = covered.holds(day_of(day - RECENT_DAYS - EARLIER_DAYS + 1), day_of(day))
    parts = parts_of(use, day, whole=whole)
    weights = {
        "licences": size(s, "health_weight_licences"),
        "trend": size(s, "health_weight_trend"),
        "core": size(s, "health_weight_core"),
    }
    known = {name: value for name, value in parts.items() if value is not None}
    total = sum(weights[name] for name in known)
    return sum(weights[n] * value for n, value in known.items()) / total if total > 0 else None


def parts_of(use: Use | None, day: int, *, whole: bool) -> Mapping[str, float | None]:
    """The parts of the score, each 0–100; an account without a record does not use the product.

    ``whole`` tells whether records reach back to the three months before the last.
    """
    import numpy as np

    if use is None:
        return {"licences": 0.0, "trend": 0.0, "core": 0.0}
    seen = use.days <= day
    recent = seen & (use.days > day - RECENT_DAYS)
    earlier = seen & ~recent & (use.days > day - RECENT_DAYS - EARLIER_DAYS)
    now, before = float(np.nansum(use.users[recent])), float(np.nansum(use.users[earlier]))
    most = float(np.nanmax(use.users[recent], initial=0.0)) if recent.any() else 0.0
    known = use.licences[seen & (use.licences > 0)]
    trend = now / RECENT_DAYS / (before / EARLIER_DAYS) if before else float(now > 0)
    core = FULL * float(np.nansum(use.core[recent]) >= 1)
    return {
        "licences": FULL * min(1.0, most / float(known[-1])) if len(known) else None,
        "trend": FULL * min(1.0, trend) if whole else None,
        "core": None if np.isnan(use.core).all() else core,
    }


def _tried(
    s: Summaries, contracts: pandas.DataFrame, book: Mapping[str, Use], covered: Coverage
) -> Fact:
    """The chance that a renewed contract had scored higher, 90 days before, than one let go."""
    import numpy as np

    ended = contracts[contracts["end_day"] <= day_number(s.as_of)]
    looked = ended["end_day"] - PENDING_DAYS
    there = (ended["start_day"] <= looked) & ~(ended["churned_at_day"] <= looked)
    due = ended[there].assign(renewed=renewed(contracts)[ended.index][there])
    scores = [
        health(s, book.get(str(account)), int(end) - PENDING_DAYS, covered)
        for account, end in zip(due["account_id"], due["end_day"], strict=True)
    ]
    scored = due.assign(score=np.array([np.nan if x is None else x for x in scores], dtype=float))
    scored = scored.dropna(subset=["score"])
    if scored.empty:
        return unknown(AUC, "immature")
    days = scored["end_day"]
    over, n = period(day_of(float(days.min())), day_of(float(days.max()))), len(scored)
    kept, lost = (
        scored.loc[scored["renewed"] == flag, "score"].to_numpy(float) for flag in (True, False)
    )
    if min(len(kept), len(lost)) < LEAST_OF_EACH:
        return unknown(AUC, "small_n", n=n, period=over)
    value, interval = auc(kept, lost)
    return bounded(Fact(id=AUC, value=value, n=n, period=over), interval)


def auc(kept: intervals.Floats, lost: intervals.Floats) -> tuple[float, intervals.Interval | None]:
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
    return value, intervals.of_influence(value, moved)


def _placement(ordered: intervals.Floats, values: intervals.Floats) -> intervals.Floats:
    """Share of ``ordered`` below each value, half of those that equal it."""
    import numpy as np

    low = np.searchsorted(ordered, values, side="left")
    high = np.searchsorted(ordered, values, side="right")
    made: intervals.Floats = (low + high) / 2 / len(ordered)
    return made


def _at_risk(s: Summaries, book: Mapping[str, Use], covered: Coverage) -> Iterator[Fact]:
    """Yearly amount of pending renewals whose account is red or amber, and its share."""
    if s.contracts is None or not s.has("contracts", "mrr"):
        return
    found, day = pending(s, s.contracts), day_number(last_day(s, covered))
    over = period_after(s.as_of, s.as_of + timedelta(days=PENDING_DAYS))
    scores = [health(s, book.get(str(a)), day, covered) for a in found["account_id"]]
    n, total = len(found), float(found["mrr"].sum())
    if not n or None in scores:
        reason = "immature" if n else "no_rows"
        yield from (
            unknown(fact_id, reason, n=n, period=over) for fact_id in (AT_RISK, AT_RISK_YEN)
        )
        return
    floor = size(s, "health_green_floor")
    low = [score is not None and score < floor for score in scores]
    risky = found[low].groupby("account_id")["mrr"].sum() * MONTHS_A_YEAR
    items = largest_items(risky)
    yearly = float(risky.sum())
    yield Fact(id=AT_RISK_YEN, value=yearly, n=n, period=over, items=items)
    if total <= 0:
        yield unknown(AT_RISK, "zero_base", n=n, period=over)
        return
    share = yearly / (total * MONTHS_A_YEAR)
    yield Fact(id=AT_RISK, value=share, n=n, period=over, items=items)
