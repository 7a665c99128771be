"""Requests from customers: how many are scored, and which come first (要望の採点と順位)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.labels import labelled
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period_after
from toolkit.measures.rows import day_numbers
from toolkit.measures.series import series

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

SCORED = "requests.scored_share"
SCORES = ("importance", "urgency", "value")
LONGEST = 500
COLUMNS = {
    "rank": "count",
    "request_id": "text",
    "output": "score",
    "effort": "ratio",
    "ratio": "ratio",
    "horizon": "text",
}


def request_facts(s: Summaries) -> Iterator[Fact]:
    """Of the requests of the last twelve months, those with all three scores."""
    from toolkit.measures.compare import within

    if not s.has("requests", "date", *SCORES):
        return
    frame, start = s.tables["requests"], months_before(s.as_of, MONTHS_A_YEAR)
    recent = frame[within(day_numbers(frame["date"]), start, s.as_of)]
    n = len(recent)
    if not n:
        return
    hits = int(recent[list(SCORES)].notna().all(axis=1).sum())
    over = period_after(start, s.as_of)
    yield bounded(Fact(id=SCORED, value=hits / n, n=n, period=over), wilson(hits, n))


def ranked_requests(s: Summaries) -> pandas.DataFrame | None:
    """Open scored requests, the one to do first on top; None where none can be ranked.

    By output (importance + urgency + value) ÷ effort, but long-term work gets its share of the
    effort: whenever less than the share kept for it has gone to long work so far, the best of
    the long ones comes next.

    Returns:
        Columns request_id, output, effort, ratio, horizon (long or short), file, row.
    """
    if not s.has("requests", *SCORES, "effort"):
        return None
    frame = s.tables["requests"]
    if "status" in frame:
        frame = frame[~_closed(s, frame["status"])]
    frame = frame.dropna(subset=[*SCORES, "effort"])
    frame = frame[frame["effort"] > 0]
    if frame.empty:
        return None
    long = labelled(s, frame["horizon"], "long_term") if "horizon" in frame else False
    output = frame[list(SCORES)].astype(float).sum(axis=1)
    made = frame[["request_id"]].assign(
        output=output,
        effort=frame["effort"].astype(float),
        ratio=output / frame["effort"].astype(float),
        long=long,
        file=frame["_file"],
        row=frame["_row"],
    )
    made = made.sort_values(["ratio", "request_id"], ascending=[False, True], kind="stable")
    order = reserved_order(
        made["effort"].tolist(), made["long"].tolist(), size(s, "long_term_share")
    )
    made = made.iloc[order]
    horizon = made.pop("long").map({True: "long", False: "short"})
    return made.assign(horizon=horizon).reset_index(drop=True)


def _closed(s: Summaries, status: pandas.Series[str]) -> NDArray[numpy.bool_]:
    made: NDArray[numpy.bool_] = labelled(s, status, "request_closed")
    return made & ~labelled(s, status, "request_open")


def reserved_order(effort: Sequence[float], long: Sequence[bool], share: float) -> list[int]:
    """Places in the order of work: the best first, then long work whenever it lies below its share.

    >>> reserved_order([8, 2, 1, 5], [False, False, True, True], 0.2)
    [0, 2, 3, 1]
    >>> reserved_order([8, 2, 1, 5], [False, False, True, True], 0.0)
    [0, 1, 2, 3]
    """
    left = list(range(len(effort)))
    spent, spent_long, order = 0.0, 0.0, []
    while left:
        waiting = [place for place in left if long[place]]
        short = spent_long < share * spent
        place = waiting[0] if waiting and short else left[0]
        left.remove(place)
        spent += effort[place]
        spent_long += effort[place] if long[place] else 0.0
        order.append(place)
    return order


def request_series(s: Summaries) -> Iterator[Series]:
    """``requests_ranked``: open requests in the order of work."""
    ranked = ranked_requests(s)
    if ranked is None:
        return
    table = ranked.assign(rank=range(1, len(ranked) + 1)).head(LONGEST)
    yield series("requests_ranked", COLUMNS, table[list(COLUMNS)].itertuples(index=False))
