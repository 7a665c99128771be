"""How well contacts are recorded and answered (問合せ・苦情の記録)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures import intervals
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_of, period
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

W5H1 = ("who", "what", "when", "where", "why", "how")
COMPLAINT = "complaint"


def contact_facts(s: Summaries) -> Iterator[Fact]:
    """Complaints with a customer code, their 5W1H, and results told to the customer."""
    if not s.has("contacts"):
        return
    frame = s.tables["contacts"]
    over = _period(s, frame)
    if s.has("contacts", "type"):
        yield from _records(s, frame[frame["type"] == COMPLAINT], over)
    if s.has("contacts", "resolved_at", "result_fed_back"):
        resolved = frame[frame["resolved_at"].notna()]
        n, hits = len(resolved), int(resolved["result_fed_back"].eq(True).fillna(False).sum())
        if n:
            told = Fact(id="contacts.fed_back_share", value=hits / n, n=n, period=over)
            yield bounded(told, wilson(hits, n))


def _records(
    s: Summaries, complaints: pandas.DataFrame, over: tuple[str, str] | None
) -> Iterator[Fact]:
    n = len(complaints)
    if not n:
        return
    if s.has("contacts", "customer_id"):
        hits = int(complaints["customer_id"].notna().sum())
        keyed = Fact(id="contacts.keyed_share", value=hits / n, n=n, period=over)
        yield bounded(keyed, wilson(hits, n))
    fields = [name for name in W5H1 if name in complaints]
    if fields:
        filled = complaints[fields].notna().sum(axis=1).to_numpy(float) / len(W5H1)
        share = Fact(id="contacts.w5h1_share", value=float(filled.mean()), n=n, period=over)
        yield bounded(share, intervals.mean(filled))


def _period(s: Summaries, frame: pandas.DataFrame) -> tuple[str, str] | None:
    days = day_numbers(frame["date"]) if "date" in frame else ()
    return period(day_of(float(min(days))), s.as_of) if len(days) else None
