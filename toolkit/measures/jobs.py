"""Finished jobs: what they cost against what was estimated (案件の原価差異)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures import intervals
from toolkit.measures.intervals import bounded
from toolkit.measures.items import LISTED, first_items
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period_after
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

VARIANCE, OVERRUN = "tob.job_cost_variance", "tob.job_overrun_yen"
ANSWERS = "q.tob.job_costs"
NEEDS = ("jobs", ANSWERS)
MONTHS = 24


def job_facts(s: Summaries) -> Iterator[Fact]:
    """Mean overrun of the jobs of 24 months relative to the estimate, and its yen in twelve."""
    found = finished_jobs(s)
    if found is None:
        yield _said(s)
        return
    over = period_after(months_before(s.as_of, MONTHS), s.as_of)
    if found.empty:
        yield from (unknown(one, "no_rows", period=over) for one in (VARIANCE, OVERRUN))
        return
    shares = found["overrun_share"].to_numpy(float)
    fact = Fact(
        id=VARIANCE,
        value=float(shares.mean()),
        n=len(shares),
        period=over,
        items=_largest(found),
        needs=NEEDS,
    )
    yield bounded(fact, intervals.mean(shares))
    start = months_before(s.as_of, MONTHS_A_YEAR)
    recent = found[found["finished_at"].dt.date > start]
    total = float(recent["overrun"].sum())
    yield Fact(id=OVERRUN, value=total, n=len(recent), period=period_after(start, s.as_of))


def finished_jobs(s: Summaries) -> pandas.DataFrame | None:
    """Jobs finished in the last 24 months with both costs; None without the table.

    Returns:
        The columns delivered, with ``overrun`` (actual − estimate, yen) and ``overrun_share``
        (of the estimate).
    """
    from toolkit.measures.compare import within

    if not s.has("jobs", "finished_at", "estimated_cost", "actual_cost"):
        return None
    frame = s.tables["jobs"].dropna(subset=["finished_at", "estimated_cost", "actual_cost"])
    done = within(day_numbers(frame["finished_at"]), months_before(s.as_of, MONTHS), s.as_of)
    kept = frame[done & (frame["estimated_cost"] > 0).to_numpy()]
    overrun = kept["actual_cost"].astype(float) - kept["estimated_cost"].astype(float)
    share = overrun / kept["estimated_cost"].astype(float)
    found: pandas.DataFrame = kept.assign(overrun=overrun, overrun_share=share)
    return found.sort_values(["finished_at", "job_id"], kind="stable")


def _largest(found: pandas.DataFrame) -> tuple[Item, ...]:
    over = found[found["overrun"] > 0].sort_values(
        ["overrun", "job_id"], ascending=[False, True], kind="stable"
    )
    return first_items(over.set_index("job_id")["overrun"])


def _said(s: Summaries) -> Fact:
    """From the answers, actual ÷ estimated cost by job."""
    import numpy as np

    said = {item: v for (asked, item), v in s.answers.items() if asked == ANSWERS}
    ratios = {str(i): float(v) for i, v in said.items() if isinstance(v, int | float)}
    if not ratios:
        reason = "answered_unknown" if "unknown" in said.values() else "not_asked"
        return unknown(VARIANCE, reason, needs=NEEDS)
    shares = np.array(list(ratios.values())) - 1
    worst = sorted(ratios, key=lambda job: (-ratios[job], job))[:LISTED]
    fact = Fact(
        id=VARIANCE,
        value=float(shares.mean()),
        n=len(shares),
        basis="said",
        needs=NEEDS,
        items=tuple(Item(key=j, label=j, value=ratios[j] - 1) for j in worst if ratios[j] > 1),
    )
    return bounded(fact, intervals.mean(shares))
