"""The batch's own deliverables: index page, outcomes as CSV and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.batch.clients import table_text
from toolkit.batch.failures import FAILED
from toolkit.batch.outcome import ORDER, Outcome
from toolkit.batch.pages import failure_page, filled, script, with_font
from toolkit.batch.portfolio import FILE as PORTFOLIO
from toolkit.store import write_json, write_text
from toolkit.words import Words, date_text, number_text, printable

MOST_LINES = 3
"""Lines of a reason on the index; the client's page has them all."""
ORDERS: dict[str, Callable[[Outcome], Any]] = {
    "state": lambda one: ORDER.index(one.status),
    "name": lambda one: one.company_name or one.client_id,
    "yen": lambda one: (one.currency, -one.yen_base) if one.yen_base is not None else None,
    "act": lambda one: -one.counts["act"] if one.counts else None,
    "worse": lambda one: -one.change["worse"] if one.change else None,
    "health": lambda one: one.health,
    "seconds": lambda one: -one.seconds,
}
"""How the rows may be ordered: what comes first is small, what is not known comes last."""
SORTS = {
    "client": ("name", "ascending"),
    "state": ("state", "other"),
    "yen": ("yen", "descending"),
    "act": ("act", "descending"),
    "change": ("worse", "other"),
    "health": ("health", "ascending"),
    "seconds": ("seconds", "descending"),
}
"""By column, the order that sorts it and how a screen reader is told of it."""
COLUMNS = (
    *("client", "state", "act", "check", "unknown", "yen", "change", "health", "coverage"),
    *("seconds", "report"),
)
NUMERIC = frozenset(COLUMNS[2:10])


def write_index(out: Path, outcomes: list[Outcome], book: Words, as_of: str | None) -> None:
    """Write outcomes.json, outcomes.csv and index.html (what failed stands first)."""
    records = [
        {
            "client_id": printable(one.client_id),
            "status": one.status,
            "reason": one.reason,
            "seconds": one.seconds,
            "findings": one.findings,
            "yen_base": one.yen_base,
        }
        for one in outcomes
    ]
    write_json(out / "outcomes.json", records)
    with_font({out / "index.html": _page(outcomes, book, as_of)}, out, "index")
    header = tuple(records[0])  # last of all: Excel may have this one open
    write_text(out / "outcomes.csv", table_text(header, [tuple(r.values()) for r in records]))


def _page(outcomes: list[Outcome], book: Words, as_of: str | None) -> str:
    ordered = sorted(outcomes, key=lambda one: (ORDER.index(one.status), one.client_id))
    well = sum(one.well for one in outcomes)
    day = date_text(as_of or date.today(), book.lang)
    number = Counter(one.status for one in outcomes)
    ranks = {name: _ranks(ordered, of) for name, of in ORDERS.items()}
    return filled(
        "index.html.j2",
        {
            "lang": book.lang,
            "title": book.text("cli.index.title"),
            "summary": book.text("cli.index.summary", total=len(outcomes), done=well, date=day),
            "states": [
                {"code": code, "name": book.text(f"cli.index.status.{code}"), "n": number[code]}
                for code in ORDER
            ],
            "labels": {name: book.text(f"cli.index.{name}") for name in (*COLUMNS, *_LABELS)},
            "columns": COLUMNS,
            "numeric": NUMERIC,
            "sorts": SORTS,
            **script("order.js"),
            "orders": {name: book.text(f"cli.index.by.{name}") for name in ORDERS},
            "portfolio": PORTFOLIO,
            "rows": [
                {**_row(one, book), "ranks": {name: ranks[name][place] for name in ORDERS}}
                for place, one in enumerate(ordered)
            ],
        },
    )


_LABELS = ("order", "show", "all", "open", "portfolio", "why")


def _ranks(ordered: list[Outcome], of: Callable[[Outcome], Any]) -> list[int]:
    """The place of each row in another order; equal ones stay as they stand."""
    keys = [of(one) for one in ordered]
    known = [place for place, key in enumerate(keys) if key is not None]
    places = sorted(known, key=lambda place: keys[place])
    places += [place for place, key in enumerate(keys) if key is None]
    ranks = [0] * len(ordered)
    for rank, place in enumerate(places):
        ranks[place] = rank
    return ranks


def _row(one: Outcome, book: Words) -> dict[str, object]:
    lines = (one.reason or "").splitlines()
    more = len(lines) - MOST_LINES
    return {
        "client_id": printable(one.client_id),
        "company_name": one.company_name,
        "status": one.status,
        "well": one.well,
        "cells": _cells(one, book),
        "reason": lines[:MOST_LINES],
        "more": book.text("cli.index.more", n=more) if more > 0 else "",
        "page": failure_page(one.client_id) if one.status in FAILED else one.page,
    }


def _cells(one: Outcome, book: Words) -> dict[str, str]:
    """What the row says, by column."""
    counts = {name: str(one.counts.get(name, "—")) for name in ("act", "check", "unknown")}
    change = book.text("cli.index.changed", **one.change) if one.change else "—"
    yen = number_text(one.yen_base, "yen", book.lang, one.currency)
    return {
        "state": book.text(f"cli.index.status.{one.status}"),
        **counts,
        "yen": book.text("cli.index.held") if one.held else yen,
        "change": change,
        "health": number_text(one.health, "share", book.lang),
        "coverage": number_text(one.coverage, "share", book.lang),
        "seconds": f"{one.seconds:.1f}" if one.seconds else "—",
    }
