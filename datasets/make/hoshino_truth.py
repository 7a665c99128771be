"""What a right reading of Hoshinofune's files must give, from the contracts behind the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hoshino_accounts import LAST, Account, Invoice, Term
from hoshino_books import Contact
from hoshino_more import Row, cash_rows, lowest_balance, repeated_cases

STATUSES = {
    "AFT001": "fail",
    "AFT002": "pass",
    "AFT003": "fail",
    "AFT004": "fail",
    "AFT005": "fail",
    "AFT006": "not_applicable",
    "AFT009": "not_applicable",
    "BIL001": "pass",
    "BIL002": "pass",
    "BIL004": "pass",
    "BIL006": "fail",
    "BIL007": "fail",
    "CRM003": "pass",
    "CRM005": "pass",
    "CRM006": "fail",
    "FUL009": "not_applicable",
    "JRN002": "pass",
    "JRN003": "fail",
    "JRN004": "fail",
    "JRN005": "fail",
    "JRN006": "fail",
    "JRN007": "fail",
    "JRN010": "fail",
    "PAY001": "not_applicable",
    "PAY008": "pass",
    "PLA001": "pass",
    "PLA002": "pass",
    "PLA004": "fail",
    "PLA005": "not_applicable",
    "PLA007": "fail",
    "PLA008": "fail",
    "PLA009": "pass",
    "PRO006": "fail",
    "PRO007": "fail",
    "SAL001": "fail",
    "SAL003": "pass",
    "SAL004": "pass",
    "SAL005": "unknown",
    "SAL007": "pass",
    "SAL009": "pass",
    "SAL010": "not_applicable",
    "SAL015": "pass",
    "TOB001": "pass",
    "TOB002": "pass",
    "TOB003": "fail",
    "TOB004": "fail",
    "TOB005": "fail",
    "TOB006": "pass",
    "TOB008": "pass",
    "TOB009": "fail",
    "TOB010": "fail",
    "TOB011": "fail",
    "TOB012": "fail",
    "TOB013": "fail",
    "TOB014": "pass",
    "TOB017": "pass",
    "TOB020": "fail",
    "VAL001": "pass",
}


def contract_facts(accounts: Sequence[Account]) -> dict[str, float]:
    """Monthly fees, renewals, what a year made of the accounts it began with."""
    terms = [term for account in accounts for term in account.terms]
    year_ago = LAST.replace(year=LAST.year - 1)
    due = [term for term in terms if LAST - timedelta(days=365) < term.end <= LAST]
    before, now = _running(terms, year_ago), _running(terms, LAST)
    start = sum(before.values())
    kept = {account: now.get(account, 0) for account in before}
    return {
        "contracts.mrr": sum(now.values()),
        "contracts.renewal_rate": sum(term.renewed == "yes" for term in due) / len(due),
        "contracts.nrr": sum(kept.values()) / start,
        "contracts.grr": sum(min(kept[a], before[a]) for a in before) / start,
        "contracts.logo_churn_rate": sum(term.lost for term in terms) / len(accounts),
    }


def _running(terms: Sequence[Term], day: date) -> dict[str, int]:
    return {term.account: term.mrr for term in terms if term.start <= day <= term.end}


def sales_facts(invoices: Sequence[Invoice]) -> dict[str, float]:
    """Each monthly fee counts as an order of its account."""
    sales = sum(invoice.amount for invoice in invoices)
    return {
        "customers.count": len({invoice.account for invoice in invoices}),
        "customers.orders": len(invoices),
        "customers.net_sales": sales,
        "customers.aov": sales / len(invoices),
    }


def contact_facts(contacts: Sequence[Contact], invoices: Sequence[Invoice]) -> dict[str, float]:
    """The state of the contact log."""
    complaints = [contact for contact in contacts if contact.kind == "complaint"]
    resolved = [contact for contact in contacts if contact.done]
    filled = sum(bool(cell) for contact in complaints for cell in contact.cells)
    return {
        "contacts.keyed_share": 1.0,
        "contacts.w5h1_share": filled / 6 / len(complaints),
        "contacts.fed_back_share": sum(c.told == "yes" for c in resolved) / len(resolved),
        "work.contacts_per_100_orders": len(contacts) / len(invoices) * 100,
    }


def cost_facts(
    costs: Sequence[tuple[str, str, int, str]], invoices: Sequence[Invoice]
) -> dict[str, float]:
    """Shares of cost items in the sales of the months both are known for."""
    booked = {month for month, _, _, _ in costs}
    sales = sum(i.amount for i in invoices if f"{i.day:%Y-%m}" in booked)

    def share(*items: str) -> float:
        return sum(amount for _, item, amount, _ in costs if item in items) / sales

    return {
        "costs.contribution_margin_rate": 1 - share("cogs", "payment_fee"),
        "costs.system_cost_ratio": share("system"),
        "costs.payment_fee_ratio": share("payment_fee"),
        "costs.advertising_ratio": share("advertising"),
    }


def all_facts(
    accounts: Sequence[Account],
    invoices: Sequence[Invoice],
    contacts: Sequence[Contact],
    costs: Sequence[tuple[str, str, int, str]],
) -> Mapping[str, float]:
    """Every fact that must come out, by key."""
    return {
        **contract_facts(accounts),
        **sales_facts(invoices),
        **contact_facts(contacts, invoices),
        **cost_facts(costs, invoices),
    }


def log_facts(events: Sequence[Row], requests: Sequence[Row]) -> dict[str, float]:
    """Cases done twice, and requests of the last year that carry all three scores."""
    year_ago = LAST.replace(year=LAST.year - 1)
    recent = [row for row in requests if isinstance(row[1], date) and year_ago < row[1] <= LAST]
    return {
        "work.rework_rate": repeated_cases(events),
        "requests.scored_share": sum(None not in row[3:6] for row in recent) / len(recent),
    }


def money_facts(
    invoices: Sequence[Invoice], costs: Sequence[tuple[str, str, int, str]]
) -> dict[str, float]:
    """Two figures of the annual accounts, and the lowest week of the cash plan."""
    sales = [sum(i.amount for i in invoices if i.day.year == year) for year in (2024, 2025)]
    spent = sum(amount for month, _, amount, _ in costs if month.startswith("2025"))
    fixed = [row[3] for row in cash_rows() if row[4]]
    return {
        "accounts.sales_growth": sales[1] / sales[0] - 1,
        "accounts.operating_margin": 1 - spent / sales[1],
        "cash.week13_min_yen": lowest_balance(),
        "cash.month_fixed_yen": sum(yen for yen in fixed if isinstance(yen, int)) / 3,
    }
