"""From a journal (仕訳帳) to receivables: what was invoiced, and what has cleared it.

Every row of the journal has one fate: used, repeated (its entry was exported twice), dropped (it
is not about receivables), or quarantined with its fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from toolkit.intake.adapters.fifo import NOTHING, Settled, Settlement, settle_oldest_first
from toolkit.intake.adapters.journal_entries import Entries, JournalLayout
from toolkit.intake.adapters.journal_postings import Fault, JournalReaders, Postings
from toolkit.intake.notes import Note

HEADER = ("invoice_id", "customer_id", "invoiced_at", "amount", "paid_at", "paid_amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over the journal: invoiced − cleared = still open − credits."""

    invoiced: Decimal
    cleared: Decimal
    open: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivables:
    """A table of receivables as text, and the fate of every row of the journal.

    ``cells`` has a row for each invoice under ``header``; ``origins`` is the index of the journal
    row that raised it. used + repeated + dropped + len(faults) = rows of the journal.
    """

    header: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    origins: tuple[int, ...]
    used: int
    repeated: int
    dropped: int
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    totals: Totals


def journal_receivables(
    columns: Mapping[str, Sequence[str]], layout: JournalLayout, readers: JournalReaders
) -> Receivables:
    """Receivables from a journal, its payments matched to invoices oldest first.

    Args:
        columns: the text of every column by its header, all equally long, in the file's order;
            the years of one client belong in one call, else no payment finds last year's invoice.
        layout: which header plays which part, and the names of accounts.
        readers: parsers of amounts and of dates.

    Returns:
        One row an invoice: ``amount`` is what was invoiced less reductions, ``paid_amount`` what
        came in for it, ``paid_at`` the day of the last clearing once nothing is open.

    Raises:
        KeyError: the number, date or account of a side has no column.
    """
    journal = Entries(columns, layout)
    postings = Postings(journal, readers)
    settlement = settle_oldest_first(postings.raised, postings.cleared)
    ids = postings.ids()
    return Receivables(
        header=HEADER,
        cells=tuple(_row(item, ids[item.raised.place]) for item in settlement.invoices),
        origins=tuple(item.raised.place // 2 for item in settlement.invoices),
        used=len(journal.relevant) - len(postings.faults),
        repeated=journal.repeated,
        dropped=journal.rows - len(journal.relevant) - journal.repeated,
        faults=tuple(postings.faults[index] for index in sorted(postings.faults)),
        notes=(*postings.notes, *_notes(journal, postings, settlement)),
        totals=_totals(postings, settlement),
    )


def _row(item: Settled, invoice_id: str) -> tuple[str, ...]:
    settled = item.settled_at is not None and item.paid > 0
    return (
        invoice_id,
        item.raised.customer,
        _day(item.raised.day),
        _plain(item.raised.amount - item.reduced),
        _day(item.settled_at) if settled and item.settled_at else "",
        _plain(item.paid),
    )


def _day(value: datetime) -> str:
    return value.date().isoformat()


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _totals(postings: Postings, settlement: Settlement) -> Totals:
    return Totals(
        invoiced=_sum(item.amount for item in postings.raised),
        cleared=_sum(item.amount for item in postings.cleared),
        open=_sum(item.open for item in settlement.invoices),
        credit=_sum(settlement.credits.values()),
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, NOTHING)


def _notes(journal: Entries, postings: Postings, settlement: Settlement) -> Iterator[Note]:
    """What was made of the journal, and what stands out in it."""
    items = settlement.invoices
    if journal.repeated:
        yield Note(code="duplicates", count=journal.repeated)
    if items:
        yield Note(code="journal_invoices", count=len(items))
    if postings.openings:
        yield Note(code="journal_opening", count=postings.openings)
    reduced = [item.reduced for item in items if item.reduced]
    if reduced:
        yield Note(
            code="journal_reduced",
            count=len(reduced),
            params={"amount": f"{_sum(reduced).normalize():,f}"},
        )
    early = sum(item.early for item in items)
    if early:
        yield Note(code="journal_early", count=early)
    if settlement.credits:
        amount = _sum(settlement.credits.values())
        params = {"amount": f"{amount.normalize():,f}"}
        yield Note(code="journal_credit", count=len(settlement.credits), params=params)
