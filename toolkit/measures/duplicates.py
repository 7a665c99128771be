"""Customer records that stand for one person (重複顧客), by exact keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import bounded, wilson

if TYPE_CHECKING:
    from toolkit.intake.persons.persons import Matches
    from toolkit.measures.summaries import Summaries

SHARE, EXTRA = "crm.duplicate_share", "crm.duplicate_records_count"


def duplicate_facts(s: Summaries) -> Iterator[Fact]:
    """Records that share a person with another record ÷ records, and the records too many.

    Who is one person was decided while reading, from mail, phone, name and birthday that agree
    exactly; the values themselves are gone. Records are those of the list of customers, or,
    without one, the customer codes in the orders where no guest is among them.
    """
    if not s.tables:
        return
    if s.matches is None:
        reason = "no_column" if s.has("customers") or s.has("orders") else "no_table"
        yield from (unknown(name, reason) for name in (SHARE, EXTRA))
        return
    records = _records(s, s.matches)
    if not records:
        yield from (unknown(name, "no_rows") for name in (SHARE, EXTRA))
        return
    persons = s.matches.persons
    person = persons.loc[persons["key"].isin(records), "person"]
    sizes = person.value_counts()
    n, hits = len(person), int(sizes[sizes > 1].sum())
    yield bounded(Fact(id=SHARE, value=hits / n, n=n), wilson(hits, n))
    yield Fact(id=EXTRA, value=n - len(sizes), n=n)


def customer_records(s: Summaries) -> int:
    """Number of customer records looked at for duplicates; 0 where none can be told."""
    if s.matches is None:
        return 0
    records = _records(s, s.matches)
    return int(s.matches.persons["key"].isin(records).sum()) if records else 0


def _records(s: Summaries, matches: Matches) -> set[str]:
    """The customer codes that are a record of their own."""
    places = matches.places
    if s.has("customers", "customer_id"):
        listed = set(s.tables["customers"]["_file"])
        return set(places.loc[places["file"].isin(listed), "key"])
    return set(places["key"]) if not matches.counts["guest_keys"] else set()
