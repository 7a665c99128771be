"""Series of items and channels for the charts: what each leaves, the losing ones marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.measures.channels import LEAST_ORDERS, channels
from toolkit.measures.contribution import item_contributions
from toolkit.measures.lines import covered_orders, twelve_full_months
from toolkit.measures.series import series

if TYPE_CHECKING:
    from toolkit.measures.lines import Stretch12
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

LARGEST, LOSING = 8, 4
TONE = {True: "high", False: "plain"}


def assortment_series(s: Summaries) -> Iterator[Series]:
    """Contribution of the largest and of losing items, and the rate of each channel."""
    covered = covered_orders(s)
    if covered is None:
        return
    over = twelve_full_months(covered)
    yield from _items(s, over)
    yield from _channels(s, over)


def _items(s: Summaries, over: Stretch12) -> Iterator[Series]:
    """The largest items by sales, then those of the others that lose most."""
    table, _ = item_contributions(s, over)
    if table is None:
        return
    known = table["contribution"].dropna()
    rest = known.iloc[LARGEST:]
    losing = rest[rest < 0].sort_values(kind="stable").head(LOSING)
    shown = [*known.head(LARGEST).items(), *losing.items()]
    rows = [(str(name), float(value), TONE[bool(value < 0)]) for name, value in shown]
    columns = {"label": "text", "value": "yen", "tone": "text"}
    if rows:
        yield series("item_contribution", columns, rows)


def _channels(s: Summaries, over: Stretch12) -> Iterator[Series]:
    """Channels with enough orders and a known figure, the best first."""
    found, _, _ = channels(s, over)
    rates = [
        (one.rate, one.name)
        for one in found or ()
        if one.orders >= LEAST_ORDERS and one.rate is not None
    ]
    rows = [
        (name, rate, TONE[rate < 0]) for rate, name in sorted(rates, key=lambda r: (-r[0], r[1]))
    ]
    columns = {"label": "text", "value": "share", "tone": "text"}
    if rows:
        yield series("channel_contribution", columns, rows)
