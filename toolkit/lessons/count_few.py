"""A dozen lines of a client to count by hand, chosen so that every slip shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.order_counts import REPEAT, OrderCounts

if TYPE_CHECKING:
    import pandas as pd

MOST_LINES: Final = 4  # of one customer
WANTED: Final = {"repeat": 1, "several_lines": 3, "cancelled": 2}
GUESTS: Final = 2
LETTERS: Final = "ABCDEFGHIJ"


def few_lines(counts: OrderCounts) -> pd.DataFrame | None:
    """Lines of a few customers in the order of days; None where nobody of these ordered twice.

    Columns: line (from 1), order_id, customer (a letter, blank for a guest), order_date, amount,
    cancelled.
    """
    chosen = [key for kind in WANTED for key in _chosen(counts, kind)]
    if not _chosen(counts, "repeat"):
        return None
    lines = counts.lines
    picked = lines["customer_id"].isin(chosen) | lines["order_id"].isin(_guests(counts))
    made = lines[picked].reset_index(drop=True)
    seen = list(dict.fromkeys(made["customer_id"].dropna()))
    names = dict(zip(seen, LETTERS, strict=False))
    made.insert(0, "line", range(1, len(made) + 1))
    made["customer_id"] = made["customer_id"].map(names)
    return made.rename(columns={"customer_id": "customer"})


def _chosen(counts: OrderCounts, kind: str) -> list[str]:
    """The customers of a kind with the fewest lines, the latest first."""
    people = _people(counts)
    one, uncancelled = people["orders"] == 1, people["cancelled"] == 0
    of_kind = {
        "repeat": (people["orders"] == REPEAT) & uncancelled,
        "several_lines": one & (people["lines"] >= REPEAT) & uncancelled,
        "cancelled": one & (people["cancelled"] == 1),
    }
    fit = people[of_kind[kind] & (people["lines"] <= MOST_LINES)].reset_index()
    order = fit.sort_values(["lines", "last", "customer_id"], ascending=[True, False, True])
    return [str(key) for key in order["customer_id"].head(WANTED[kind])]


def _people(counts: OrderCounts) -> pd.DataFrame:
    """Per customer: all lines, orders that count, cancelled orders, day of the last line."""
    by = counts.lines.groupby("customer_id")
    cancelled = counts.lines[counts.lines["cancelled"]].groupby("customer_id")["order_id"]
    made = by.agg(lines=("order_id", "size"), last=("order_date", "max"))
    made["orders"] = counts.per_customer
    made["cancelled"] = cancelled.nunique()
    return made.fillna({"orders": 0, "cancelled": 0})


def _guests(counts: OrderCounts) -> list[str]:
    """Guest orders of one line, the latest first."""
    guests = counts.kept[counts.kept["customer_id"].isna()]
    single = guests[~guests["order_id"].duplicated(keep=False)]
    return [str(key) for key in single["order_id"].tail(GUESTS)]
