"""Where each new customer came from, as the client's own lists say (獲得経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.kept import kept
from toolkit.measures.labels import folded
from toolkit.measures.months import day_number
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries


@kept
def new_customers(s: Summaries) -> pandas.DataFrame | None:
    """A row per customer: day of the first order, and its source where one is noted.

    Columns day and source (folded, missing where not known); the index is the customer. The
    source is that of the customer list; where it names none at all, the channel of the first
    order. Without orders the customer list's own first day stands; None without either.
    """
    if s.customers is not None:
        made = s.customers.set_index("customer_id")[["first_day", "first_channel"]]
        made = made.rename(columns={"first_day": "day", "first_channel": "source"})
        listed = _listed(s)
        if listed is not None:
            made["source"] = listed["source"].reindex(made.index)
    else:
        found = _listed(s)
        if found is None or found["day"].isna().all():
            return None
        made = found.dropna(subset=["day"])
    return made.assign(source=made["source"].map(folded, na_action="ignore"))


def _listed(s: Summaries) -> pandas.DataFrame | None:
    """Day and source of the customer list; None where it names no source."""
    if not s.has("customers", "customer_id", "channel"):
        return None
    frame = s.tables["customers"].drop_duplicates("customer_id")
    if frame["channel"].isna().all():
        return None
    days = day_numbers(frame["first_date"]) if "first_date" in frame else float("nan")
    made = frame[["customer_id", "channel"]].assign(day=days).set_index("customer_id")
    return made.rename(columns={"channel": "source"})


def named(customers: pandas.DataFrame, labels: Iterable[str]) -> bool:
    """Whether every one of these sources stands in the list at least once.

    A source that has brought customers and is nowhere in the list is written differently
    there: a share reckoned from it would be too low.
    """
    return {folded(label) for label in labels} <= set(customers["source"].dropna())


def until(customers: pandas.DataFrame, last: date) -> pandas.DataFrame:
    """Those who came not later than a day."""
    return customers[customers["day"] < day_number(last) + 1]
