"""Marketplaces: which channels are one, and how much of sales hangs on the largest (モール)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import Compared, Stretch, against_past, both_ids
from toolkit.measures.house import entries
from toolkit.measures.lines import covered_orders, span_of, twelve_months, well_known
from toolkit.measures.orders import between, buyers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

TOP = "acquisition.top_marketplace_share"
YEARS = both_ids(TOP, "yoy")


def marketplace_of(s: Summaries, channel: str, field: str = "names") -> str | None:
    """Id of the marketplace a channel's label names; None for a shop of one's own.

    ``names`` and ``not`` of ``content/marketplaces.toml`` decide: 楽天市場店 is Rakuten, while a
    label that speaks of advertising or of a means of payment is no marketplace. With ``field``
    ``ads`` the labels are those of advertising media.
    """
    label = plain(channel)
    for name, entry in entries(s, "marketplaces").items():
        if field == "names" and any(plain(one) in label for one in entry.get("not", ())):
            continue
        if any(plain(one) in label for one in entry.get(field, ())):
            return name
    return None


def plain(label: str) -> str:
    """A label as it is compared: width, case and white space do not matter."""
    return "".join(unicodedata.normalize("NFKC", label).casefold().split())


def marketplace_facts(s: Summaries) -> Iterator[Fact]:
    """Share of the largest marketplace in sales of twelve months, and against a year ago."""
    covered = covered_orders(s)
    if covered is None or s.orders is None:
        return
    if not s.has("orders", "channel"):
        yield from (unknown(fact_id, "no_column") for fact_id in (TOP, *YEARS))
        return
    over = twelve_months(covered)
    orders = s.orders[["channel", "day_no", "amount"]]
    span, recent = span_of(covered, over), between(orders, over.after, over.upto)
    sums, why = _by_marketplace(s, recent)
    if sums is None:
        yield from (unknown(fact_id, why, period=span) for fact_id in (TOP, *YEARS))
        return
    largest = _largest(sums)
    found = _share(s, recent, largest)
    assert found is not None
    items = () if largest is None else (_item(s, recent, largest, sums[largest]),)
    fact = Fact(id=TOP, value=found.value, n=found.n, period=span, items=items)
    yield intervals.bounded(fact, found.interval)
    yield from against_past(
        Compared(fact_id=TOP, covered=covered, table="orders"),
        "yoy",
        lambda after, upto: _share(s, between(orders, after, upto), largest),
    )


def _by_marketplace(s: Summaries, orders: pandas.DataFrame) -> tuple[dict[str, float] | None, str]:
    """Sales by marketplace id; None where too much of the sales has no channel named."""
    total = float(orders["amount"].sum())
    if total <= 0:
        return None, "zero_base" if len(orders) else "no_rows"
    sums = orders.dropna(subset=["channel"]).groupby("channel")["amount"].sum()
    if not well_known(s, float(sums.sum()), total):
        return None, "no_rows"
    made: dict[str, float] = {}
    for channel, amount in sums.items():
        name = marketplace_of(s, str(channel))
        if name is not None:
            made[name] = made.get(name, 0.0) + float(amount)
    return made, ""


def _largest(sums: dict[str, float]) -> str | None:
    return min(sums, key=lambda name: (-sums[name], name), default=None)


def _item(s: Summaries, orders: pandas.DataFrame, name: str, amount: float) -> Item:
    """The marketplace under the label that the client's own orders carry most."""
    counts = orders["channel"].value_counts().sort_index(kind="stable")
    own = [label for label in counts.index if marketplace_of(s, str(label)) == name]
    return Item(key=name, label=str(counts[own].idxmax()), value=amount)


def _share(s: Summaries, orders: pandas.DataFrame, name: str | None) -> Stretch | None:
    """Share of one marketplace in sales, buyers as clusters; None without enough known."""
    sums, _ = _by_marketplace(s, orders)
    if sums is None:
        return None
    ids = {one: marketplace_of(s, str(one)) for one in orders["channel"].dropna().unique()}
    theirs = orders["amount"].where(orders["channel"].map(ids) == name, 0.0)
    who = buyers(s, "g")[orders.index]
    table = orders.assign(theirs=theirs).groupby(who)[["theirs", "amount"]].sum()
    top, bottom = table["theirs"].to_numpy(float), table["amount"].to_numpy(float)
    value = float(top.sum() / bottom.sum())
    return Stretch(value=value, interval=intervals.share_of_sum(top, bottom), n=len(orders))
