"""Warnings: what is read as it stands and yet deserves a look; they change no outcome."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from toolkit.intake.columns import word_form
from toolkit.intake.journey import journey_warnings
from toolkit.intake.notes import Note
from toolkit.intake.setting import Setting
from toolkit.intake.working import Working


def warnings_of(
    works: Sequence[Working], repeated: Sequence[Sequence[bool]], setting: Setting
) -> tuple[Note, ...]:
    """The warnings of a table."""
    kind = works[0].kind.name
    if kind == "orders":
        notes = [_refunds(works, repeated), _unclear_status(works, setting)]
        return tuple(note for note in notes if note is not None)
    return journey_warnings(works) if kind == "journey" else ()


def _refunds(works: Sequence[Working], repeated: Sequence[Sequence[bool]]) -> Note | None:
    """Customers whose refunds exceed what they bought."""
    amounts: dict[str, list[float]] = {}
    for work, again in zip(works, repeated, strict=True):
        columns = work.columns
        for index in work.live():
            customer = columns["customer_id"][index]
            if customer is not None and not work.cancelled[index] and not again[index]:
                amounts.setdefault(customer, []).append(columns["amount"][index])
    count = sum(fsum(values) < 0 for values in amounts.values())
    return Note(code="refund_exceeds_sales", count=count) if count else None


def _unclear_status(works: Sequence[Working], setting: Setting) -> Note | None:
    """Rows whose status sounds like a cancellation but is no known word for one."""
    count = 0
    for work in works:
        if work.rules.cancelled is not None or "status" not in work.columns:
            continue
        for index in work.live():
            status = work.columns["status"][index]
            if status is None or work.cancelled[index]:
                continue
            count += any(hint in word_form(status) for hint in setting.words.cancel_hints)
    return Note(code="status_unclear", count=count) if count else None
