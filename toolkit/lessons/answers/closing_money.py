"""Answers on money owed: days of sales lent, what is late, whom to call, what it ties up."""

from __future__ import annotations

import string
from itertools import permutations
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, summaries, yen
from toolkit.lessons.two_clients import TwoClients
from toolkit.measures.months import DAYS_A_YEAR, MONTHS_A_YEAR, day_number
from toolkit.measures.owed import owed_on, payments_known
from toolkit.measures.receivables import credit_sales
from toolkit.words import Words, date_text

if TYPE_CHECKING:
    import pandas as pd

BUCKETS: Final = {"not_due": 0, "0-30": 30, "31-60": 60, "61-90": 90}
LONGEST: Final = "90+"
SHOWN: Final = 8  # debtors in the table of whom to call
CALLED: Final = 3
EVEN: Final = 365 - 5  # a year of twelve thirties: a slip the question knows


def invoices_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Invoices as they stand: debtor, days, amount, what is open, days overdue.

    ``in_year`` where raised in the last 365 days; debtors are keys, the largest debt first.
    """
    import pandas as pd

    s = summaries(firm)
    if s is None or s.invoices is None or not payments_known(s):
        return None
    owed = owed_on(s, s.as_of)
    if owed is None or owed.empty or owed["due_day"].isna().any():
        return None
    names = _keys(owed)
    upto = day_number(s.as_of) + 1
    return pd.DataFrame(
        {
            "debtor": owed["customer_id"].map(names),
            "invoiced": pd.to_datetime(owed["invoiced_day"] // 1, unit="D"),
            "due": pd.to_datetime(owed["due_day"] // 1, unit="D"),
            "amount": owed["amount"],
            "open": owed["open_amount"],
            "days_late": owed["overdue_days"],
            "in_year": owed["invoiced_day"].between(upto - DAYS_A_YEAR, upto, inclusive="left"),
        }
    ).reset_index(drop=True)


def _keys(owed: pd.DataFrame) -> dict[str, str]:
    """A key a debtor: no name of a customer ever comes into a lesson."""
    debts = owed.groupby("customer_id")["open_amount"].sum()
    ordered = debts.sort_values(ascending=False, kind="stable").index
    return {name: key_of(place) for place, name in enumerate(ordered)}


def key_of(place: int) -> str:
    """A, B, … Z, then A2, B2 and so on.

    >>> key_of(0), key_of(27)
    ('A', 'B2')
    """
    letters = string.ascii_uppercase
    turn = place // len(letters)
    return letters[place % len(letters)] + (str(turn + 1) if turn else "")


def ageing_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The open balance by days past due: bucket, invoices, amount."""
    import pandas as pd

    invoices = invoices_frame(firm, book)
    if invoices is None:
        return None
    rest, rows = invoices[invoices["open"] != 0], []
    for name, upto in BUCKETS.items():
        inside = rest["days_late"] <= upto
        rows.append((name, int(inside.sum()), float(rest.loc[inside, "open"].sum())))
        rest = rest[~inside]
    rows.append((LONGEST, len(rest), float(rest["open"].sum())))
    return pd.DataFrame(rows, columns=["bucket", "invoices", "open"])


def dso(firm: TwoClients, book: Words) -> Answer | None:
    """Open balance ÷ sales on credit of 365 days × 365."""
    s, invoices = summaries(firm), invoices_frame(firm, book)
    known = firm.number("receivables.dso_days")
    if s is None or invoices is None or known is None:
        return None
    owed = owed_on(s, s.as_of)
    sales = None if owed is None else credit_sales(s, owed)
    if sales is None or isinstance(sales, str) or sales.table != "receivables":
        return None
    unpaid, sold = float(invoices["open"].sum()), sales.amount
    every = float(invoices["amount"].sum())
    wrong: dict[str, Given] = {
        "share": unpaid / sold,
        "months": unpaid / sold * MONTHS_A_YEAR,
        "even_year": unpaid / sold * EVEN,
        "all_invoices": unpaid / every * DAYS_A_YEAR,
        "upside_down": sold / unpaid if unpaid else 0.0,
    }
    term = firm.number("receivables.term_days")
    if term is not None:
        wrong["the_term"] = term
    return Answer(
        value=unpaid / sold * DAYS_A_YEAR,
        wrong=wrong,
        params={
            **money_params(firm, book),
            "open": yen(firm, book, unpaid),
            "sold": yen(firm, book, sold),
            "on": date_text(s.as_of, book.lang),
        },
    )


