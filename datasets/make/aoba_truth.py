"""What a right reading of Aoba Satoyama-do's files must give, from the sales behind the files."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from aoba_books import Contact, Cost
from aoba_flow import double_entries, manual_minutes_per_day
from aoba_parcels import Parcel
from aoba_sales import LAST, Line
from aoba_shelf_truth import shelf_facts
from chance import month_end
from sheet import quantile

STATUSES = {
    "AFT001": "fail",
    "AFT002": "fail",
    "AFT003": "fail",
    "AFT004": "pass",
    "AFT005": "pass",
    "AFT006": "fail",
    "AFT008": "fail",
    "AFT009": "fail",
    "AFT010": "fail",
    "BIL002": "pass",
    "BIL004": "pass",
    "BIL005": "pass",
    "BIL006": "unknown",
    "BIL007": "unknown",
    "BIL008": "pass",
    "CRM003": "pass",
    "CRM005": "fail",
    "CRM006": "fail",
    "CRM007": "unknown",
    "CRM008": "fail",
    "CRM009": "pass",
    "FUL001": "fail",
    "FUL004": "pass",
    "FUL005": "pass",
    "FUL006": "unknown",
    "FUL007": "fail",
    "FUL008": "fail",
    "FUL009": "fail",
    "FUL010": "pass",
    "JRN002": "pass",
    "JRN003": "fail",
    "JRN004": "fail",
    "JRN005": "pass",
    "JRN006": "fail",
    "JRN007": "fail",
    "JRN008": "fail",
    "JRN010": "pass",
    "MLO001": "fail",
    "OFF001": "pass",
    "OFF002": "fail",
    "OFF006": "fail",
    "PAY001": "fail",
    "PAY002": "pass",
    "PAY004": "pass",
    "PAY006": "unknown",
    "PAY007": "pass",
    "PAY008": "fail",
    "PLA001": "unknown",
    "PLA002": "unknown",
    "PLA003": "fail",
    "PLA004": "fail",
    "PLA005": "unknown",
    "PLA006": "pass",
    "PLA007": "fail",
    "PLA008": "pass",
    "PLA009": "fail",
    "PRO003": "pass",
    "PRO005": "pass",
    "PRO006": "unknown",
    "PRO007": "pass",
    "PRO008": "pass",
    "PRO009": "fail",
    "SAL001": "fail",
    "SAL002": "pass",
    "SAL004": "pass",
    "SAL005": "pass",
    "SAL006": "pass",
    "SAL008": "fail",
    "SAL009": "pass",
    "SAL010": "fail",
    "SAL014": "fail",
    "TOB004": "not_applicable",
    "TOB005": "not_applicable",
    "VAL001": "fail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order that counts: what its lines come to."""

    number: str
    day: date
    member: str
    amount: int


def counted(lines: Sequence[Line], torn: Sequence[str]) -> list[Order]:
    """Every order that is readable and not cancelled, by day and number."""
    sums: dict[str, int] = defaultdict(int)
    first: dict[str, Line] = {}
    for line in lines:
        if line.state != "キャンセル" and line.order not in torn:
            sums[line.order] += line.amount
            first.setdefault(line.order, line)
    orders = [
        Order(
            number=number,
            day=line.day,
            member=line.buyer.number if line.buyer else "",
            amount=sums[number],
        )
        for number, line in first.items()
    ]
    return sorted(orders, key=lambda order: (order.day, order.number))


def by_member(orders: Sequence[Order]) -> dict[str, list[Order]]:
    """The orders of each member; guests are left out."""
    found: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        if order.member:
            found[order.member].append(order)
    return found


def customer_facts(orders: Sequence[Order]) -> dict[str, float]:
    """Customers, orders, money, repetition, concentration."""
    members = by_member(orders)
    sales = sum(order.amount for order in orders)
    amounts = sorted(sum(o.amount for o in own) for own in members.values())
    gaps = [
        (after.day - before.day).days for own in members.values() for before, after in pairwise(own)
    ]
    ranks = enumerate(amounts, start=1)
    tilt = sum((2 * rank - len(amounts) - 1) * amount for rank, amount in ranks)
    return {
        "customers.count": len(members),
        "customers.orders": len(orders),
        "customers.net_sales": sales,
        "customers.aov": sales / len(orders),
        "customers.repeat_rate": _share(len(own) > 1 for own in members.values()),
        "customers.purchase_interval_median_days": quantile(gaps, 0.5),
        "customers.top_decile_sales_share": _top(amounts, 0.1),
        "customers.top_quintile_sales_share": _top(amounts, 0.2),
        "customers.sales_gini": tilt / (len(amounts) * sum(amounts)),
    }


def _top(amounts: Sequence[int], share: float) -> float:
    count = math.ceil(share * len(amounts) - 1e-9)
    return sum(amounts[-count:]) / sum(amounts)


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return sum(known) / len(known)


