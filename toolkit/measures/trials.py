"""Trial buyers who go on to a main order (引上率 of two-step sellers)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures.cohorts import Entries, latest_cohorts
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_number
from toolkit.measures.orders import in_sequence, order_coverage, order_period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

WINDOW = 90
RATE, BUYERS = "customers.stepup_rate_90d", "customers.trial_buyers"
TARGET, ONE_STEP = "q.off.stepup_target", "one_step"


def trial_facts(s: Summaries) -> Iterator[Fact]:
    """Trial buyers, their step-up rate in 90 days, the latest cohorts, and against the earlier.

    A trial order is one whose rows are all marked as trial; any other is a main order. Looked at
    is a buyer's first trial, and only where it is also the first order. Without an order marked
    as trial the client sells in one step: 0 trial buyers; where the file has no such mark, the
    answer may tell.
    """
    if s.orders is None or s.customers is None:
        return
    if not s.has("orders", "trial"):
        yield _unmarked(s)
        return
    buyers = trial_buyers(s)
    yield Fact(id=BUYERS, value=len(buyers), n=len(buyers), period=order_period(s))
    covered = order_coverage(s)
    if covered is None or buyers.empty:
        return
    yield _rate(s, buyers)
    yield from latest_cohorts(
        Entries(fact_id=RATE, frame=buyers, window=WINDOW, covered=covered),
    )


def _unmarked(s: Summaries) -> Fact:
    if s.answers.get((TARGET, None)) == ONE_STEP:
        return not_applicable(BUYERS, needs=(TARGET,))
    return unknown(BUYERS, "no_column", needs=("orders", TARGET))


def trial_buyers(s: Summaries) -> pandas.DataFrame:
    """A row per trial buyer: first trial, its day and month, and whether a main order came.

    ``month_before`` is the month of the order before that trial, NaN where the trial came first.
    """
    assert s.orders is not None
    sequence = in_sequence(s, "order_id", "customer_id")
    tried = _trial_orders(s)
    trial = sequence["order_id"].isin(tried)
    first = sequence[trial].groupby("customer_id").head(1).set_index("customer_id")
    main = sequence[~trial]
    day = main["day_no"] // 1
    since = day - main["customer_id"].map(first["day_no"] // 1).astype(float)
    stepped = main.loc[(since >= 0) & (since <= WINDOW), "customer_id"]
    made = first.assign(again=first.index.isin(stepped))
    columns = ["order_id", "day_no", "month_no", "month_before", "again"]
    return made[columns].reset_index()


def _trial_orders(s: Summaries) -> pandas.Index[str]:
    rows = s.tables["orders"]
    kept = rows[~rows["_cancelled"]]
    marked = kept["trial"].fillna(False).astype(bool)
    every = marked.groupby(kept["order_id"]).all()
    return every[every].index


def _rate(s: Summaries, buyers: pandas.DataFrame) -> Fact:
    new = buyers[buyers["month_before"].isna()]
    mature = new[day_number(s.as_of) - new["day_no"] // 1 >= WINDOW]
    n, hits = len(mature), int(mature["again"].sum())
    if not n:
        return unknown(RATE, "no_rows" if new.empty else "immature")
    return bounded(Fact(id=RATE, value=hits / n, n=n, period=order_period(s)), wilson(hits, n))
