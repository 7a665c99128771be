"""What promotions bring after their cost, and how long customers have not heard (販促の採算)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.house import size, words
from toolkit.measures.labels import folded
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    day_number,
    day_of,
    months_before,
    period,
    period_after,
)
from toolkit.measures.orders import between
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

PROMOTIONS = "promotions"
NET, LOSS = "promotions.net_yen", "promotions.loss_yen"
SINCE, SENDS = "promotions.last_send_days", "promotions.sends_count"
RHYTHM = "promotions.send_interval_days"
NOTICES = "q.sal.notice_kinds"
SEPARATORS = re.compile(r"[、,，;；/／・\n]")
LEAST = "sends_for_rhythm"


def promotion_facts(s: Summaries) -> Iterator[Fact]:
    """Net yen by kind of promotion over twelve months, and the rhythm of sends."""
    if not s.has(PROMOTIONS) or s.tables[PROMOTIONS].empty:
        return
    yield from _net(s)
    yield from _sends(s)


def _net(s: Summaries) -> Iterator[Fact]:
    if not s.has(PROMOTIONS, "responses", "cost"):
        return
    each, margin = _margin_an_order(s)
    if each is None:
        why = _why_no_margin(s, margin)
        yield from (unknown(fact_id, *why[:1], needs=why[1]) for fact_id in (NET, LOSS))
        return
    start = months_before(s.as_of, MONTHS_A_YEAR)
    recent = _rows(s, start)
    over, cells = period_after(start, s.as_of), []
    for kind, part in recent.groupby("kind"):
        cells.append(_of_kind(s, str(kind), part, each))
    cells = [replace(cell, period=over, basis=margin.basis) for cell in cells]
    yield from cells
    yield from _lowest(cells, over)


def _margin_an_order(s: Summaries) -> tuple[float | None, Fact]:
    """Contribution margin of one order of the last twelve months, and the margin rate."""
    margin = margin_fact(s, monthly_costs(s))
    if s.orders is None or margin.number is None:
        return None, margin
    orders = between(s.orders, months_before(s.as_of, MONTHS_A_YEAR), s.as_of)
    if orders.empty:
        return None, margin
    return float(orders["amount"].mean()) * margin.number, margin


def _why_no_margin(s: Summaries, margin: Fact) -> tuple[str, tuple[str, ...]]:
    if s.orders is None:
        return "no_table", ("orders",)
    return ("no_margin", ("costs", RATES)) if not margin.known else ("no_rows", ("orders",))


def _rows(s: Summaries, after: date) -> pandas.DataFrame:
    """Promotions of the window with cost and responses noted; the others tell nothing."""
    from toolkit.measures.compare import within

    rows = s.tables[PROMOTIONS].dropna(subset=["date", "kind", "responses", "cost"])
    return rows[within(day_numbers(rows["date"]), after, s.as_of)]


def notices(s: Summaries) -> frozenset[str]:
    """Kinds that the client has named as notices or brand mails, folded."""
    answer = s.answers.get((NOTICES, None))
    named = SEPARATORS.split(answer) if isinstance(answer, str) else []
    return frozenset(folded(name) for name in named if name.strip())


def _is_notice(s: Summaries, kind: str) -> bool:
    named = any(word in folded(kind) for word in words(s, "notice_kinds"))
    return named or folded(kind) in notices(s)


def _of_kind(s: Summaries, kind: str, rows: pandas.DataFrame, each: float) -> Fact:
    """Σ responses × margin of an order − cost of one kind; exact, for it is what happened."""
    by, n = {"kind": kind}, len(rows)
    if _is_notice(s, kind):
        return not_applicable(NET, by=by, n=n)
    if n < size(s, LEAST):
        return unknown(NET, "small_n", by=by, n=n)
    value = float(rows["responses"].sum()) * each - float(rows["cost"].sum())
    return Fact(id=NET, value=value, n=n, by=by)


def _lowest(cells: list[Fact], over: tuple[str, str]) -> Iterator[Fact]:
    """The kind that decides is the lowest; the loss is that of all kinds below zero."""
    known = [cell for cell in cells if cell.known]
    if not known:
        states = {cell.state for cell in cells}
        for fact_id in (NET, LOSS):
            if states == {"not_applicable"}:
                yield not_applicable(fact_id, period=over)
            else:
                yield unknown(fact_id, "small_n" if cells else "no_rows", period=over)
        return
    ordered = sorted(known, key=lambda cell: (cell.number or 0.0, str(cell.by["kind"])))
    lost = [cell for cell in ordered if (cell.number or 0.0) < 0]
    items = tuple(
        Item(key=name, label=name, value=cell.value)
        for cell in lost
        for name in [str(cell.by["kind"])]
    )
    yield replace(ordered[0], by={}, items=items)
    loss = -sum(cell.number or 0.0 for cell in lost) + 0.0
    yield replace(ordered[0], id=LOSS, by={}, value=loss, n=len(lost))


def _sends(s: Summaries) -> Iterator[Fact]:
    """Days since the last send, and how many and how often there were in the year up to it."""
    import numpy as np

    rows = s.tables[PROMOTIONS]
    sent = rows["sends"].fillna(1) > 0 if "sends" in rows else rows["date"].notna()
    days = np.unique(np.floor(day_numbers(rows.loc[sent, "date"].dropna())))
    if not len(days):
        return
    last = day_of(float(days[-1]))
    since = day_number(s.as_of) - day_number(last)
    yield Fact(id=SINCE, value=since, n=len(days), period=period(last, s.as_of))
    start = months_before(last, MONTHS_A_YEAR)
    year = days[days >= day_number(start) + 1]
    over = period_after(start, last)
    yield Fact(id=SENDS, value=len(year), n=len(year), period=over)
    if len(year) < size(s, LEAST):
        yield unknown(RHYTHM, "small_n", n=len(year), period=over)
        return
    gap = float(np.median(np.diff(year)))
    yield Fact(id=RHYTHM, value=gap, n=len(year) - 1, period=over)
