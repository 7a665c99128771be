"""Series of orders and customers for the charts."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING, Any

from toolkit.measures.among import among
from toolkit.measures.concentration import lorenz
from toolkit.measures.months import month_label, month_number
from toolkit.measures.record import Series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

MOST_ROWS = 2000
LONGEST_COUNT = 10
CURVE_STEPS = 5


def order_series(s: Summaries) -> Iterator[Series]:
    """Months, cohorts, counts of purchase, the F curve and the Lorenz curve."""
    if s.orders is None or s.customers is None or s.orders.empty:
        return
    yield _by_month(s.orders, s.customers)
    if s.customers.empty:
        return
    yield _cohorts(s)
    yield _purchase_counts(s.customers)
    yield _f_curve(s.customers)
    amounts = s.customers["amount"].to_numpy(float)
    if amounts.sum() > 0:
        yield series(
            "lorenz", {"customers_share": "share", "sales_share": "share"}, lorenz(amounts)
        )


def series(name: str, columns: dict[str, str], rows: Any) -> Series:
    """A series of plain values; the last 2,000 rows where there are more."""
    return Series(
        id=name,
        columns=tuple(columns),
        units=tuple(columns.values()),
        rows=tuple(tuple(plain(cell) for cell in row) for row in rows)[-MOST_ROWS:],
    )


def plain(value: Any) -> Any:
    """A cell as JSON can hold it: Python's own types, None for missing."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    return None  # the missing values of pandas


def _by_month(orders: pandas.DataFrame, customers: pandas.DataFrame) -> Series:
    """Every month from the first to the last, silent ones included; guests in sales alone."""
    first = among(orders["order_id"], customers["first_order_id"])
    known = orders["customer_id"].notna()
    table = orders.assign(
        new=first.astype(int),
        new_sales=orders["amount"].where(first, 0.0),
        existing=orders["amount"].where(known & ~first, 0.0),
    )
    sums = table.groupby("month_no").agg(
        orders=("order_id", "size"),
        sales=("amount", "sum"),
        new_customers=("new", "sum"),
        new_sales=("new_sales", "sum"),
        existing_sales=("existing", "sum"),
    )
    months = range(int(sums.index.min()), int(sums.index.max()) + 1)
    sums = sums.reindex(months, fill_value=0)
    rows = ((month_label(row[0]), *row[1:]) for row in sums.itertuples())
    units = {"sales": "yen", "new_sales": "yen", "existing_sales": "yen"}
    columns = {str(name): units.get(str(name), "count") for name in sums.columns}
    return series("orders_by_month", {"month": "text", **columns}, rows)


def _cohorts(s: Summaries) -> Series:
    """The latest cohorts whole, as many as 2,000 rows hold."""
    assert s.cohorts is not None
    active = {
        (int(c), int(m)): int(a)
        for c, m, a in s.cohorts[["cohort_no", "month", "active"]].itertuples(index=False)
    }
    last = month_number(s.as_of)
    groups: list[list[tuple[str, int, int, int, float]]] = []
    for cohort in sorted({cohort for cohort, _ in active}, reverse=True):
        size = active[(cohort, 0)]
        counts = [(m, active.get((cohort, m), 0)) for m in range(last - cohort + 1)]
        rows = [(month_label(cohort), m, size, found, found / size) for m, found in counts]
        if sum(map(len, groups)) + len(rows) > MOST_ROWS:
            break
        groups.append(rows)
    units = ("text", "count", "count", "count", "share")
    names = ("cohort", "month", "customers", "active", "share")
    rows = [row for group in reversed(groups) for row in group]
    return series("cohort_active", dict(zip(names, units, strict=True)), rows)


def _purchase_counts(customers: pandas.DataFrame) -> Series:
    """Customers by number of orders; the last row holds ten and more."""
    times = customers["order_count"].clip(upper=LONGEST_COUNT).value_counts().sort_index()
    rows = [(n, count, count / len(customers)) for n, count in times.items()]
    columns = {"times": "count", "customers": "count", "share": "share"}
    return series("purchase_counts", columns, rows)


def _f_curve(customers: pandas.DataFrame) -> Series:
    """Customers with at least k orders and their share of those with k − 1 (1 at the start).

    It ends where one customer is left: a share of one is all or nothing.
    """
    reached = [int((customers["order_count"] >= k).sum()) for k in range(1, CURVE_STEPS + 1)]
    rows = [(1, reached[0], 1.0)]
    for k in range(1, CURVE_STEPS):
        if not reached[k] or reached[k - 1] == 1:
            break
        rows.append((k + 1, reached[k], reached[k] / reached[k - 1]))
    return series("f_curve", {"step": "count", "customers": "count", "rate": "share"}, rows)
