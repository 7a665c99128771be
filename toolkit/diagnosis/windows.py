"""Second orders under other windows and cohorts than the report's, from the saved evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.measures.intervals import wilson

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.document import Diagnosis

ORDERS = ("first", "second")
COHORTS = {"year": 4, "month": 7}
"""How much of an ISO date names the cohort of a customer's first order."""


def second_orders(
    diagnosis: Diagnosis, window_days: int = 180, *, by: str | None = None
) -> pd.DataFrame:
    """F2 conversion within a window of one's own choice, with its 80 % interval.

    The definition is that of ``customers.f2_conversion``: calendar days from first to second
    order, among customers whose first order is at least the window old.

    Args:
        diagnosis: one with its evidence, as made or as loaded from its folder.
        window_days: days within which the second order counts.
        by: ``year`` or ``month`` of the first order; None for all customers together.

    Returns:
        A row a cohort: ``cohort``, ``customers``, ``again``, ``rate``, ``low``, ``high``; cohorts
        without a customer old enough are left out.

    Raises:
        UsageError: there is no evidence of orders, it holds the largest customers only, or the
            cohort is of no known kind.
    """
    import pandas as pd

    frame = diagnosis.evidence.get("orders")
    if frame is None:
        raise UsageError("no_order_evidence")
    if len(frame) < (diagnosis.fact("customers.count").number or 0):
        raise UsageError("evidence_cut", params={"rows": f"{len(frame):,}"})
    if by is not None and by not in COHORTS:
        raise UsageError("cohort_unknown", params={"by": by, "known": ", ".join(COHORTS)})
    first, second = (pd.to_datetime(frame[f"{name}_order"]).dt.normalize() for name in ORDERS)
    old_enough = (pd.Timestamp(diagnosis.as_of) - first).dt.days >= window_days
    again = (second - first).dt.days <= window_days
    cohort = frame["first_order"].str[: COHORTS[by]] if by else pd.Series("", index=frame.index)
    counted = pd.DataFrame({"cohort": cohort, "again": again})[old_enough]
    made = counted.groupby("cohort")["again"].agg(customers="count", again="sum").reset_index()
    made["rate"] = made["again"] / made["customers"]
    spans = [wilson(hits, n) for hits, n in zip(made["again"], made["customers"], strict=True)]
    made["low"] = [span.low if span else None for span in spans]
    made["high"] = [span.high if span else None for span in spans]
    return made