def money_params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about days: DSO, the agreed term, sales a day."""
    names = ("dso_days", "term_days", "excess_days")
    days = {name: firm.number(f"receivables.{name}") for name in names}
    a_day, change = (
        firm.number(f"receivables.{x}") for x in ("credit_sales_a_day_yen", "dso_days_yoy")
    )
    return {
        **{name: "—" if x is None else f"{x:.1f}".replace("-", "−") for name, x in days.items()},
        "dso_days_yoy": "—" if change is None else f"{change:+.1f}".replace("-", "−"),
        "a_day": "—" if a_day is None else yen(firm, book, a_day),
    }


def overdue_rate(firm: TwoClients, book: Words) -> Answer | None:
    """The open balance past its due day ÷ the open balance."""
    invoices = invoices_frame(firm, book)
    if invoices is None or float(invoices["open"].sum()) <= 0:
        return None
    left = invoices[invoices["open"] != 0]
    late = left[left["days_late"] > 0]
    unpaid, overdue = float(left["open"].sum()), float(late["open"].sum())
    sold = float(invoices.loc[invoices["in_year"], "amount"].sum())
    wrong: dict[str, Given] = {
        "invoices_counted": len(late) / len(left),
        "not_late": 1 - overdue / unpaid,
        "amount_only": overdue,
        "over_30_only": float(late.loc[late["days_late"] > BUCKETS["0-30"], "open"].sum()) / unpaid,
    }
    if sold > 0:
        wrong["of_sales"] = overdue / sold
    return Answer(
        value=overdue / unpaid,
        wrong=wrong,
        params={
            "overdue": yen(firm, book, overdue),
            "open": yen(firm, book, unpaid),
            "share": f"{overdue / unpaid:.3f}",
            "percent": share(book, overdue / unpaid),
            "count": f"{len(late):,}",
            "left": f"{len(left):,}",
        },
    )


def debtors(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The largest debtors that are late: key, open, overdue, days late of the oldest."""
    invoices = invoices_frame(firm, book)
    if invoices is None:
        return None
    late = invoices["open"].where(invoices["days_late"] > 0, 0.0)
    days = invoices["days_late"].where(invoices["open"] != 0, 0.0)
    made = invoices.assign(overdue=late, oldest=days).groupby("debtor", as_index=False)
    found = made.agg({"open": "sum", "overdue": "sum", "oldest": "max"})
    found = found[found["overdue"] > 0].sort_values("open", ascending=False, kind="stable")
    return found.head(SHOWN).reset_index(drop=True)


def call_first(firm: TwoClients, book: Words) -> Answer | None:
    """The debtors with most overdue, in order."""
    found = debtors(firm, book)
    if found is None or len(found) <= CALLED:
        return None
    ranked = found.sort_values("overdue", ascending=False, kind="stable")
    sums = ranked["overdue"].tolist()[:CALLED]
    tied = ranked[ranked["overdue"] >= sums[-1]]["debtor"].tolist()
    amounts = dict(zip(found["debtor"], found["overdue"], strict=True))
    equal = [one for one in permutations(tied, CALLED) if [amounts[x] for x in one] == sums]
    wrong: dict[str, Given] = {
        "by_balance": _first(found, "open"),
        "smallest": tuple(ranked["debtor"].tolist()[::-1][:CALLED]),
    }
    if found["oldest"].nunique() > 1:
        wrong["by_age"] = _first(found, "oldest")
    rows = tuple(
        (str(x.debtor), f"{x.open:,.0f}", f"{x.overdue:,.0f}", f"{x.oldest:.0f}")
        for x in found.itertuples()
    )
    return Answer(
        value=equal[0],
        also=tuple(equal[1:]),
        wrong=wrong,
        params={
            "count": str(CALLED),
            "worked": "\n".join(f"- {x}: {yen(firm, book, amounts[x])}" for x in equal[0]),
            "first": str(equal[0][0]),
        },
        options=tuple(map(str, found["debtor"])),
        table=Table(columns=("debtor", "open", "overdue", "oldest"), rows=rows),
    )


def _first(found: pd.DataFrame, column: str) -> tuple[str, ...]:
    ordered = found.sort_values(column, ascending=False, kind="stable")
    return tuple(ordered["debtor"].tolist()[:CALLED])


def cash_gap(firm: TwoClients, book: Words) -> Answer | None:
    """Days beyond the agreed term × sales on credit a day."""
    names = ("excess_days", "credit_sales_a_day_yen", "term_days", "open")
    excess, a_day, term, unpaid = (firm.number(f"receivables.{name}") for name in names)
    if excess is None or a_day is None or term is None or unpaid is None or excess <= 0:
        return None
    wrong: dict[str, Given] = {
        "whole_balance": unpaid,
        "agreed_part": term * a_day,
        "one_day": a_day,
        "days_alone": excess,
    }
    late = firm.number("receivables.overdue_rate")
    if late:
        wrong["overdue_balance"] = unpaid * late
    return Answer(
        value=excess * a_day,
        wrong=wrong,
        params={
            **money_params(firm, book),
            "gap": yen(firm, book, excess * a_day),
            "fixed": _fixed(firm, book),
            "lowest": _lowest(firm, book),
        },
    )


def _fixed(firm: ClientFirm, book: Words) -> str:
    found = firm.number("cash.month_fixed_yen")
    return "—" if found is None else yen(firm, book, found)


def _lowest(firm: ClientFirm, book: Words) -> str:
    found = firm.number("cash.week13_min_yen")
    return "—" if found is None else yen(firm, book, found)
