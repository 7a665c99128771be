"""Whether orders and customers can be joined by a key, and what should not be in the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.orders import order_period

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries


def crm_facts(s: Summaries) -> Iterator[Fact]:
    """Orders whose key is found in the customers' table, and columns with personal data."""
    if s.tables:
        yield Fact(id="crm.personal_columns_count", value=s.personal_columns)
    if s.orders is None or s.orders.empty or not s.has("customers", "customer_id"):
        return
    keyed = s.orders[s.orders["customer_id"].notna()]
    n = len(keyed)
    if n:
        hits = int(keyed["customer_id"].isin(s.tables["customers"]["customer_id"]).sum())
        share = Fact(id="crm.key_match_share", value=hits / n, n=n, period=order_period(s))
        yield bounded(share, wilson(hits, n))
