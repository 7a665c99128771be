"""Series of business accounts for the charts: revenue bridge, use by month, ranked requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.measures.health import health_series
from toolkit.measures.months import month_end, month_label, month_number, month_start
from toolkit.measures.nrr_bridge import nrr_bridge_series
from toolkit.measures.requests import request_series
from toolkit.measures.series import series
from toolkit.measures.usage import usage_coverage, use_by_account

if TYPE_CHECKING:
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

LONGEST_MONTHS = 36


def account_series(s: Summaries) -> Iterator[Series]:
    """``nrr_bridge``, ``usage_by_month``, ``requests_ranked`` and ``health_trial``."""
    yield from nrr_bridge_series(s)
    yield from _usage(s)
    yield from request_series(s)
    yield from health_series(s)


def _usage(s: Summaries) -> Iterator[Series]:
    """Accounts under contract at the end of each full month, and those with a launch in it."""
    covered = usage_coverage(s)
    if s.contracts is None or s.contracts.empty or covered is None:
        return
    if not s.has("usage", "active_users"):
        return
    last, rows = month_number(covered.last), []
    for month in range(max(month_number(covered.first), last - LONGEST_MONTHS + 1), last + 1):
        before, end = month_end(month - 1), month_end(month)
        if end > s.as_of or not covered.holds(month_start(month), end):
            continue
        used = use_by_account(s, s.contracts, before, end)
        rows.append((month_label(month), len(used), int(used["launched"].sum())))
    columns = {"month": "text", "accounts": "count", "active": "count"}
    if rows:
        yield series("usage_by_month", columns, rows)
