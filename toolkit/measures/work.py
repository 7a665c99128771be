"""Work by hand on the flow, and contacts per hundred orders (業務量・問合せ)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Compared, Stretch, against_past
from toolkit.measures.intervals import bounded, poisson_rate
from toolkit.measures.months import Coverage, coverage, day_number, period, period_after
from toolkit.measures.named_tests import three_against_nine
from toolkit.measures.orders import order_coverage
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

PER = 100
CUSTOMER, MANUAL = "customer", "manual"


def work_facts(s: Summaries) -> Iterator[Fact]:
    """Minutes by hand a day, in all and by person, and contacts per 100 orders."""
    yield from _minutes(s)
    yield from _contacts(s)


def manual_steps(s: Summaries) -> pandas.DataFrame | None:
    """Steps done by hand on the company's side with minutes and times a day."""
    if s.steps is None or not s.has("journey", "mode", "minutes", "per_day"):
        return None
    steps = s.steps[(s.steps["mode"] == MANUAL) & (s.steps["side"].fillna("") != CUSTOMER)]
    return steps.assign(load=steps["minutes"] * steps["per_day"]).dropna(subset=["load"])


def _minutes(s: Summaries) -> Iterator[Fact]:
    steps = manual_steps(s)
    if steps is None or steps.empty:
        return
    n = len(steps)
    yield Fact(id="work.manual_minutes_per_day", value=float(steps["load"].sum()), n=n)
    for actor, load in load_by_actor(steps).items():
        yield Fact(id="work.manual_minutes_by_actor", value=load, n=n, by={"actor": actor})


def load_by_actor(steps: pandas.DataFrame) -> dict[str, float]:
    """Minutes a day by hand of each person, the largest first."""
    sums = steps.dropna(subset=["actor"]).groupby("actor")["load"].sum()
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return {str(actor): float(load) for actor, load in ordered}


def _contacts(s: Summaries) -> Iterator[Fact]:
    orders, contacts = order_coverage(s), contact_coverage(s)
    if orders is None or contacts is None:
        return
    start, end = orders.common(contacts)
    start = max(start, min(orders.first, contacts.first))
    end = min(end, s.as_of)
    yield from _per_hundred(s, start, end)
    last = min(end, max(orders.last, contacts.last))
    yield from _three_against_nine(s, start, last)


def contact_coverage(s: Summaries) -> Coverage | None:
    """Which days the contacts speak for."""
    if not s.has("contacts", "date"):
        return None
    return coverage(day_numbers(s.tables["contacts"]["date"]))


def _per_hundred(s: Summaries, start: date, end: date) -> Iterator[Fact]:
    fact_id = "work.contacts_per_100_orders"
    after = start - timedelta(days=1)
    contacts, orders = _counts(s, after, end)
    if not orders:
        yield unknown(fact_id, "no_rows")
        return
    over = period(start, end)
    fact = Fact(id=fact_id, value=contacts / orders * PER, n=orders, period=over)
    yield bounded(fact, poisson_rate(contacts, orders / PER))


def _three_against_nine(s: Summaries, start: date, end: date) -> Iterator[Fact]:
    """The latest three months against the nine before, and the rate of those nine."""
    covered = Coverage(first=start, last=end, silence=0)
    what = Compared(fact_id="work.contacts_per_100_orders", covered=covered)
    found = tuple(against_past(what, "t3v9", lambda after, upto: _rate(s, after, upto)))
    yield from found
    sides = three_against_nine(end)
    before = _rate(s, sides.before_after, sides.before_upto)
    if found[0].known and before is not None:
        yield Fact(
            id="work.contacts_per_100_orders_9m",
            value=before.value,
            n=before.n,
            period=period_after(sides.before_after, sides.before_upto),
        )


def _rate(s: Summaries, after: date, upto: date) -> Stretch | None:
    contacts, orders = _counts(s, after, upto)
    if not orders:
        return None
    interval = poisson_rate(contacts, orders / PER)
    return Stretch(value=contacts / orders * PER, interval=interval, n=orders)


def _counts(s: Summaries, after: date, upto: date) -> tuple[int, int]:
    """Contacts and orders later than ``after`` and not later than ``upto``."""
    assert s.orders is not None
    low, high = day_number(after) + 1, day_number(upto) + 1
    contacts = day_numbers(s.tables["contacts"]["date"])
    orders = s.orders["day_no"].to_numpy()
    return (
        int(((contacts >= low) & (contacts < high)).sum()),
        int(((orders >= low) & (orders < high)).sum()),
    )
