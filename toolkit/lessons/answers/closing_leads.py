"""Answers on leads: share won this year and the year before, days until won."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, summaries
from toolkit.lessons.two_clients import TwoClients
from toolkit.measures.compare import within
from toolkit.measures.leads import lead_rows, read_leads
from toolkit.measures.months import MONTHS_A_YEAR, months_before
from toolkit.words import Words, date_text, number_text

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

CHANGE = "acquisition.win_rate_yoy"


def last_day(firm: ClientFirm) -> date | None:
    """The last day on which anything was entered on a lead."""
    s = summaries(firm)
    leads = None if s is None else read_leads(s)
    return None if leads is None else leads.last


def leads_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Leads: when created, won, lost; the twelve months of the decision, and those before.

    ``in_year`` is True where decided in the last twelve months, ``year_before`` in the twelve
    before these.
    """
    s = summaries(firm)
    leads = None if s is None else read_leads(s)
    if s is None or leads is None or not s.has("leads", "won_at", "lost_at"):
        return None
    frame = lead_rows(s)
    turn, start = (months_before(leads.last, MONTHS_A_YEAR * years) for years in (1, 2))
    names = [x for x in ("source", "amount") if x in frame]
    made = frame[["lead_id", *names, "created_at", "won_at", "lost_at"]]
    return made.assign(
        in_year=within(leads.decided, turn, leads.last),
        year_before=within(leads.decided, start, turn),
    ).reset_index(drop=True)


def win_rate(firm: TwoClients, book: Words) -> Answer | None:
    """Won ÷ decided, of the leads decided in twelve months."""
    leads, last = leads_frame(firm, book), last_day(firm)
    if leads is None or last is None or not leads["in_year"].any():
        return None
    won, n = _decided(leads, "in_year")
    open_ = int((leads["won_at"].isna() & leads["lost_at"].isna()).sum())
    return Answer(
        value=won / n,
        wrong={**_slips(leads, won, n), "open_counted": won / (n + open_)},
        params={
            "won": f"{won:,}",
            "n": f"{n:,}",
            "lost": f"{n - won:,}",
            "open": f"{open_:,}",
            "share": f"{won / n:.3f}",
            "percent": share(book, won / n),
            "all_time": share(book, _all_time(leads)),
            "last": date_text(last, book.lang),
        },
    )


def win_before(firm: TwoClients, book: Words) -> Answer | None:
    """The same share of the twelve months before; asked where its change is a fact."""
    leads, change = leads_frame(firm, book), firm.diagnosis.facts.get(CHANGE)
    if leads is None or change is None or not change.known or change.low95 is None:
        return None
    won, n = _decided(leads, "year_before")
    now, of = _decided(leads, "in_year")
    if not n or not of:
        return None
    ends = {"change": change.number, "low": change.low95, "high": change.high95}
    return Answer(
        value=won / n,
        wrong={**_slips(leads, won, n), "this_year": now / of},
        params={
            "won": f"{won:,}",
            "n": f"{n:,}",
            "share": f"{won / n:.3f}",
            "percent": share(book, won / n),
            "now": share(book, now / of),
            **{name: number_text(x, "points", book.lang) for name, x in ends.items()},
        },
    )


def _decided(leads: pd.DataFrame, column: str) -> tuple[int, int]:
    """Won, and decided, in the months a column marks."""
    return int((leads["won_at"].notna() & leads[column]).sum()), int(leads[column].sum())


def _all_time(leads: pd.DataFrame) -> float:
    won = leads["won_at"].notna()
    return float(won.sum() / (won | leads["lost_at"].notna()).sum())


def _slips(leads: pd.DataFrame, won: int, n: int) -> dict[str, Given]:
    return {
        "conversion": float(leads["won_at"].notna().mean()),
        "against_lost": won / (n - won) if n > won else 0.0,
        "all_time": _all_time(leads),
        "lost_share": 1 - won / n,
    }


def days_to_win(firm: TwoClients, book: Words) -> Answer | None:
    """Median days from creation to the order, of the leads won."""
    leads = leads_frame(firm, book)
    if leads is None:
        return None
    to_won = (leads["won_at"] - leads["created_at"]).dt.days.dropna()
    to_lost = (leads["lost_at"] - leads["created_at"]).dt.days.dropna()
    odd, days = int((to_won < 0).sum()), to_won[to_won >= 0]
    if days.empty:
        return None
    both = leads["won_at"].fillna(leads["lost_at"]) - leads["created_at"]
    wrong: dict[str, Given] = {
        "mean": float(days.mean()),
        "lost_too": float(both.dt.days.dropna().median()),
        "slowest": float(days.max()),
        "quickest": float(days.min()),
        "with_negatives": float(to_won.median()),
    }
    if len(to_lost):
        wrong["lost_only"] = float(to_lost.median())
    return Answer(
        value=float(days.median()),
        wrong=wrong,
        params={
            "days": f"{days.median():g}",
            "n": f"{len(days):,}",
            "odd": f"{odd:,}",
            "mean": f"{days.mean():.1f}",
            "slowest": f"{days.max():.0f}",
        },
    )
