"""Series of costs, contracts and work for the charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.costs import monthly_costs
from toolkit.measures.months import day_of, month_end, month_label, month_number
from toolkit.measures.rows import day_numbers
from toolkit.measures.series import series
from toolkit.measures.survival import survival_curve
from toolkit.measures.work import contact_coverage, load_by_actor, manual_steps

if TYPE_CHECKING:
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

LONGEST_MONTHS = 120
STEP_COLUMNS = {
    "step_no": "count",
    "step": "text",
    "side": "text",
    "actor": "text",
    "tool": "text",
    "mode": "text",
    "minutes": "minutes",
    "per_day": "count",
    "seam": "text",
    "data_in": "text",
    "data_out": "text",
}


def business_series(s: Summaries) -> Iterator[Series]:
    """Cost composition, survival, recurring revenue, the flow, loads and contacts."""
    yield from _costs(s)
    yield from _contracts(s)
    yield from _journey(s)
    yield from _contacts(s)


def _costs(s: Summaries) -> Iterator[Series]:
    costs = monthly_costs(s)
    if costs is None:
        return
    sums, sales = costs.items.sum(), float(costs.sales.sum())
    rows = [(item, amount, amount / sales) for item, amount in sums.items() if sales > 0]
    rows.sort(key=lambda row: (-row[1], row[0]))
    columns = {"item": "text", "amount": "yen", "share": "share"}
    yield series("cost_composition", columns, rows)
    by_month = [
        (month_label(month), item, amount, net)
        for month, net in zip(costs.months, costs.sales, strict=True)
        for item, amount in costs.items.loc[month].dropna().items()
    ]
    units = {"month": "text", "item": "text", "amount": "yen", "sales": "yen"}
    yield series("cost_by_month", units, by_month)


def _contracts(s: Summaries) -> Iterator[Series]:
    curve = survival_curve(s)
    if curve:
        rows = [(step.month, step.share, step.at_risk) for step in curve]
        columns = {"month": "months", "survival": "share", "at_risk": "count"}
        yield series("survival", columns, rows)
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "mrr"):
        return
    last = month_number(s.as_of)
    first = month_number(day_of(float(s.contracts["start_day"].min())))
    revenue: list[tuple[str, float, int]] = []
    for month in range(max(first, last - LONGEST_MONTHS + 1), last + 1):
        accounts = mrr_by_account(s.contracts, min(month_end(month), s.as_of))
        revenue.append((month_label(month), float(accounts.sum()), len(accounts)))
    columns = {"month": "text", "mrr": "yen", "accounts": "count"}
    yield series("mrr_by_month", columns, revenue)


def _journey(s: Summaries) -> Iterator[Series]:
    """The flow as drawn; joints are judged by the journey map, not here (``seam`` is open)."""
    if s.steps is None or s.steps.empty:
        return
    steps = s.steps.assign(seam=None)
    rows = steps[list(STEP_COLUMNS)].itertuples(index=False)
    yield series("journey_steps", STEP_COLUMNS, rows)
    manual = manual_steps(s)
    if manual is not None and not manual.empty:
        columns = {"label": "text", "value": "minutes"}
        yield series("journey_load", columns, list(load_by_actor(manual).items()))


def _contacts(s: Summaries) -> Iterator[Series]:
    """Months that both contacts and orders cover."""
    found = contact_coverage(s)
    if found is None or s.orders is None or s.orders.empty:
        return
    dates = day_numbers(s.tables["contacts"]["date"])
    contacts: dict[int, int] = {}
    for number in (month_number(day_of(day)) for day in dates):
        contacts[number] = contacts.get(number, 0) + 1
    orders = s.orders["month_no"].value_counts()
    months = range(month_number(found.first), month_number(found.last) + 1)
    rows = []
    for month in months:
        count, base = contacts.get(month, 0), int(orders.get(month, 0))
        rows.append((month_label(month), count, base, count / base * 100 if base else None))
    names = ("month", "contacts", "orders", "per_100")
    units = ("text", "count", "count", "ratio")
    yield series("contacts_by_month", dict(zip(names, units, strict=True)), rows)
