"""What a right reading of Minato Seisakusho's files must give, from the orders behind the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from chance import month_end, shifted
from minato_books import PLAN_FROM, Contact, Job, Quote, cash_rows, lowest_balance
from minato_orders import LAST, Order

STATUSES = {
    "AFT001": "pass",
    "AFT002": "pass",
    "AFT003": "fail",
    "AFT004": "pass",
    "AFT005": "pass",
    "AFT006": "not_applicable",
    "BIL001": "fail",
    "BIL002": "fail",
    "BIL003": "pass",
    "BIL004": "fail",
    "BIL006": "pass",
    "BIL010": "fail",
    "CRM003": "pass",
    "CRM005": "pass",
    "CRM009": "pass",
    "FUL005": "pass",
    "FUL007": "pass",
    "FUL008": "pass",
    "FUL010": "fail",
    "JRN002": "pass",
    "JRN003": "pass",
    "JRN004": "pass",
    "JRN006": "pass",
    "JRN007": "pass",
    "JRN008": "not_applicable",
    "JRN010": "unknown",
    "PAY008": "pass",
    "PLA001": "pass",
    "PLA002": "pass",
    "PLA007": "fail",
    "PLA009": "pass",
    "PRO003": "pass",
    "PRO004": "pass",
    "PRO005": "unknown",
    "PRO008": "pass",
    "SAL010": "pass",
    "SAL015": "fail",
    "TOB001": "not_applicable",
    "TOB009": "pass",
    "TOB010": "unknown",
    "TOB012": "pass",
    "TOB013": "fail",
    "TOB015": "fail",
    "TOB016": "fail",
    "TOB017": "pass",
    "TOB018": "fail",
    "TOB019": "pass",
    "TOB020": "pass",
    "VAL001": "pass",
}


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return sum(known) / len(known)


def _before(day: date, steps: int) -> date:
    """The same day some months earlier, or that month's last."""
    month = shifted(day.replace(day=1), -steps)
    return min(month + timedelta(days=day.day - 1), month_end(month))


def _kept(orders: Sequence[Order]) -> list[Order]:
    return [order for order in orders if not order.cancelled]


def account_facts(orders: Sequence[Order]) -> dict[str, float]:
    """Accounts, their orders, and how many of a year's order again in the next."""
    kept = _kept(orders)
    sales = sum(order.amount for order in kept)
    ends = [_before(kept[-1].day, back) for back in (0, 12, 24, 36)]
    buyers = [
        {order.account for order in kept if ends[back + 1] < order.day <= ends[back]}
        for back in range(3)
    ]
    stay = [len(buyers[back] & buyers[back + 1]) / len(buyers[back + 1]) for back in range(2)]
    year: dict[str, int] = defaultdict(int)
    for order in kept:
        year[order.account] += order.amount if order.day > ends[1] else 0
    return {
        "customers.count": len({order.account for order in kept}),
        "customers.orders": len(kept),
        "customers.net_sales": sales,
        "customers.aov": sales / len(kept),
        "tob.account_continuation_share": stay[0],
        "tob.account_continuation_share_yoy": stay[0] - stay[1],
        "tob.top1_account_share": max(year.values()) / sum(year.values()),
    }


def delivery_facts(orders: Sequence[Order]) -> dict[str, float]:
    """Deliveries after the promise: ever, and in the last year against the year before."""
    done = [(order.delivered, order.promised) for order in orders if order.delivered]
    last = max(delivered for delivered, _ in done)
    ends = [_before(last, back) for back in (0, 12, 24)]
    years = [
        _share(day > promised for day, promised in done if ends[back + 1] < day <= ends[back])
        for back in range(2)
    ]
    return {
        "delivery.late_rate_by_day": _share(day > promised for day, promised in done),
        "delivery.late_rate_by_day_yoy": years[0] - years[1],
    }


def quote_facts(quotes: Sequence[Quote]) -> dict[str, float]:
    """Quotes won among those decided: ever, and in the last year against the year before."""
    known = [(quote.won or quote.lost, bool(quote.won)) for quote in quotes]
    decided = [(day, won) for day, won in known if day]
    last = max(quote.made for quote in quotes)
    last = max([last, *(day for day, _ in decided)])
    ends = [_before(last, back) for back in (0, 12, 24)]
    years = [
        _share(won for day, won in decided if ends[back + 1] < day <= ends[back])
        for back in range(2)
    ]
    return {
        "acquisition.leads": len(quotes),
        "acquisition.win_rate": _share(won for _, won in decided),
        "acquisition.win_rate_yoy": years[0] - years[1],
        "acquisition.decided_3m_count": sum(day > _before(last, 3) for day, _ in decided),
    }


