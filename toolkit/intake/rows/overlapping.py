"""Orders that stand in the exports of two systems, or in two exports of one: counted once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from toolkit.intake.notes import Note
from toolkit.intake.rows.working import Fate, Working

if TYPE_CHECKING:
    import pandas

SAME_DAYS = 0.8  # share of equal ids with equal days from which two systems hold the same orders


def settle_exports(works: Sequence[Working]) -> None:
    """Drop rows of orders that another export tells of, and tell equal ids of others apart.

    Two exports of one system with an order number in common hold the same order; so do those of
    two systems (a mall and the software that manages its orders) where the days agree too. Else
    two shops happen to count alike: the ids of one get its system's name. Of two exports that
    hold an order the one that knows more of its customers counts.
    """
    exports: dict[str, list[Working]] = {}
    for work in works:
        if work.mapping is not None and work.mapping.system is not None:
            exports.setdefault(work.mapping.name, []).append(work)
    if len(exports) < 2:
        return
    ranked = sorted(exports, key=lambda name: (-_customers_known(exports[name]), name))
    for one, other in combinations(ranked, 2):
        _settle_pair(exports[one], exports[other])


def _customers_known(works: Sequence[Working]) -> float:
    """Share of live rows with a customer."""
    rows = sum(len(work.live()) for work in works)
    known = sum(
        len(values) - values.null_count
        for work in works
        if "customer_id" in work.columns
        for values in (work.values("customer_id"),)
    )
    return known / rows if rows else 0.0


def _settle_pair(ours: Sequence[Working], theirs: Sequence[Working]) -> None:
    mine, others = _days(ours), _days(theirs)
    shared = mine.index.intersection(others.index)
    if not len(shared):
        return
    same = bool((mine[shared] == others[shared]).mean() >= SAME_DAYS)
    if same or _system(ours[0]) == _system(theirs[0]):
        for work in theirs:
            _drop(work, shared, _system(ours[0]))
    else:
        for work in theirs:
            _tell_apart(work)


def _system(work: Working) -> str:
    return work.mapping.system or "" if work.mapping else ""


def _days(works: Sequence[Working]) -> pandas.Series[pandas.Timestamp]:
    """The first day of every live order."""
    import pandas as pd

    rows = pd.concat(
        [
            pd.DataFrame(
                {name: work.values(name).to_pandas() for name in ("order_id", "order_date")}
            )
            for work in works
        ]
    )
    days: pandas.Series[pandas.Timestamp] = (
        rows["order_date"].dt.normalize().groupby(rows["order_id"]).min()
    )
    return days


def _drop(work: Working, shared: pandas.Index[str], system: str) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array(shared.to_list(), pa.string())
    told = pc.is_in(work.columns["order_id"], ids).to_numpy(zero_copy_only=False)
    gone = np.flatnonzero(told & (work.fates == Fate.ACCEPTED))
    work.fates[gone] = Fate.DEDUPLICATED
    if len(gone):
        words = {"system": f"adapters.system.{system}"}
        work.notes.append(Note(code="order_elsewhere", count=len(gone), words=words))


def _tell_apart(work: Working) -> None:
    """Put the system's name before every order id of a file."""
    import pyarrow.compute as pc

    named = pc.binary_join_element_wise(_system(work), work.columns["order_id"], ":")
    work.columns["order_id"] = named
