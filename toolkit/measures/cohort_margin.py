"""Contribution margin of each customer by months since the first order (累計の限界利益)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.measures.costs import margin_fact, monthly_costs
from toolkit.measures.kept import kept
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    day_number,
    month_end,
    month_label,
    month_start,
)
from toolkit.measures.orders import order_coverage

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from toolkit.facts import Fact
    from toolkit.measures.intervals import Floats
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

    Places = NDArray[numpy.integer[Any]]

MOST_MONTHS = 120
SPANS = (1, 3, 6, MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """What every known customer brought, order by order.

    ``month``: month number of the first order, an entry per customer in the order of the
    customers' frame; ``owner`` (place of the customer), ``age`` (months since the first order,
    0 its day) and ``yen`` (margin) have an entry per order.
    """

    margin: Fact
    covered: Coverage
    month: Places
    owner: Places
    age: Places
    yen: Floats

    def lived(self, last_month: int) -> int:
        """Months that customers of a month have all had by the last order; -1: not even its end."""
        days = day_number(self.covered.last) - day_number(month_end(last_month))
        return bisect_right(range(MOST_MONTHS + 1), days, key=days_of) - 1

    def cumulated(self, members: Places, months: int) -> Floats:
        """Margin of some customers up to 0, 1, … months: a row each, a column per month."""
        import numpy as np

        place = np.full(len(self.month), -1)
        place[members] = np.arange(len(members))
        chosen = (place[self.owner] >= 0) & (self.age <= months)
        cell = place[self.owner[chosen]] * (months + 1) + self.age[chosen]
        sums = np.bincount(cell, self.yen[chosen], minlength=len(members) * (months + 1))
        made: Floats = sums.reshape(len(members), months + 1).cumsum(axis=1)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Customers whose first order falls in some months next to each other."""

    first: int
    last: int
    members: Places
    lived: int

    @property
    def label(self) -> str:
        """The month, or the first and the last of several."""
        ends = month_label(self.first), month_label(self.last)
        return ends[0] if self.first == self.last else "–".join(ends)


def days_of(months: int) -> int:
    """Days in some months, as the allowed months of advertising are counted.

    >>> days_of(0), days_of(1), days_of(12)
    (0, 30, 365)
    """
    return round(months * DAYS_A_YEAR / MONTHS_A_YEAR)


@kept
def lives(s: Summaries) -> Lives | None:
    """Orders of known customers with their margin; None where no margin is known."""
    import numpy as np
    import pandas as pd

    covered, margin = order_coverage(s), margin_fact(s, monthly_costs(s))
    if s.orders is None or s.customers is None or covered is None or margin.number is None:
        return None
    places = pd.Index(s.customers["customer_id"]).get_indexer(pd.Index(s.orders["customer_id"]))
    known = places >= 0
    owner = places[known]
    days = np.floor(s.orders["day_no"].to_numpy(float))[known]
    first = np.floor(s.customers["first_day"].to_numpy(float))
    edges = [max(1, days_of(months)) for months in range(MOST_MONTHS + 1)]
    return Lives(
        margin=margin,
        covered=covered,
        month=s.customers["cohort_no"].to_numpy(int),
        owner=owner,
        age=np.searchsorted(edges, days - first[owner], side="right"),
        yen=s.orders["amount"].to_numpy(float)[known] * margin.number,
    )


def cohorts(found: Lives, least: float, most: float) -> list[Cohort]:
    """Whole cohorts, the oldest first, as fine as they can be told apart.

    Of one, three, six and twelve months the shortest span is taken in which half of the cohorts
    have ``least`` customers or more and there are no more than ``most``; else years.
    """
    import numpy as np

    made: list[Cohort] = []
    for span in SPANS:
        made = _of_span(found, span)
        sizes = [len(cohort.members) for cohort in made]
        if made and len(made) <= most and float(np.median(sizes)) >= least:
            break
    return made


def _of_span(found: Lives, span: int) -> list[Cohort]:
    """Cohorts of calendar spans that the orders cover from the first day to the last."""
    import numpy as np

    made, order = [], np.argsort(found.month, kind="stable")
    groups, starts = np.unique(found.month[order] // span, return_index=True)
    parts = np.split(order, starts[1:])
    for group, members in zip(groups.tolist(), parts, strict=True):
        first, last = group * span, group * span + span - 1
        lived = found.lived(last)
        if lived < 0 or not found.covered.holds(month_start(first), month_end(last)):
            continue
        made.append(Cohort(first=first, last=last, members=members, lived=lived))
    return made
