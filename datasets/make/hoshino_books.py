"""The other books of Hoshinofune: costs, contacts, leads, use of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chance import Chance, month_end, months, shifted
from hoshino_accounts import FIRST, LAST, NEW_SCREENS, Account, Invoice

CONTACT_TYPES = {"inquiry": 78, "complaint": 16, "order": 6}
TOPICS = {"帳票の様式": 24, "写真の取込": 22, "利用者の追加": 20, "通信切れ": 14, "集計": 20}
CAUSES = {"画面の場所が分からない": 38, "同期の遅れ": 26, "帳票の崩れ": 22, "請求の行き違い": 14}
STAFF = {"西": 56, "森": 30, "青木": 14}
SOURCES = {"紹介": 30, "展示会": 26, "検索広告": 28, "資料請求サイト": 16}
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact of a customer firm."""

    day: date
    account: str
    kind: str
    cells: tuple[str, ...]
    staff: str
    done: date | None
    told: str
    passed_on: str


def cost_rows(chance: Chance, invoices: Sequence[Invoice]) -> list[tuple[str, str, int, str]]:
    """Month, item, amount and whether it can be cancelled, for every full month."""
    rows = []
    for place, month in enumerate(months(FIRST, date(2026, 10, 1))):
        sales = sum(invoice.amount for invoice in invoices if invoice.day == month)
        amounts = {
            "cogs": 210_000 + sales * chance.number(0.112, 0.124),
            "payment_fee": sales * chance.number(0.0055, 0.0065),
            "system": 118_000 + 2_900 * place,
            "advertising": 190_000 + sales * chance.number(0.055, 0.075),
            "personnel": 1_350_000 + 98_000 * place + chance.number(-60_000, 60_000),
            "other": 420_000 + 9_000 * place + chance.number(-30_000, 30_000),
        }
        rows += [(f"{month:%Y-%m}", item, round(yen), "") for item, yen in amounts.items()]
        if month >= date(2025, 4, 1):
            rows.append((f"{month:%Y-%m}", "system", 64_000, "yes"))
    return rows


def all_contacts(chance: Chance, invoices: Sequence[Invoice]) -> list[Contact]:
    """Three contacts to ten monthly fees, and two thirds more since the new screens."""
    contacts = [
        _contact(chance, invoice)
        for invoice in invoices
        if chance.happens(0.47 if invoice.day >= NEW_SCREENS else 0.28)
    ]
    return sorted((c for c in contacts if c.day <= LAST), key=lambda c: (c.day, c.account))


def _contact(chance: Chance, invoice: Invoice) -> Contact:
    day = invoice.day + timedelta(days=chance.whole(0, month_end(invoice.day).day - 1))
    kind = chance.weighted(CONTACT_TYPES)
    done = day + timedelta(days=chance.weighted({0: 44, 1: 30, 3: 18, 9: 8}))
    closed = done if done <= LAST else None
    texts = (
        ("現場の担当者", 0.97),
        (chance.weighted(TOPICS), 0.99),
        ("点検の当日" if chance.happens(0.5) else "報告書の提出前", 0.9),
        (chance.one(("現場", "事務所")), 0.88),
        (chance.weighted(CAUSES) if kind == "complaint" else "", 0.86),
        (chance.one(("電話で案内", "遠隔で設定", "手順書を送付", "開発へ依頼")), 0.95),
    )
    return Contact(
        day=day,
        account=invoice.account,
        kind=kind,
        cells=tuple(text if chance.happens(share) else "" for text, share in texts),
        staff=chance.weighted(STAFF),
        done=closed,
        told=("yes" if chance.happens(0.74) else "no") if closed else "",
        passed_on=_passed_on(invoice, kind, day),
    )


def _passed_on(invoice: Invoice, kind: str, day: date) -> str:
    """Whether the developers heard of a complaint: two in three, and none since the new screens."""
    if kind != "complaint":
        return ""
    return "yes" if day < NEW_SCREENS and int(invoice.number[1:]) % 3 else "no"


def lead_rows(chance: Chance, accounts: Sequence[Account]) -> list[Row]:
    """Every lead: those won are the accounts' first contracts."""
    leads: list[tuple[date, date | None, date | None, int]] = []
    for account in accounts:
        first = account.terms[0]
        won = first.start - timedelta(days=chance.whole(4, 26))
        leads.append((won - timedelta(days=chance.whole(14, 75)), won, None, first.mrr * 12))
    for month in months(shifted(FIRST, -2), LAST):
        for _ in range(chance.whole(17, 24)):
            made = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
            lost = made + timedelta(days=chance.whole(10, 110))
            amount = chance.whole(28, 150) * 12_000
            leads.append((made, None, lost if lost <= LAST else None, amount))
    kept = sorted(lead for lead in (_key(lead) for lead in leads) if lead[0] <= LAST)
    return [_lead(chance, place, lead) for place, lead in enumerate(kept, start=1)]


def _key(
    lead: tuple[date, date | None, date | None, int],
) -> tuple[date, date, date, int]:
    made, won, lost, amount = lead
    return made, won or date.max, lost or date.max, amount


def _lead(chance: Chance, place: int, lead: tuple[date, date, date, int]) -> Row:
    made, won, lost, amount = lead
    stage = "won" if won < date.max else "lost" if lost < date.max else "open"
    return (
        f"L{place:05d}",
        made,
        chance.weighted(SOURCES),
        stage,
        won if won < date.max else None,
        lost if lost < date.max else None,
        amount,
        chance.weighted({"青木": 60, "社長": 40}),
    )


def usage_rows(chance: Chance, accounts: Sequence[Account]) -> list[Row]:
    """Use in each full month since October 2024, booked on its last day.

    An account that will leave is used less and less in its last half-year.
    """
    rows: list[Row] = []
    for account in accounts:
        seats = max(3, round(account.terms[0].mrr / 6_000))
        habit = chance.number(0.25, 0.9)
        for term in account.terms:
            for month in months(term.start, term.end):
                if date(2024, 10, 1) <= month <= date(2026, 10, 1):
                    left = (term.end.year - month.year) * 12 + term.end.month - month.month
                    share = habit * (0.12 + 0.12 * left if term.lost and left < 6 else 1)
                    rows.append(_use(chance, account.number, month, seats, share))
    return sorted(rows, key=lambda row: (str(row[1]), str(row[0])))


def _use(chance: Chance, account: str, month: date, seats: int, share: float) -> Row:
    active = min(seats, max(0, round(seats * share + chance.normal(0, 0.8))))
    minutes = round(active * chance.number(160, 420))
    events = round(active * chance.number(9, 30))
    return account, month_end(month), active, seats, minutes, events
