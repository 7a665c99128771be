"""Rows behind the figures of business accounts: use by account, requests in order, jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.health import health, use_book
from toolkit.measures.jobs import finished_jobs
from toolkit.measures.months import day_number
from toolkit.measures.requests import ranked_requests
from toolkit.measures.usage import LAUNCH_DAYS, last_day, usage_coverage, use_by_account

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

JOBS = ("job_id", "account_id", "finished_at", "estimated_cost", "actual_cost", "amount")


def account_evidence(s: Summaries) -> dict[str, pandas.DataFrame | None]:
    """Frames by table; None where there is nothing to show."""
    return {"usage": _usage(s), "requests": ranked_requests(s), "jobs": _jobs(s)}


def _usage(s: Summaries) -> pandas.DataFrame | None:
    """A row per account under contract: use of the last 30 days, health score, monthly amount."""
    covered = usage_coverage(s)
    if s.contracts is None or s.contracts.empty or covered is None:
        return None
    day = last_day(s, covered)
    made = use_by_account(s, s.contracts, day - timedelta(days=LAUNCH_DAYS), day)
    if s.has("usage", "active_users"):
        book = use_book(s)
        scores = [health(s, book.get(str(a)), day_number(day), covered) for a in made.index]
        made["health"] = scores
    if s.has("contracts", "mrr"):
        made = made.assign(mrr=mrr_by_account(s.contracts, day))
    places = s.contracts.groupby("account_id").agg(
        file=("file_name", "first"), row=("row_no", "min")
    )
    return made.join(places).rename_axis("account_id").reset_index()


def _jobs(s: Summaries) -> pandas.DataFrame | None:
    found = finished_jobs(s)
    if found is None:
        return None
    names = [name for name in JOBS if name in found]
    made = found[[*names, "overrun", "overrun_share"]].assign(
        file=found["_file"], row=found["_row"]
    )
    made["finished_at"] = made["finished_at"].dt.strftime("%Y-%m-%d")
    return made.reset_index(drop=True)
