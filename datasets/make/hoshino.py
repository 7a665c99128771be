"""Make the folder of Hoshinofune, a made-up service to firms on yearly contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from chance import Chance, shifted
from hoshino_accounts import Account, Invoice, all_accounts, all_invoices
from hoshino_books import Contact, all_contacts, cost_rows, lead_rows, usage_rows
from hoshino_flow import write_flow
from hoshino_more import (
    account_rows,
    advertising_rows,
    all_sources,
    cash_rows,
    event_rows,
    request_rows,
)
from hoshino_truth import STATUSES, all_facts, log_facts, money_facts
from sheet import write_expected, write_rows

SEED = 20230101
HEADERS = {
    "contracts": "account_id start end mrr plan renewed churned_at",
    "customers": "customer_id first_date industry_band prefecture channel",
    "orders": "order_id customer_id order_date amount product",
    "receivables": "invoice_id customer_id invoiced_at due_at amount paid_at paid_amount",
    "costs": "month item amount cancellable",
    "contacts": "contact_id date customer_id type who what when where why how handled_by "
    "resolved_at result_fed_back to_development",
    "leads": "lead_id created_at source stage won_at lost_at amount staff",
    "usage": "account_id date active_users licensed_users minutes core_events",
    "events": "case_id activity timestamp resource",
    "requests": "request_id date account_id importance urgency value effort horizon status",
    "ad_spend": "month channel amount new_customers",
    "accounts": "year item amount closed_on",
    "cash_plan": "date direction item amount fixed",
}


def make(folder: Path) -> None:
    """Write ``data/`` and ``expected.json`` under a folder."""
    chance = Chance(SEED)
    accounts = all_accounts(chance)
    invoices = all_invoices(chance, accounts)
    contacts = all_contacts(Chance(SEED + 1), invoices)
    costs = cost_rows(Chance(SEED + 2), invoices)
    sources = all_sources(Chance(SEED + 5), accounts)
    events = event_rows(Chance(SEED + 6))
    requests = request_rows(Chance(SEED + 7), accounts)
    tables: dict[str, Sequence[Sequence[object]]] = {
        "contracts": _terms(accounts),
        "customers": [
            (a.number, a.terms[0].start, a.trade, a.region, sources[a.number]) for a in accounts
        ],
        "orders": [(i.number, i.account, i.day, i.amount, i.plan) for i in invoices],
        "receivables": [_receivable(invoice) for invoice in invoices],
        "costs": costs,
        "contacts": [_contact(place, contact) for place, contact in enumerate(contacts, 1)],
        "leads": lead_rows(Chance(SEED + 3), accounts),
        "usage": usage_rows(Chance(SEED + 4), accounts),
        "events": events,
        "requests": requests,
        "ad_spend": advertising_rows(Chance(SEED + 8), costs, accounts, sources),
        "accounts": account_rows(invoices, costs),
        "cash_plan": cash_rows(),
    }
    data = folder / "data"
    for name, rows in tables.items():
        write_rows(data / f"{name}.csv", [HEADERS[name].split(), *rows])
    write_flow(data)
    facts = {
        **all_facts(accounts, invoices, contacts, costs),
        **log_facts(events, requests),
        **money_facts(invoices, costs),
    }
    write_expected(folder / "expected.json", facts, STATUSES)


def _terms(accounts: Sequence[Account]) -> list[tuple[object, ...]]:
    return [
        (t.account, t.start, t.end, t.mrr, t.plan, t.renewed, t.end if t.lost else None)
        for account in accounts
        for t in account.terms
    ]


def _receivable(invoice: Invoice) -> tuple[object, ...]:
    due: date = shifted(invoice.day, 1) - timedelta(days=1)
    amount = invoice.amount if invoice.paid else None
    return (
        invoice.number,
        invoice.account,
        invoice.day,
        due,
        invoice.amount,
        invoice.paid,
        amount,
    )


def _contact(place: int, contact: Contact) -> tuple[object, ...]:
    return (
        f"Q{place:05d}",
        contact.day,
        contact.account,
        contact.kind,
        *contact.cells,
        contact.staff,
        contact.done,
        contact.told,
        contact.passed_on,
    )
