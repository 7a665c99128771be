"""A check for each key that an entry of the manifest may expect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manifest_checks.batches import batch
from manifest_checks.figures import accepted_rows, count, dates, figure, outcome, values
from manifest_checks.reading import Read
from manifest_checks.safety import (
    max_rss_mb,
    max_seconds,
    must_not_contain,
    must_not_create,
    must_not_execute,
    must_not_write_outside,
    no_traceback,
)
from manifest_checks.telling import code, location, locations, suggests, warnings
from manifest_checks.texts import no_formula_cell, roundtrip, text_shown_verbatim

CHECKS: dict[str, Callable[[Read, Any], None]] = {
    "outcome": outcome,
    **{name: count(name) for name in ("rows_total", "rows_accepted", "rows_quarantined")},
    "rows_deduplicated": count("rows_deduplicated"),
    **{name: figure(name) for name in ("amount_sum", "minutes_sum", "distinct_customers")},
    "dates": dates,
    "values": values,
    "location": location,
    "locations": locations,
    "accepted_rows": accepted_rows,
    "warnings": warnings,
    "code": code,
    "suggests": suggests,
    "must_not_contain": must_not_contain,
    "no_traceback": no_traceback,
    "max_seconds": max_seconds,
    "max_rss_mb": max_rss_mb,
    "must_not_execute": must_not_execute,
    "must_not_create": must_not_create,
    "must_not_write_outside": must_not_write_outside,
    "text_shown_verbatim": text_shown_verbatim,
    "roundtrip": roundtrip,
    "no_formula_cell": no_formula_cell,
    "batch": batch,
}
APART = ("accept_also",)  # widens what the outcome may be
SLOW = ("batch",)