def second_order_facts(orders: Sequence[Order]) -> dict[str, float]:
    """Second orders within a window, and the latest three mature cohorts against twelve."""
    members = by_member(orders).values()
    facts = {}
    for window in (90, 180, 365):
        facts[f"customers.f2_conversion[window_days={window}]"] = _share(
            _again(own, window) for own in members if (LAST - own[0].day).days >= window
        )
    cohorts: dict[date, list[bool]] = defaultdict(list)
    for own in members:
        cohorts[own[0].day.replace(day=1)].append(_again(own, 180))
    ripe = sorted(m for m in cohorts if month_end(m) <= LAST - timedelta(180))
    late = [flag for month in ripe[-3:] for flag in cohorts[month]]
    early = [flag for month in ripe[-15:-3] for flag in cohorts[month]]
    facts["customers.f2_conversion_t3v12[window_days=180]"] = _share(late) - _share(early)
    return facts


def _again(own: Sequence[Order], window: int) -> bool:
    return len(own) > 1 and (own[1].day - own[0].day).days <= window


def yearly_facts(orders: Sequence[Order]) -> dict[str, float]:
    """Sales to customers after an earlier order: the last twelve months and the year before.

    The look-back is as long for both years as the books allow for the earlier one.
    """
    ends = [date(LAST.year - back, LAST.month, LAST.day) for back in range(3)]
    history = ends[2] - orders[0].day
    now, before = (_existing(orders, end, start, history) for end, start in pairwise(ends))
    return {
        "customers.existing_sales_share_yoy": now[0] / now[1] - before[0] / before[1],
        "customers.existing_sales_yoy": now[0] - before[0],
    }


def _existing(
    orders: Sequence[Order], end: date, start: date, history: timedelta
) -> tuple[int, int]:
    """Sales to known customers and all sales, later than ``start`` and up to ``end``."""
    seen: set[str] = set()
    old = whole = 0
    for order in orders:
        if start < order.day <= end:
            whole += order.amount
            old += order.amount if order.member in seen else 0
        if order.member and start - history <= order.day:
            seen.add(order.member)
    return old, whole


def cost_facts(costs: Sequence[Cost], orders: Sequence[Order]) -> dict[str, float]:
    """Shares of cost items in sales."""
    sales = sum(order.amount for order in orders)
    sums: dict[str, int] = defaultdict(int)
    for cost in costs:
        sums[cost.item] += cost.amount
    variable = ("仕入", "荷造運賃", "梱包資材費", "決済手数料", "ポイント")
    return {
        "costs.contribution_margin_rate": 1 - sum(sums[item] for item in variable) / sales,
        "costs.system_cost_ratio": sums["システム利用料"] / sales,
        "costs.payment_fee_ratio": sums["決済手数料"] / sales,
        "costs.advertising_ratio": sums["広告宣伝費"] / sales,
    }


def contact_facts(contacts: Sequence[Contact], orders: Sequence[Order]) -> dict[str, float]:
    """The state of the contact log."""
    complaints = [contact for contact in contacts if contact.kind == "苦情"]
    resolved = [contact for contact in contacts if contact.done]
    filled = [
        sum(bool(getattr(contact, name)) for name in ("who", "what", "when", "where", "why", "how"))
        for contact in complaints
    ]
    return {
        "contacts.keyed_share": _share(bool(contact.member) for contact in complaints),
        "contacts.w5h1_share": sum(filled) / 6 / len(complaints),
        "contacts.fed_back_share": _share(contact.told == "○" for contact in resolved),
        "work.contacts_per_100_orders": len(contacts) / len(orders) * 100,
    }


def delivery_facts(
    lines: Sequence[Line], torn: Sequence[str], parcels: Mapping[str, Parcel]
) -> dict[str, float]:
    """Orders cancelled, come back, sent wrongly, and late against the day wished for."""
    states = {line.order: line.state for line in lines if line.order not in torn}
    whole = {line.order: line for line in reversed(lines) if line.order not in torn}
    sent = {order: parcels[order] for order, line in whole.items() if line.shipped}
    days = {order: line.shipped for order, line in whole.items() if line.shipped}
    last = max(days.values())
    since = last.replace(year=last.year - 1)  # a year has more than the 3,000 looked at at least
    lately = [sent[order].wrong for order, day in days.items() if day > since]
    wished = [
        line.arrived > wish
        for order, line in whole.items()
        if line.arrived and (wish := parcels[order].wished)
    ]
    return {
        "delivery.cancel_rate": _share(state == "キャンセル" for state in states.values()),
        "delivery.return_rate": _share(parcel.back is not None for parcel in sent.values()),
        "delivery.wrong_ship_rate": _share(lately),
        "delivery.late_rate_by_day": _share(wished),
    }


def all_facts(
    lines: Sequence[Line],
    torn: Sequence[str],
    costs: Sequence[Cost],
    contacts: Sequence[Contact],
    parcels: Mapping[str, Parcel],
) -> Mapping[str, float]:
    """Every fact that must come out, by key."""
    orders = counted(lines, torn)
    return {
        **customer_facts(orders),
        **second_order_facts(orders),
        **yearly_facts(orders),
        **delivery_facts(lines, torn, parcels),
        **shelf_facts(lines, torn, costs),
        **cost_facts(costs, orders),
        **contact_facts(contacts, orders),
        "work.manual_minutes_per_day": manual_minutes_per_day(),
        "journey.double_entry_count": double_entries(),
        "journey.after_arrival_actions_count": 0,
    }
