"""Contracts: recurring revenue, growth and losses of the same accounts (契約の指標)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import gap, share
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    day_number,
    day_of,
    months_before,
    period,
    period_after,
)

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

MOST_PLANS = 20


def contract_facts(s: Summaries) -> Iterator[Fact]:
    """Facts of dated contracts; the form with tenure alone gives churn and survival only."""
    yield from _churn(s)
    if s.contracts is None or s.contracts.empty:
        return
    yield _signed(s, s.contracts)
    if s.has("contracts", "mrr"):
        yield from _revenue(s, s.contracts)


def running(contracts: pandas.DataFrame, day: date) -> pandas.DataFrame:
    """Contracts that run on a day."""
    number, stop = day_number(day), contracts["stop_day"]
    return contracts[(contracts["start_day"] <= number) & (stop.isna() | (stop > number))]


def mrr_by_account(contracts: pandas.DataFrame, day: date) -> pandas.Series[float]:
    """Monthly recurring revenue of each account on a day."""
    made: pandas.Series[float] = running(contracts, day).groupby("account_id")["mrr"].sum()
    return made


def _period(s: Summaries, contracts: pandas.DataFrame) -> tuple[str, str]:
    return period(day_of(float(contracts["start_day"].min())), s.as_of)


def _revenue(s: Summaries, contracts: pandas.DataFrame) -> Iterator[Fact]:
    now, year_ago = s.as_of, months_before(s.as_of, MONTHS_A_YEAR)
    new, old = mrr_by_account(contracts, now), mrr_by_account(contracts, year_ago)
    today = period(now, now)
    yield Fact(id="contracts.mrr", value=float(new.sum()), n=len(new), period=today)
    ids = ("contracts.nrr", "contracts.grr", "contracts.expansion_account_share")
    if not len(old):
        yield from (unknown(fact_id, "immature") for fact_id in ids)
        yield unknown("contracts.expansion_account_share_yoy", "immature")
        return
    yield from _kept(new, old, period(year_ago, now))
    yield from _expansion(contracts, now, year_ago)


def _kept(
    new: pandas.Series[float], old: pandas.Series[float], over: tuple[str, str]
) -> Iterator[Fact]:
    """Net and gross retention: MRR now ÷ MRR a year ago of the accounts of a year ago."""
    import numpy as np

    start = old.to_numpy(np.float64)
    later = new.reindex(old.index, fill_value=0.0).to_numpy(np.float64)
    n, total = len(start), float(start.sum())
    if total <= 0:
        for fact_id in ("contracts.nrr", "contracts.grr"):
            yield unknown(fact_id, "zero_base", n=n, period=over)
        return
    nrr = Fact(id="contracts.nrr", value=float(later.sum()) / total, n=n, period=over)
    yield bounded(nrr, _resampled(later, start))
    kept = np.minimum(later, start)
    grr = Fact(id="contracts.grr", value=float(kept.sum()) / total, n=n, period=over)
    yield bounded(grr, intervals.share_of_sum(kept, start))


def _resampled(later: intervals.Floats, start: intervals.Floats) -> intervals.Interval | None:
    import numpy as np

    return intervals.bootstrap(_retained, np.column_stack([later, start]))


def _retained(rows: intervals.Floats) -> float:
    """Later ÷ earlier amount of drawn accounts; NaN where only free accounts were drawn."""
    earlier = float(rows[:, 1].sum())
    return float(rows[:, 0].sum()) / earlier if earlier else float("nan")


def _expansion(contracts: pandas.DataFrame, now: date, year_ago: date) -> Iterator[Fact]:
    fact_id = "contracts.expansion_account_share"
    hits, n = _expanded(contracts, year_ago, now)
    over = period(year_ago, now)
    yield bounded(Fact(id=fact_id, value=hits / n, n=n, period=over), wilson(hits, n))
    earlier = months_before(year_ago, MONTHS_A_YEAR)
    old_hits, old_n = _expanded(contracts, earlier, year_ago)
    if not old_n:
        yield unknown(f"{fact_id}_yoy", "immature")
        return
    before = share(old_hits, old_n)
    yield gap(f"{fact_id}_yoy", share(hits, n), before, period(earlier, now))


def _expanded(contracts: pandas.DataFrame, start: date, end: date) -> tuple[int, int]:
    old, new = mrr_by_account(contracts, start), mrr_by_account(contracts, end)
    later = new.reindex(old.index, fill_value=0.0)
    return int((later > old).sum()), len(old)


def _signed(s: Summaries, contracts: pandas.DataFrame) -> Fact:
    start = months_before(s.as_of, MONTHS_A_YEAR)
    new = contracts["start_day"].between(day_number(start) + 1, day_number(s.as_of))
    n = int(new.sum())
    return Fact(id="contracts.signed_count", value=n, n=n, period=period_after(start, s.as_of))


def _churn(s: Summaries) -> Iterator[Fact]:
    """Accounts lost ÷ all accounts, in all and by plan."""
    lost = lost_accounts(s)
    if lost is None or lost.empty:
        return
    fact_id = "contracts.logo_churn_rate"
    dated = s.contracts is not None and not s.contracts.empty
    over = _period(s, s.contracts) if dated and s.contracts is not None else None
    hits, n = int(lost["lost"].sum()), len(lost)
    yield bounded(Fact(id=fact_id, value=hits / n, n=n, period=over), wilson(hits, n))
    plans = lost.groupby("plan")["lost"].agg(["sum", "size"])
    if not 2 <= len(plans) <= MOST_PLANS:
        return
    for plan, part_hits, part in plans.itertuples():
        fact = Fact(
            id=fact_id, value=part_hits / part, n=int(part), by={"plan": str(plan)}, period=over
        )
        yield bounded(fact, wilson(int(part_hits), int(part)))


def lost_accounts(s: Summaries) -> pandas.DataFrame | None:
    """A row per account: plan, whether it is lost, months it stayed (or has stayed so far)."""
    import pandas as pd

    if s.contracts is not None and not s.contracts.empty:
        return _lost_by_dates(s, s.contracts)
    if not s.has("contracts", "churned"):
        return None
    frame = s.tables["contracts"].dropna(subset=["churned"])
    tenure = frame["tenure_months"] if "tenure_months" in frame else float("nan")
    return pd.DataFrame(
        {"plan": frame.get("plan"), "lost": frame["churned"].astype(bool), "months": tenure},
        index=frame.index,
    )


def _lost_by_dates(s: Summaries, contracts: pandas.DataFrame) -> pandas.DataFrame:
    """Months stayed: begun ones for an account that left, completed ones for one still there."""
    today = day_number(s.as_of)
    begun = contracts[contracts["start_day"] <= today]
    accounts = begun.assign(stop=begun["stop_day"].fillna(float("inf"))).groupby("account_id")
    made = accounts.agg(plan=("plan", "last"), first=("first_day", "min"), stop=("stop", "max"))
    lost = made["stop"] <= today
    until = made["stop"].where(lost, today + 1)
    spans = zip(made["first"], until, lost, strict=True)
    months = [_months(day_of(start), day_of(end), left) for start, end, left in spans]
    return made[["plan"]].assign(lost=lost, months=months)


def _months(start: date, end: date, begun: bool) -> int:
    """Completed months from start to end; with ``begun`` a begun one counts too.

    >>> _months(date(2026, 1, 10), date(2026, 3, 9), False)
    1
    >>> _months(date(2026, 1, 10), date(2026, 3, 9), True)
    2
    """
    whole = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    while months_before(end, whole) < start:
        whole -= 1
    return whole + 1 if begun and months_before(end, whole) > start else whole
