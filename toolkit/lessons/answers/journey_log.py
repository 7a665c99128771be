"""Answers from records of work: handovers, work done again, contacts per hundred orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.journey_frames import CONTACTS, contacts_frame, events_frame
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.work import PER
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd


def handover_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``work.handover_rate``: of two events in a row, how often the person changes."""
    events, right = events_frame(firm, book), firm.number("work.handover_rate")
    if events is None or right is None:
        return None
    before = events.groupby("case_id")["resource"].shift()
    known = before.notna() & events["resource"].notna()
    changed = known & (before != events["resource"])
    hits, pairs, cases = int(changed.sum()), int(known.sum()), events["case_id"].nunique()
    people = events.groupby("case_id")["resource"].nunique()
    across = events["resource"] != events["resource"].shift()
    return Answer(
        value=right,
        wrong={
            "per_event": hits / len(events),
            "per_case": hits / cases,
            "cases_touched": float((people > 1).mean()),
            "across_cases": float(across[1:].mean()),
            "kept": 1 - right,
        },
        params={
            "hits": _n(hits, book),
            "pairs": _n(pairs, book),
            "events": _n(len(events), book),
            "cases": _n(cases, book),
            "percent": number_text(right, "share", book.lang),
        },
    )


def rework_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``work.rework_rate``: cases in which one kind of work was done twice or more."""
    events, right = events_frame(firm, book), firm.number("work.rework_rate")
    if events is None or right is None:
        return None
    again = events.duplicated(["case_id", "activity"])
    cases = events["case_id"].nunique()
    hits = events.loc[again, "case_id"].nunique()
    return Answer(
        value=right,
        wrong={
            "per_event": float(again.mean()),
            "events_of_cases": _share_of_events(events, again),
            "first_time": 1 - right,
            "to_good_ones": hits / (cases - hits) if cases > hits else 1.0,
        },
        params={
            "hits": _n(hits, book),
            "cases": _n(cases, book),
            "again": _n(int(again.sum()), book),
            "events": _n(len(events), book),
            "percent": number_text(right, "share", book.lang),
        },
    )


def contacts(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``work.contacts_per_100_orders``."""
    months, right = contacts_frame(firm, book), firm.number(CONTACTS)
    if months is None or right is None:
        return None
    told, orders, lines = (int(months[name].sum()) for name in ("contacts", "orders", "lines"))
    by_month = (months["contacts"] / months["orders"].where(months["orders"] > 0) * PER).mean()
    return Answer(
        value=right,
        wrong={
            "share": right / PER,
            "upside_down": orders / told,
            "per_line": told / lines * PER,
            "mean_of_months": float(by_month),
            "a_month": told / len(months),
        },
        params={
            "contacts": _n(told, book),
            "orders": _n(orders, book),
            "rate": f"{right:.2f}",
            "months": str(len(months)),
        },
    )


def _share_of_events(events: pd.DataFrame, again: pd.Series[bool]) -> float:
    return float(events["case_id"].isin(events.loc[again, "case_id"]).mean())


def _n(value: int, book: Words) -> str:
    return number_text(int(value), "count", book.lang)


LOG: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "handover_rate": handover_rate,
    "rework_rate": rework_rate,
    "contacts": contacts,
}
