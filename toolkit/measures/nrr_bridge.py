"""From the recurring revenue of a year ago to today's of the same accounts (MRRの増減)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.contracts import mrr_by_account
from toolkit.measures.items import largest_items
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

BRIDGE = "contracts.mrr_bridge"
SIGNS = {"churned": -1.0, "reduced": -1.0, "expanded": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Monthly amounts of the accounts of a year ago: then, what each part moved, and now.

    ``parts`` holds the amount moved by account for churned, reduced and expanded, all positive.
    """

    start: float
    parts: Mapping[str, pandas.Series[float]]
    accounts: int

    @property
    def end(self) -> float:
        """The monthly amount of the same accounts now."""
        return self.start + sum(
            SIGNS[part] * float(moved.sum()) for part, moved in self.parts.items()
        )


def nrr_bridge_facts(s: Summaries) -> Iterator[Fact]:
    """``contracts.mrr_bridge`` by part: start, churned, reduced, expanded, end; in yen a month.

    start − churned − reduced + expanded = end, and end ÷ start is the net retention.
    """
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "mrr"):
        return
    found = bridge(s.contracts, s.as_of)
    if found is None:
        yield unknown(BRIDGE, "immature")
        return
    over = period(months_before(s.as_of, MONTHS_A_YEAR), s.as_of)
    yield Fact(id=BRIDGE, value=found.start, n=found.accounts, by={"part": "start"}, period=over)
    for part, moved in found.parts.items():
        yield Fact(
            id=BRIDGE,
            value=float(moved.sum()),
            n=len(moved),
            by={"part": part},
            period=over,
            items=largest_items(moved),
        )
    yield Fact(id=BRIDGE, value=found.end, n=found.accounts, by={"part": "end"}, period=over)


def bridge(contracts: pandas.DataFrame, today: date) -> Bridge | None:
    """What became of the accounts of a year ago; None where there was none yet."""
    old = mrr_by_account(contracts, months_before(today, MONTHS_A_YEAR))
    if not len(old):
        return None
    new = mrr_by_account(contracts, today)
    stayed = old.index.intersection(new.index)
    change = new.loc[stayed] - old.loc[stayed]
    return Bridge(
        start=float(old.sum()),
        parts={
            "churned": old.drop(stayed),
            "reduced": -change[change < 0],
            "expanded": change[change > 0],
        },
        accounts=len(old),
    )


def nrr_bridge_series(s: Summaries) -> Iterator[Series]:
    """``nrr_bridge``: what each part added (+) or took (−), in yen and as a share of the start."""
    if s.contracts is None or s.contracts.empty or not s.has("contracts", "mrr"):
        return
    found = bridge(s.contracts, s.as_of)
    if found is None or found.start <= 0:
        return
    rows = [
        (part, amount, amount / found.start)
        for part, moved in found.parts.items()
        for amount in [SIGNS[part] * float(moved.sum())]
    ]
    yield series("nrr_bridge", {"item": "text", "amount": "yen", "change": "share"}, rows)