def invoice_facts(orders: Sequence[Order]) -> dict[str, float]:
    """What is open, how long it takes, and how late the invoices of the last half-year went out."""
    billed = [order for order in orders if order.invoiced and order.due]
    taxed = {order.number: order.amount * 110 // 100 for order in billed}
    recent = [o for o in billed if o.invoiced and o.invoiced > LAST - timedelta(days=365)]
    credit = sum(taxed[order.number] for order in recent)
    unpaid = sum(taxed[order.number] for order in billed if not order.paid)
    term = sum(
        (order.due - order.invoiced).days * taxed[order.number]
        for order in recent
        if order.due and order.invoiced
    )
    return {
        "receivables.open": unpaid,
        "receivables.credit_sales_yen": credit,
        "receivables.dso_days": unpaid / credit * 365,
        "receivables.term_days": term / credit,
        "receivables.excess_days": unpaid / credit * 365 - term / credit,
        "receivables.invoice_lag_days": _lag(billed),
    }


def _lag(billed: Sequence[Order]) -> float:
    """Mean days from shipping to the invoice; invoices of a closing day are left out."""
    shipments: dict[tuple[str, date | None], set[date | None]] = defaultdict(set)
    for order in billed:
        shipments[order.account, order.invoiced].add(order.shipped)
    last = max(order.shipped for order in billed if order.shipped)
    lags = [
        (order.invoiced - order.shipped).days
        for order in billed
        if order.shipped
        and order.invoiced
        and order.shipped > _before(last, 6)
        and order.invoiced != month_end(order.invoiced)
        and len(shipments[order.account, order.invoiced]) == 1
    ]
    return sum(lags) / len(lags)


def job_facts(jobs: Sequence[Job]) -> dict[str, float]:
    """What the jobs of two years cost beyond their estimates, and the yen of the last one."""
    recent = [job for job in jobs if job.finished > _before(LAST, 24)]
    over = [(job.actual - job.estimate) / job.estimate for job in recent]
    last = [job.actual - job.estimate for job in jobs if job.finished > _before(LAST, 12)]
    return {
        "tob.job_cost_variance": sum(over) / len(over),
        "tob.job_overrun_yen": sum(last),
    }


def contact_facts(contacts: Sequence[Contact], orders: Sequence[Order]) -> dict[str, float]:
    """The state of the contact log."""
    complaints = [contact for contact in contacts if contact.kind == "苦情"]
    filled = sum(bool(cell) for contact in complaints for cell in contact.cells)
    told = [contact.told == "○" for contact in contacts if contact.done]
    return {
        "contacts.keyed_share": 1.0,
        "contacts.w5h1_share": filled / 6 / len(complaints),
        "contacts.fed_back_share": _share(told),
        "work.contacts_per_100_orders": len(contacts) / len(_kept(orders)) * 100,
    }


def money_facts(costs: Sequence[tuple[str, str, int]], orders: Sequence[Order]) -> dict[str, float]:
    """Shares of cost items in the sales of the full months, two accounts figures, the cash."""
    booked = {month for month, _, _ in costs}
    sales = sum(o.amount for o in _kept(orders) if f"{o.day:%Y/%m}" in booked)

    def share(*items: str) -> float:
        return sum(yen for _, item, yen in costs if item in items) / sales

    years = [
        sum(o.amount for o in _kept(orders) if date(y, 4, 1) <= o.day < date(y + 1, 4, 1))
        for y in (2024, 2025)
    ]
    spent = sum(yen for month, _, yen in costs if "2025/04" <= month <= "2026/03")
    end = PLAN_FROM + timedelta(days=91)
    fixed = sum(yen for day, _, _, yen, mark in cash_rows() if mark and day < end)
    return {
        "costs.contribution_margin_rate": 1
        - share("売上原価", "荷造運賃", "梱包資材費", "決済手数料"),
        "costs.system_cost_ratio": share("システム利用料"),
        "costs.advertising_ratio": share("広告宣伝費"),
        "accounts.sales_growth": years[1] / years[0] - 1,
        "accounts.operating_margin": 1 - spent / years[1],
        "cash.week13_min_yen": lowest_balance(),
        "cash.month_fixed_yen": fixed / 3,
    }


def all_facts(
    orders: Sequence[Order],
    quotes: Sequence[Quote],
    jobs: Sequence[Job],
    contacts: Sequence[Contact],
    costs: Sequence[tuple[str, str, int]],
) -> Mapping[str, float]:
    """Every fact that must come out, by key."""
    return {
        **account_facts(orders),
        **delivery_facts(orders),
        **quote_facts(quotes),
        **invoice_facts(orders),
        **job_facts(jobs),
        **contact_facts(contacts, orders),
        **money_facts(costs, orders),
        "journey.double_entry_count": 0,
    }
