"""The made-up firm Hoshinofune and its inspection-report service: accounts, terms, invoices.

The story: the founder's network sold the service well, but nobody is told to make it used. One
account in five does not renew, what is added elsewhere does not make up for it, and since the
new screens of August 2026 customers ask far more often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chance import Chance, months, shifted

FIRST = date(2023, 1, 1)
LAST = date(2026, 11, 10)
NEW_SCREENS = date(2026, 8, 1)
PLANS = {"ライト": (24000, 34000), "スタンダード": (48000, 78000), "プロ": (110000, 188000)}
TRADES = {"設備保守": 38, "ビル管理": 24, "空調・給排水": 20, "防災設備": 12, "製造": 6}
REGIONS = ("東京都", "愛知県", "大阪府", "福岡県", "宮城県", "広島県", "長野県", "静岡県")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One year of contract; ``renewed`` is yes, no, or blank while it runs."""

    account: str
    start: date
    end: date
    mrr: int
    plan: str
    renewed: str

    @property
    def lost(self) -> bool:
        """Whether the account left at the end of this term."""
        return self.renewed == "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer firm and its terms in order."""

    number: str
    trade: str
    region: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """The fee of one month, invoiced in advance on its first day."""

    number: str
    account: str
    day: date
    amount: int
    plan: str
    paid: date | None


def all_accounts(chance: Chance) -> list[Account]:
    """Every account that ever signed, by day of its first contract."""
    accounts = []
    for place, month in enumerate(months(FIRST, LAST)):
        for _ in range(round(3.9 + 0.045 * place + chance.number(-1.3, 1.3))):
            number = f"H{len(accounts) + 101:04d}"
            accounts.append(
                Account(
                    number=number,
                    trade=chance.weighted(TRADES),
                    region=chance.one(REGIONS),
                    terms=tuple(_terms(chance, number, month)),
                )
            )
    return accounts


def _terms(chance: Chance, number: str, start: date) -> list[Term]:
    plan = chance.weighted({"ライト": 34, "スタンダード": 50, "プロ": 16})
    low, high = PLANS[plan]
    mrr = round(chance.number(low, high), -3)
    terms: list[Term] = []
    while start <= LAST:
        end = shifted(start, 12) - timedelta(days=1)
        renewed = ""
        if end < LAST:
            renewed = "yes" if chance.happens(_renews(plan, len(terms))) else "no"
        terms.append(
            Term(account=number, start=start, end=end, mrr=int(mrr), plan=plan, renewed=renewed)
        )
        if renewed == "no":
            break
        start = shifted(start, 12)
        mrr = round(mrr * _step(chance), -2)
    return terms


def _renews(plan: str, done: int) -> float:
    return {"ライト": 0.70, "スタンダード": 0.80, "プロ": 0.89}[plan] + (0.05 if done else 0)


def _step(chance: Chance) -> float:
    """What a renewal does to the monthly fee."""
    way = chance.weighted({"same": 72, "more": 15, "less": 13})
    if way == "more":
        return chance.number(1.08, 1.32)
    return chance.number(0.6, 0.88) if way == "less" else 1.0


def all_invoices(chance: Chance, accounts: list[Account]) -> list[Invoice]:
    """The invoice of every month of every term, by day and account."""
    due = [
        (month, term)
        for account in accounts
        for term in account.terms
        for month in months(term.start, term.end)
        if month <= LAST
    ]
    due.sort(key=lambda pair: (pair[0], pair[1].account))
    return [_invoice(chance, place, month, term) for place, (month, term) in enumerate(due)]


def _invoice(chance: Chance, place: int, month: date, term: Term) -> Invoice:
    until = shifted(month, 1) - timedelta(days=1)
    paid = until + timedelta(days=chance.weighted({-3: 20, 0: 52, 1: 14, 6: 8, 18: 4, 41: 2}))
    return Invoice(
        number=f"S{place + 1:06d}",
        account=term.account,
        day=month,
        amount=term.mrr,
        plan=term.plan,
        paid=paid if paid <= LAST else None,
    )
