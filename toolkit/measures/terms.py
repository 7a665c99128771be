"""The days customers have to pay, as agreed (支払条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.months import DAYS_A_YEAR, day_number, day_of, period
from toolkit.measures.owed import raised_within

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

TERM, TERMS = "receivables.term_days", "q.bil.terms"
PARTS = ("closing_day", "months_later", "payment_day")
# Months count as 30 days, so that closing at the month's end and payment at the end of the next
# makes 15 + 30 = 45 days.
DAYS_A_MONTH, HALF_A_PERIOD = 30, 15


def term_days(s: Summaries) -> Fact:
    """Mean of due − invoiced by amount over the last 365 days; else from the agreed days.

    Agreed days count from the sale: half the closing period, and the days from closing to
    payment.
    """
    if s.invoices is not None:
        recent = raised_within(s.invoices, s.as_of, DAYS_A_YEAR)
        dated = recent[recent["due_day"].notna() & (recent["amount"] > 0)]
        if len(dated):
            days = (dated["due_day"] // 1 - dated["invoiced_day"] // 1) * dated["amount"]
            over = period(day_of(day_number(s.as_of) - DAYS_A_YEAR + 1), s.as_of)
            value = float(days.sum() / dated["amount"].sum())
            return Fact(id=TERM, value=value, n=len(dated), period=over)
    return _said(s)


def _said(s: Summaries) -> Fact:
    needs = ("receivables", TERMS)
    given = [s.answers.get((TERMS, part)) for part in PARTS]
    if "unknown" in (*given, s.answers.get((TERMS, None))):
        return unknown(TERM, "answered_unknown", needs=needs)
    numbers = [float(value) for value in given if isinstance(value, int | float)]
    if len(numbers) < len(PARTS):
        return unknown(TERM, "no_column" if s.has("receivables") else "no_table", needs=needs)
    closing, months, payment = numbers
    site = months * DAYS_A_MONTH + min(payment, DAYS_A_MONTH) - min(closing, DAYS_A_MONTH)
    return Fact(id=TERM, value=HALF_A_PERIOD + site, basis="said", needs=(TERMS,))
