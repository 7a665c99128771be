"""Leads, how many are won, and how long it takes (見込み客・成約率・受注率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures import intervals
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import Coverage, coverage, day_of, months_before, period, period_after
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from datetime import date

    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

LEADS = "leads"
WIN_RATE = "acquisition.win_rate"
CREATED, OUTCOMES = "created_at", ("won_at", "lost_at")
WON_WITHIN = "won_within_days"
SLOW_SHARE = 0.9
QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Leads by day number: created, won, lost (NaN where not); one entry a lead.

    A lead with both outcomes counts as won: it was an order once.
    """

    created: Floats
    won: Floats
    lost: Floats

    @property
    def is_won(self) -> NDArray[numpy.bool_]:
        """Whether each lead was won."""
        import numpy as np

        return np.isfinite(self.won)

    @property
    def decided(self) -> Floats:
        """Day of the decision of each lead, NaN where it is open."""
        import numpy as np

        return np.where(self.is_won, self.won, self.lost)

    @property
    def last(self) -> date:
        """The last day on which anything was entered."""
        import numpy as np

        return day_of(float(np.nanmax(np.concatenate([self.created, self.won, self.lost]))))

    @property
    def period(self) -> tuple[str, str]:
        """First day a lead was created to the last day of any entry."""
        return period(day_of(float(self.created.min())), self.last)


def read_leads(s: Summaries) -> Leads | None:
    """Leads with a day of creation; None without any."""
    import numpy as np

    if not s.has(LEADS, "lead_id", CREATED):
        return None
    frame = lead_rows(s)
    if frame.empty:
        return None
    none = np.full(len(frame), np.nan)
    won, lost = (np.floor(day_numbers(frame[name])) if name in frame else none for name in OUTCOMES)
    return Leads(created=np.floor(day_numbers(frame[CREATED])), won=won, lost=lost)


def lead_rows(s: Summaries) -> pandas.DataFrame:
    """One row a lead."""
    made: pandas.DataFrame = s.tables[LEADS].dropna(subset=[CREATED]).drop_duplicates("lead_id")
    return made


def lead_facts(s: Summaries) -> Iterator[Fact]:
    """Leads, share won, share won of those decided and its past, and days to win."""
    leads = read_leads(s)
    if leads is None:
        return
    n = len(leads.created)
    yield Fact(id="acquisition.leads", value=n, n=n, period=leads.period)
    if not s.has(LEADS, "won_at"):
        return
    yield from _conversion(s, leads)
    yield from _days_to_win(leads)
    yield from _won_amount(s, leads)
    if s.has(LEADS, "lost_at"):
        yield from _win_rate(leads)


def _conversion(s: Summaries, leads: Leads) -> Iterator[Fact]:
    fact_id, over = "acquisition.conversion_rate", leads.period
    hits, n = int(leads.is_won.sum()), len(leads.created)
    yield bounded(Fact(id=fact_id, value=hits / n, n=n, period=over), wilson(hits, n))
    if not s.has(LEADS, "source"):
        return
    frame = lead_rows(s)
    groups = frame["won_at"].notna().groupby(frame["source"])
    for source, (found, count) in groups.agg(["sum", "size"]).iterrows():
        by = {"source": str(source)}
        fact = Fact(id=fact_id, value=float(found / count), n=int(count), by=by, period=over)
        yield bounded(fact, wilson(int(found), int(count)))


def _days_to_win(leads: Leads) -> Iterator[Fact]:
    """Median over the leads won; those won before they were created are counted apart."""
    days = (leads.won - leads.created)[leads.is_won]
    if not len(days):
        return
    odd = int((days < 0).sum())
    yield Fact(id="acquisition.won_before_created_count", value=odd, n=len(days))
    days = days[days >= 0]
    if len(days):
        import numpy as np

        fact = Fact(
            id="acquisition.days_to_win_median",
            value=float(np.median(days)),
            n=len(days),
            period=leads.period,
        )
        yield bounded(fact, intervals.median(days))


def _won_amount(s: Summaries, leads: Leads) -> Iterator[Fact]:
    if not s.has(LEADS, "amount"):
        return
    frame = lead_rows(s)
    amounts = frame.loc[frame["won_at"].notna(), "amount"].dropna().to_numpy(float)
    if len(amounts):
        fact_id, n = "acquisition.won_amount_mean_yen", len(amounts)
        fact = Fact(id=fact_id, value=float(amounts.mean()), n=n, period=leads.period)
        yield bounded(fact, intervals.mean(amounts))


def _win_rate(leads: Leads) -> Iterator[Fact]:
    """Won ÷ decided, each lead in the month of its decision."""
    import numpy as np

    days = leads.decided
    known = np.isfinite(days)
    days, won = days[known], leads.is_won[known]
    turn = months_before(leads.last, QUARTER_MONTHS)
    yield Fact(
        id="acquisition.decided_3m_count",
        value=int(within(days, turn, leads.last).sum()),
        n=len(days),
        period=period_after(turn, leads.last),
    )
    covered = decisions_covered(leads)
    if covered is None:
        return
    hits, n = int(won.sum()), len(days)
    over = period(day_of(float(days.min())), day_of(float(days.max())))
    yield bounded(Fact(id=WIN_RATE, value=hits / n, n=n, period=over), wilson(hits, n))
    what = Compared(fact_id=WIN_RATE, covered=covered, table=LEADS)
    yield from against_past(what, "t3v9", lambda a, b: won_share(leads, a, b))
    yield from against_past(what, "yoy", lambda a, b: won_share(leads, a, b))


def won_share(leads: Leads, after: date, upto: date) -> Stretch | None:
    """Won ÷ decided of the leads decided later than ``after`` and not later than ``upto``."""
    return share(leads.is_won[within(leads.decided, after, upto)])


def share(hits: NDArray[numpy.bool_], tests: int = 1) -> Stretch | None:
    """The share of leads with a mark, each lead a draw of its own; None without leads."""
    n, found = len(hits), int(hits.sum())
    return Stretch(value=found / n, interval=wilson(found, n, tests), n=n) if n else None


def decisions_covered(leads: Leads) -> Coverage | None:
    """Days on which leads of every age could be decided.

    A list that begins with leads created on some day holds at first only those decided
    quickly, and quick decisions are not like slow ones. So its decisions speak from the day by
    which nine leads in ten created on the first day have been decided.
    """
    import numpy as np

    days = leads.decided
    found = coverage(days)
    if found is None:
        return None
    waits = (days - leads.created)[np.isfinite(days)]
    wait = max(0, int(np.quantile(waits, SLOW_SHARE)))
    first = day_of(float(leads.created.min())) + timedelta(days=wait)
    return Coverage(first=first, last=leads.last, silence=found.silence)


def won_in_time(s: Summaries, leads: Leads) -> tuple[Floats, NDArray[numpy.bool_], Coverage] | None:
    """Leads old enough to be won in time: day created, whether won so, and days covered."""
    allowed = size(s, WON_WITHIN)
    last = leads.last - timedelta(days=allowed)
    old = within(leads.created, day_of(float(leads.created.min()) - 1), last)
    created = leads.created[old]
    found = coverage(created)
    if found is None:
        return None
    won = leads.won[old] - created <= allowed
    return created, won, Coverage(first=found.first, last=last, silence=found.silence)
