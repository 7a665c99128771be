"""What customers owed on a day: the open part of every invoice raised by then (売掛金の状態)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from toolkit.measures.kept import kept
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    coverage,
    day_number,
    day_of,
    months_before,
)
from toolkit.measures.summaries import invoices_on

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries


def payments_known(s: Summaries) -> bool:
    """Whether the list tells what was paid; without that every invoice would look open."""
    return s.has("receivables", "paid_at") or s.has("receivables", "paid_amount")


@kept
def owed_on(s: Summaries, day: date) -> pandas.DataFrame | None:
    """Invoices raised by a day with their open part on it; None without a list of invoices.

    Money paid beyond an invoice is no debt of less than nothing: its open part is zero. A
    credit note (negative amount) not yet set off lowers the sum.
    """
    frame = invoices_on(s, day)
    if frame is None:
        return None
    raised = frame[frame["invoiced_day"] < day_number(day) + 1]
    floored = raised["open_amount"].clip(lower=0.0)
    return raised.assign(
        open_amount=floored.where(raised["amount"] >= 0, raised["open_amount"]).astype("float64")
    )


def raised_within(frame: pandas.DataFrame, day: date, days: int) -> pandas.DataFrame:
    """Invoices raised in the last ``days`` days up to a day."""
    upto = day_number(day) + 1
    return frame[(frame["invoiced_day"] >= upto - days) & (frame["invoiced_day"] < upto)]


def invoice_coverage(s: Summaries) -> Coverage | None:
    """Which days the list of invoices speaks for: up to the last one, or the last payment."""
    if s.invoices is None:
        return None
    found = coverage(s.invoices["invoiced_day"].to_numpy(float))
    paid = s.invoices["paid_day"].dropna()
    if found is None or paid.empty:
        return found
    return replace(found, last=max(found.last, day_of(float(paid.max()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoStates:
    """The invoices today and a year ago, each with the same length of history before it.

    A list that begins on a fixed day knows more old invoices today than it did a year ago: the
    overdue part would seem to grow by that alone.
    """

    now: pandas.DataFrame
    before: pandas.DataFrame
    today: date
    year_ago: date

    @property
    def period(self) -> tuple[str, str]:
        """The two days."""
        return self.year_ago.isoformat(), self.today.isoformat()


def two_states(s: Summaries) -> TwoStates | str:
    """Today and a year ago, or the reason why a year ago cannot be told.

    ``immature`` where the list does not reach back two years, ``no_column`` where a payment
    carries no day, so that nobody can say whether it had come in by then.
    """
    covered, year_ago = invoice_coverage(s), months_before(s.as_of, MONTHS_A_YEAR)
    if covered is None:
        return "no_rows"
    if not _payments_dated(s.tables["receivables"]):
        return "no_column"
    if not covered.holds(day_of(day_number(year_ago) - DAYS_A_YEAR + 1), s.as_of):
        return "immature"
    now, before = owed_on(s, s.as_of), owed_on(s, year_ago)
    assert now is not None
    assert before is not None
    history = day_number(year_ago) - day_number(covered.first) + 1
    return TwoStates(
        now=raised_within(now, s.as_of, history),
        before=raised_within(before, year_ago, history),
        today=s.as_of,
        year_ago=year_ago,
    )


def _payments_dated(frame: pandas.DataFrame) -> bool:
    if "paid_at" not in frame:
        return False
    if "paid_amount" not in frame:
        return True
    paid = frame["paid_amount"].fillna(0) != 0
    return bool(frame.loc[paid, "paid_at"].notna().all())
