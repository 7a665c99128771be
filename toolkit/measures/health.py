"""Health of accounts from their use, tried on the client's own renewals first (健全度)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, unknown
from toolkit.measures.health_trial import TRIAL, trial_facts, trial_rows
from toolkit.measures.house import size
from toolkit.measures.items import largest_items
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    day_number,
    day_of,
    period_after,
)
from toolkit.measures.renewals import PENDING_DAYS, pending, renewed
from toolkit.measures.rows import day_numbers
from toolkit.measures.series import series
from toolkit.measures.usage import last_day, usage_coverage

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

AT_RISK, AT_RISK_YEN = "contracts.pending_at_risk_share", "contracts.pending_at_risk_arr"
RECENT_DAYS, EARLIER_DAYS = 31, 93  # of monthly records each holds one and three
FULL = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Records of use of one account, the oldest first; NaN where the export has no figure."""

    days: NDArray[numpy.float64]
    users: NDArray[numpy.float64]
    licences: NDArray[numpy.float64]
    core: NDArray[numpy.float64]


def health_facts(s: Summaries) -> Iterator[Fact]:
    """How well the score told renewals so far, and pending renewals that are not in the green."""
    covered = _judged_by(s)
    if covered is None:
        return
    book = use_book(s)
    yield from trial_facts(scored_ends(s, book, covered), size(s, "health_green_floor"))
    yield from _at_risk(s, book, covered)


def _judged_by(s: Summaries) -> Coverage | None:
    """What the records of use cover, where contracts and their use can be told; else None."""
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "end"):
        return None
    return usage_coverage(s) if s.has("usage", "active_users") else None


def health_series(s: Summaries) -> Iterator[Series]:
    """``health_trial``: what became of the contracts that were flagged, and of the others."""
    covered = _judged_by(s)
    if covered is None:
        return
    scored = scored_ends(s, use_book(s), covered)
    rows = trial_rows(scored, size(s, "health_green_floor"))
    if rows:
        yield series("health_trial", TRIAL, rows)


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


def scored_ends(s: Summaries, book: Mapping[str, Use], covered: Coverage) -> pandas.DataFrame:
    """Renewals, ends and cancellations so far, each with the score of 90 days before.

    Returns:
        account_id, day (of the event), renewed (true or false) and score, the latest first;
        contracts younger than 90 days on the day, or without records of use for the day looked
        at, are left out.
    """
    import numpy as np

    events = _events(s)
    looked = events["day"] - PENDING_DAYS
    there = events[events["start_day"] <= looked]
    scores = [
        health(s, book.get(str(account)), int(day) - PENDING_DAYS, covered)
        for account, day in zip(there["account_id"], there["day"], strict=True)
    ]
    found = there.assign(score=np.array([np.nan if x is None else x for x in scores], dtype=float))
    kept = found[["account_id", "day", "renewed", "score"]].dropna(subset=["score"])
    return kept.sort_values(["day", "account_id", "score"], ascending=[False, True, True])


def _events(s: Summaries) -> pandas.DataFrame:
    """Contracts by what became of them: renewed at the end, not renewed, or cancelled.

    A contract cancelled where another takes its place at once has only changed.
    """
    import pandas as pd

    assert s.contracts is not None
    book, today = s.contracts, day_number(s.as_of)
    end, gone = book["end_day"], book["churned_at_day"]
    kept, left = renewed(book), gone <= today
    early = left & ((gone < end) | end.isna())
    due = (end <= today) & ~early
    later = due & kept & left & (gone > end) & ~(book["later_end"] > end)
    parts = [
        book[due].assign(day=end[due], renewed=kept[due]),
        book[later].assign(day=gone[later], renewed=False),
    ]
    lost = early & ~(book["next_day"] <= gone + 1)
    parts.append(book[lost].assign(day=gone[lost], renewed=False))
    return pd.concat([part.astype({"renewed": bool}) for part in parts], ignore_index=True)


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
