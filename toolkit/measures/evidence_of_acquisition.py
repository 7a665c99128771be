"""Rows behind leads, visits, advertising and promotions; no names, no free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

# Columns kept of each table, the one they are ordered by first; staff names stay in the file.
TABLES = {
    "leads": ("created_at", "lead_id", "source", "stage", "won_at", "lost_at", "amount"),
    "traffic": ("date", "channel", "paid", "sessions", "carts", "checkouts", "orders"),
    "ad_spend": ("month", "channel", "amount", "new_customers"),
    "promotions": ("date", "kind", "sends", "cost", "responses"),
}
DATES = ("created_at", "won_at", "lost_at", "date")


def acquisition_evidence(s: Summaries) -> dict[str, pandas.DataFrame]:
    """A row per lead, day and source, month and channel, and promotion, the latest first."""
    return {table: _rows(s, table) for table in TABLES if s.has(table)}


def _rows(s: Summaries, table: str) -> pandas.DataFrame:
    frame = s.tables[table]
    columns = [name for name in TABLES[table] if name in frame]
    made = frame[[*columns, "_file", "_row"]].rename(columns={"_file": "file", "_row": "row"})
    made = made.sort_values(
        [columns[0], "file", "row"], ascending=[False, True, True], kind="stable"
    )
    for name in set(DATES) & set(columns):
        made[name] = made[name].dt.strftime("%Y-%m-%d")
    return made.reset_index(drop=True)
