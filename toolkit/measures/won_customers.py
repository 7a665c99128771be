"""The latest new customers old enough to be judged, and what it cost to win one (獲得費)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.measures.advertising import ADVERTISING, months_spanned, read_spend
from toolkit.measures.costs import monthly_costs
from toolkit.measures.customer_sources import new_customers
from toolkit.measures.house import size
from toolkit.measures.labels import folded
from toolkit.measures.months import MONTHS_A_YEAR, month_number

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.cohort_margin import Lives, Places
    from toolkit.measures.summaries import Summaries

PAYBACK = "q.sal.payback_months"
MIN_N = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """New customers of up to twelve months that have all lived ``horizon`` months.

    ``members`` are places in the customers' frame; ``cpo`` is advertising per new customer of
    the same months, None without advertising or where it claims nobody; ``claimed`` the number
    it was divided by.
    """

    members: Places
    horizon: int
    period: tuple[str, str]
    cpo: float | None
    claimed: float


def allowed_months(s: Summaries) -> int | None:
    """Months in which advertising has to come back, as answered."""
    months = s.answers.get((PAYBACK, None))
    return round(months) if isinstance(months, int | float) else None


def won_customers(s: Summaries, found: Lives) -> Won | None:
    """The customers won by advertising, else all new ones; None where no month is old enough.

    Months count if every customer has lived a year, or the allowed months if longer, and if the
    export goes back half a year before them: in its first months old customers look new. With
    30 customers or more traced to advertised channels these alone are taken, and spending ÷ the
    new customers its reports claim; else all new customers, and all spending ÷ their number.
    """
    import numpy as np

    horizon = max(round(size(s, "value_months")), allowed_months(s) or 0)
    spend = _spend(s)
    months = _months(s, found, horizon, spend)
    here = np.flatnonzero(np.isin(found.month, months))
    if not months or not len(here):
        return None
    over = months_spanned(_series(months))
    if spend is None:
        return Won(members=here, horizon=horizon, period=over, cpo=None, claimed=0.0)
    spend = spend[spend["month_no"].isin(months)]
    members, spend, claimed = _traced(s, here, spend)
    cpo = float(spend["amount"].sum()) / claimed if claimed > 0 else None
    return Won(members=members, horizon=horizon, period=over, cpo=cpo, claimed=claimed)


def _series(months: list[int]) -> pandas.Series[int]:
    import pandas as pd

    return pd.Series(months)


def _spend(s: Summaries) -> pandas.DataFrame | None:
    """Month number, channel, amount and customers claimed; as booked where no report is there."""
    spend = read_spend(s)
    if spend is not None:
        return spend[["month_no", "channel", "amount", "new_customers"]]
    costs = monthly_costs(s)
    if costs is None or ADVERTISING not in costs.items.columns:
        return None
    booked = costs.items[ADVERTISING].dropna()
    made = booked.rename("amount").rename_axis("month_no").reset_index()
    return made.assign(channel="", new_customers=0.0)


def _months(s: Summaries, found: Lives, horizon: int, spend: pandas.DataFrame | None) -> list[int]:
    """Up to twelve months, the latest that are old enough and have their spending."""
    first = month_number(found.covered.first) + round(size(s, "value_history_months"))
    known = set(found.month.tolist()) if spend is None else set(spend["month_no"].tolist())
    old = sorted(m for m in known if m >= first and found.lived(m) >= horizon)
    return [int(month) for month in old if month > old[-1] - MONTHS_A_YEAR]


def _traced(
    s: Summaries, here: Places, spend: pandas.DataFrame
) -> tuple[Places, pandas.DataFrame, float]:
    """Customers of advertised channels with their spending and the number claimed, else all."""
    customers = new_customers(s)
    assert customers is not None  # made of the same customers
    sources = customers["source"].iloc[here]
    channels = spend["channel"].map(folded)
    mine = sources.isin(set(channels)).to_numpy()
    if int(mine.sum()) < MIN_N:
        return here, spend, float(len(here))
    told = spend[channels.isin(set(sources))]
    return here[mine], told, float(told["new_customers"].sum())
