"""Answers on made-to-order work: quotes that are won, and jobs against their estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.to_b_contracts import money, share_text
from toolkit.lessons.answers.to_b_firm import maker_of, summaries
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.jobs import finished_jobs
from toolkit.measures.leads import lead_rows, read_leads
from toolkit.measures.months import MONTHS_A_YEAR, day_number, months_before
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import numpy
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[numpy.bool_]

QUOTES: Final = ("lead_id", "created_at", "won_at", "lost_at", "amount")
JOBS: Final = ("job_id", "finished_at", "estimated_cost", "actual_cost", "amount")


def quotes_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """A row per quote: when it was made, won or lost, and its amount."""
    found = summaries(maker_of(firm))
    if found is None or not found.has("leads", "lead_id", "created_at", "won_at", "lost_at"):
        return None
    frame = lead_rows(found)
    return frame[[name for name in QUOTES if name in frame]].reset_index(drop=True)


def jobs_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """Jobs finished in the last 24 months: estimate, cost and price."""
    found = summaries(maker_of(firm))
    jobs = None if found is None else finished_jobs(found)
    if jobs is None or jobs.empty:
        return None
    return jobs[[name for name in JOBS if name in jobs]].reset_index(drop=True)


def win_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Won ÷ decided of the quotes decided in the last twelve months."""
    import numpy as np

    found, quotes = summaries(maker_of(firm)), quotes_frame(firm, book)
    leads = None if found is None else read_leads(found)
    if quotes is None or leads is None or not leads.is_won.any():
        return None
    start = day_number(months_before(leads.last, MONTHS_A_YEAR))
    lately, made = leads.decided > start, leads.created > start  # both end on the last day
    won, hits, n = leads.is_won, int((leads.is_won & lately).sum()), int(lately.sum())
    if not n or not made.any():
        return None
    ever = int(won.sum()) / int(np.isfinite(leads.decided).sum())
    return Answer(
        value=hits / n,
        wrong={
            "made_below": hits / int(made.sum()),
            "open_in": int((won & made).sum()) / int(made.sum()),
            "all_time": ever,
            "all_quotes": int(won.sum()) / len(won),
            "lost": 1 - hits / n,
            **({"against_lost": hits / (n - hits)} if n > hits else {}),
            **_by_amount(quotes, lately, won),
        },
        params={
            "since": str(months_before(leads.last, MONTHS_A_YEAR)),
            "last": leads.last.isoformat(),
            "hits": number_text(hits, "count", book.lang),
            "count": number_text(n, "count", book.lang),
            **share_text("rate", hits / n, book),
            **share_text("all", ever, book),
        },
    )


def job_overrun(firm: ClientFirm, book: Words) -> Answer | None:
    """tob.job_cost_variance: the mean, over jobs, of (cost − estimate) ÷ estimate."""
    jobs = jobs_frame(firm, book)
    if jobs is None:
        return None
    estimate, cost = jobs["estimated_cost"].astype(float), jobs["actual_cost"].astype(float)
    shares = cost / estimate - 1
    value, over = float(shares.mean()), shares[shares > 0]
    wrong: dict[str, Given] = {
        "pooled": float(cost.sum() / estimate.sum()) - 1,
        "ratio": value + 1,
        "of_cost": float((1 - estimate / cost).mean()),
        "over_count": len(over) / len(shares),
        "median": float(shares.median()),
    }
    if len(over):
        wrong["over_only"] = float(over.mean())
    return Answer(
        value=value,
        wrong=wrong,
        params={
            "count": number_text(len(shares), "count", book.lang),
            "over": number_text(len(over), "count", book.lang),
            "total": money(float((cost - estimate).sum()), book),
            **share_text("rate", value, book),
            **share_text("pooled", float(cost.sum() / estimate.sum()) - 1, book),
        },
    )


def _by_amount(quotes: pd.DataFrame, lately: Flags, won: Flags) -> dict[str, Given]:
    if "amount" not in quotes:
        return {}
    amounts = quotes["amount"].astype(float).fillna(0.0)
    whole = float(amounts[lately].sum())
    return {"money": float(amounts[lately & won].sum()) / whole} if whole else {}
