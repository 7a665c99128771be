"""Customers silent for longer than their own rhythm explains (休眠・ご無沙汰)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import gap, share
from toolkit.measures.concentration import top_count
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.items import first_items
from toolkit.measures.kept import kept
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    day_of,
    months_before,
    months_between,
    period_after,
)
from toolkit.measures.orders import by_customer, order_coverage, overdue

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

ACTIVE_MONTHS = 24
LEAST_MONTHS = 12
TOP_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How many of some customers are past twice their own interval, on a day."""

    at: date
    since: date
    silent: pandas.DataFrame
    awake: pandas.DataFrame

    @property
    def hits(self) -> int:
        """Customers past twice their interval."""
        return len(self.silent)

    @property
    def n(self) -> int:
        """Customers looked at."""
        return len(self.silent) + len(self.awake)


def dormancy_facts(s: Summaries) -> Iterator[Fact]:
    """Dormant repeat buyers and overdue top customers, now and against a year ago."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    covered = order_coverage(s)
    assert covered is not None
    now = silence(s, covered.last, ACTIVE_MONTHS)
    first = day_of(float(s.orders["day_no"].min()))
    yield _rate("customers.dormant_share_f2plus", now[0], first)
    yield from _top(now[1], first)
    months = months_compared(first, covered.last)
    for index, name in enumerate(("dormant_share_f2plus_yoy", "top10_overdue_share_yoy")):
        if months is None:
            yield unknown(f"customers.{name}", "immature")
            continue
        new = silence(s, covered.last, months)[index]
        old = silence(s, months_before(covered.last, MONTHS_A_YEAR), months)[index]
        yield _change(f"customers.{name}", new, old)


def months_compared(first: date, last: date) -> int | None:
    """Months looked back on both days a year apart; None where the orders begin too late."""
    months = min(ACTIVE_MONTHS, months_between(first, last) - MONTHS_A_YEAR)
    return months if months >= LEAST_MONTHS else None


@kept
def silence(s: Summaries, at: date, months: int) -> tuple[Silence, Silence]:
    """Buyers with two orders or more, and the top decile with three or more, in the months."""
    since = months_before(at, months)
    customers = by_customer(s, since, at)
    late = overdue(customers, at)
    ordered = customers.sort_values("amount", ascending=False, kind="stable")
    top = ordered.head(top_count(TOP_SHARE, len(ordered)))
    chosen = (customers[customers["order_count"] >= 2], top[top["order_count"] >= 3])
    first, second = (
        Silence(at=at, since=since, silent=group[past], awake=group[~past])
        for group, past in ((group, late.reindex(group.index)) for group in chosen)
    )
    return first, second


def _rate(fact_id: str, found: Silence, first: date) -> Fact:
    over = period_after(max(first - timedelta(days=1), found.since), found.at)
    if not found.n:
        return unknown(fact_id, "no_rows", period=over)
    fact = Fact(id=fact_id, value=found.hits / found.n, n=found.n, period=over)
    return bounded(fact, wilson(found.hits, found.n))


def _top(found: Silence, first: date) -> Iterator[Fact]:
    from dataclasses import replace

    rate = _rate("customers.top10_overdue_share", found, first)
    yield replace(rate, items=first_items(found.silent["amount"]))
    over = period_after(max(first - timedelta(days=1), found.since), found.at)
    if found.n:
        yield Fact(id="customers.top10_overdue_count", value=found.hits, n=found.n, period=over)


def _change(fact_id: str, new: Silence, old: Silence) -> Fact:
    over = period_after(old.since, new.at)
    if not (new.n and old.n):
        return unknown(fact_id, "no_rows", period=over)
    return gap(fact_id, share(new.hits, new.n), share(old.hits, old.n), over)
