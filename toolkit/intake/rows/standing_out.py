"""Warnings: what is read as it stands and yet deserves a look; they change no outcome."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING, Any

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.notes import Note
from toolkit.intake.rows.journey import journey_warnings
from toolkit.intake.rows.working import Working
from toolkit.intake.setting import Setting
from toolkit.intake.values.distinct import of_texts

if TYPE_CHECKING:
    import numpy


def warnings_of(
    works: Sequence[Working], repeated: Sequence[numpy.ndarray[Any, Any]], setting: Setting
) -> tuple[Note, ...]:
    """The warnings of a table."""
    kind = works[0].kind.name
    if kind == "orders":
        notes = [_refunds(works, repeated), _unclear_status(works, setting)]
        return tuple(note for note in notes if note is not None)
    return journey_warnings(works) if kind == "journey" else ()


def _refunds(works: Sequence[Working], repeated: Sequence[numpy.ndarray[Any, Any]]) -> Note | None:
    """Customers whose refunds exceed what they bought."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = []
    for work, again in zip(works, repeated, strict=True):
        counted = np.flatnonzero((work.fates == 0) & ~work.cancelled & ~again)
        names = ("customer_id", "amount")
        parts.append(pa.table({n: work.columns[n].take(pa.array(counted)) for n in names}))
    rows = pa.concat_tables(parts).drop_null()
    if not len(rows) or not (rows["amount"].to_numpy() < 0).any():
        return None
    refunded = rows.filter(pc.less(rows["amount"], 0))["customer_id"].unique()
    frame = rows.filter(pc.is_in(rows["customer_id"], refunded)).to_pandas()
    sums = frame.groupby("customer_id")["amount"].agg(fsum)
    count = int((sums < 0).sum())
    return Note(code="refund_exceeds_sales", count=count) if count else None


def _unclear_status(works: Sequence[Working], setting: Setting) -> Note | None:
    """Rows whose status sounds like a cancellation but is no known word for one."""
    hints = setting.words.cancel_hints
    count = 0
    for work in works:
        if work.rules.cancelled or "status" not in work.columns:
            continue
        status = work.columns["status"].fill_null("")
        sounds = of_texts(status, lambda text: any(hint in word_form(text) for hint in hints))
        count += int((sounds & (work.fates == 0) & ~work.cancelled).sum())
    return Note(code="status_unclear", count=count) if count else None
