"""Causes of complaints and returns in the last 90 days, and who hears of them (苦情の原因)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.measures.compare import within
from toolkit.measures.contacts import COMPLAINT
from toolkit.measures.house import size
from toolkit.measures.months import period_after
from toolkit.measures.orders import order_coverage
from toolkit.measures.rows import day_numbers
from toolkit.measures.work import contact_coverage

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

RETURN = "return"
SAME, PER_1000 = "contacts.same_cause_90d_max", "contacts.same_cause_per_1000_orders"
TOLD, HEARD = "contacts.reason_to_dev_share", "contacts.complaints_90d_count"
ORDERS = "orders.count_90d"
PER = 1000
# What was written once may tell of a person; what was written again names a cause.
REPEATED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The last days that all tables looked at speak for; ``held`` where they reach back so far."""

    after: date
    upto: date
    held: bool

    @property
    def period(self) -> tuple[str, str]:
        """The window as a Fact carries it."""
        return period_after(self.after, self.upto)


def cause_facts(s: Summaries) -> Iterator[Fact]:
    """What reached development, the most frequent cause, and the orders of the same days."""
    orders, contacts = order_coverage(s), contact_coverage(s)
    if orders is not None:
        yield _orders(s, last_days(s, orders))
    if contacts is None or not s.has("contacts", "type"):
        return
    yield from _heard(s, last_days(s, contacts))
    if s.has("contacts", "why"):
        yield _same_cause(s, last_days(s, contacts))
        if orders is not None:
            yield _per_thousand(s, last_days(s, contacts, orders))


def last_days(s: Summaries, *tables: Coverage) -> Window:
    """The last 90 days up to the day that every one of these tables reaches."""
    reach = [table.last + timedelta(days=table.silence) for table in tables]
    upto = min([s.as_of, *reach])
    after = upto - timedelta(days=int(size(s, "recent_days")))
    held = all(table.holds(after + timedelta(days=1), upto) for table in tables)
    return Window(after=after, upto=upto, held=held)


def causes(frame: pandas.DataFrame) -> pandas.Series[int]:
    """How often each cause is named, the most frequent first; full and half width are one."""
    import pandas as pd

    named = frame["why"].dropna()
    plain = {text: " ".join(unicodedata.normalize("NFKC", text).split()) for text in named.unique()}
    counts: dict[str, int] = {}
    for text, count in named.value_counts().items():
        cause = plain[str(text)]
        counts[cause] = counts.get(cause, 0) + int(count)
    counts.pop("", None)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return pd.Series(dict(ordered), dtype="int64")


def contacts_of(s: Summaries, window: Window, *types: str) -> pandas.DataFrame:
    """Contacts of these types within a window."""
    frame = s.tables["contacts"]
    inside = within(day_numbers(frame["date"]), window.after, window.upto)
    found: pandas.DataFrame = frame[inside & frame["type"].isin(types).to_numpy(bool)]
    return found


def _orders(s: Summaries, window: Window) -> Fact:
    if not window.held:
        return unknown(ORDERS, "immature", period=window.period)
    n = _order_count(s, window)
    return Fact(id=ORDERS, value=n, n=n, period=window.period)


def _order_count(s: Summaries, window: Window) -> int:
    assert s.orders is not None
    return int(within(s.orders["day_no"].to_numpy(), window.after, window.upto).sum())


def _heard(s: Summaries, window: Window) -> Iterator[Fact]:
    """Complaints and returns, and those of them that were passed to development.

    A column without a single entry tells nothing; where there is one, a blank was not passed.
    """
    if not window.held:
        yield from (unknown(one, "immature", period=window.period) for one in (HEARD, TOLD))
        return
    found = contacts_of(s, window, COMPLAINT, RETURN)
    n = len(found)
    yield Fact(id=HEARD, value=n, n=n, period=window.period)
    if not n:
        yield not_applicable(TOLD, period=window.period)
    elif s.has("contacts", "to_development"):
        if not s.tables["contacts"]["to_development"].notna().any():
            yield unknown(TOLD, "no_rows", period=window.period)
            return
        hits = int(found["to_development"].eq(True).fillna(False).sum())
        yield Fact(id=TOLD, value=hits / n, n=n, period=window.period)


def _same_cause(s: Summaries, window: Window) -> Fact:
    if not window.held:
        return unknown(SAME, "immature", period=window.period)
    return _most(SAME, contacts_of(s, window, COMPLAINT), window)


def _most(fact_id: str, complaints: pandas.DataFrame, window: Window) -> Fact:
    """The largest number of complaints with one cause; 0 where there is no complaint at all."""
    found = causes(complaints)
    if found.empty and len(complaints):
        return unknown(fact_id, "no_rows", n=len(complaints), period=window.period)
    items = tuple(
        Item(key=str(name), label=str(name), value=int(count))
        for name, count in found[found >= REPEATED].head(1).items()
    )
    most = int(found.iloc[0]) if len(found) else 0
    return Fact(id=fact_id, value=most, n=int(found.sum()), period=window.period, items=items)


def _per_thousand(s: Summaries, window: Window) -> Fact:
    if not window.held:
        return unknown(PER_1000, "immature", period=window.period)
    most = _most(PER_1000, contacts_of(s, window, COMPLAINT), window)
    orders = _order_count(s, window)
    if most.number is None or not orders:
        return unknown(PER_1000, most.reason or "zero_base", period=window.period)
    return replace(most, value=most.number / orders * PER, n=orders, items=())
