"""What one send costs and how often a customer record is sent to (販促1通の費用)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import within
from toolkit.measures.duplicates import customer_records
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period_after
from toolkit.measures.promotions import PROMOTIONS
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

EACH, TIMES = "promotions.cost_per_send_yen", "crm.sends_per_record_12m"


def send_cost_facts(s: Summaries) -> Iterator[Fact]:
    """Cost ÷ sends of the promotions of twelve months, and sends ÷ customer records."""
    if not s.has(PROMOTIONS, "sends", "cost"):
        reason = "no_column" if s.has(PROMOTIONS) else "no_table"
        yield from (unknown(one, reason, needs=(PROMOTIONS,)) for one in (EACH, TIMES))
        return
    after = months_before(s.as_of, MONTHS_A_YEAR)
    span, rows = period_after(after, s.as_of), _rows(s)
    recent = rows[within(day_numbers(rows["date"]), after, s.as_of)]
    sends = float(recent["sends"].sum())
    if sends <= 0:
        yield from (
            unknown(one, "no_rows", period=span, needs=(PROMOTIONS,)) for one in (EACH, TIMES)
        )
        return
    cost = float(recent["cost"].sum())
    yield Fact(id=EACH, value=cost / sends, n=round(sends), period=span, needs=(PROMOTIONS,))
    records = customer_records(s)
    if not records:
        yield unknown(TIMES, "no_column", period=span, needs=("customers",))
        return
    yield Fact(id=TIMES, value=sends / records, n=records, period=span)


def _rows(s: Summaries) -> pandas.DataFrame:
    """Promotions whose sends and cost are both noted."""
    made: pandas.DataFrame = s.tables[PROMOTIONS].dropna(subset=["date", "sends", "cost"])
    return made
