"""Series of the way from visit or lead to order, and of what each channel leaves (集客・広告)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.measures.ad_groups import ad_groups, allowed, margins
from toolkit.measures.ad_payback import MIN_N
from toolkit.measures.funnel import TO_FIRMS, step_names, traffic_steps
from toolkit.measures.intervals import Interval, wilson
from toolkit.measures.leads import read_leads, won_in_time
from toolkit.measures.series import series

if TYPE_CHECKING:
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

FUNNEL = {"step": "text", "count": "count", "rate": "share", "low": "share", "high": "share"}
PAYBACK = {
    "label": "text",
    "value": "yen",
    "target": "yen",
    "low": "yen",
    "high": "yen",
    "customers": "count",
}


def acquisition_series(s: Summaries) -> Iterator[Series]:
    """Steps with the share that goes on, and margin against cost by advertising channel."""
    rows = (_leads(s) or _visits(s)) if s.model in TO_FIRMS else (_visits(s) or _leads(s))
    if rows:
        yield series("acquisition_funnel", FUNNEL, rows)
    window = allowed(s)
    if window is None or s.customers is None or s.customers.empty:
        return
    groups = [g for g in ad_groups(s, window, margins(s, window)) if len(g.margins) >= MIN_N]
    if groups:
        yield series("payback_by_channel", PAYBACK, _paid_back(groups))


def _paid_back(groups: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Margin within the allowed months beside the cost of the same months, the worst first."""
    from toolkit.measures.intervals import mean

    ordered = sorted(groups, key=lambda g: (float(g.margins.mean()) - g.cpo, g.channel))
    for group in ordered:
        spread, n = mean(group.margins), len(group.margins)
        low, high = (spread.low, spread.high) if spread is not None else (None, None)
        yield (group.channel, float(group.margins.mean()), group.cpo, low, high, n)


def _visits(s: Summaries) -> list[tuple[Any, ...]]:
    """Counts of the steps over the days on which all of them were counted."""
    pairs = traffic_steps(s)
    if not pairs:
        return []
    names = list(step_names(s))
    whole = s.tables["traffic"].dropna(subset=names)
    counts = [float(whole[name].sum()) for name in names]
    if not counts[0] or counts != sorted(counts, reverse=True):
        return []
    rows: list[tuple[Any, ...]] = [(names[0], round(counts[0]), None, None, None)]
    for name, (units, events), before, count in zip(
        names[1:], pairs, counts[:-1], counts[1:], strict=True
    ):
        spread = pairs[units, events].interval() if before else None
        rows.append((name, round(count), *_rate(count, before, spread)))
    return rows


def _leads(s: Summaries) -> list[tuple[Any, ...]]:
    """Leads old enough to have been won in time, and those won."""
    leads = read_leads(s)
    found = won_in_time(s, leads) if leads is not None and s.has("leads", "won_at") else None
    if found is None:
        return []
    n, hits = len(found[1]), int(found[1].sum())
    return [
        ("leads", n, None, None, None),
        ("won", hits, *_rate(hits, n, wilson(hits, n))),
    ]


def _rate(
    count: float, before: float, spread: Interval | None
) -> tuple[float | None, float | None, float | None]:
    if not before:
        return None, None, None
    if spread is None:
        return count / before, None, None
    return count / before, spread.low, spread.high
