"""Answers of the three-step count: by hand, then customers, orders of each, repeaters, the top."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.count_few import few_lines
from toolkit.lessons.order_counts import OrderCounts, counts_of, order_counts, repeaters
from toolkit.measures.concentration import top_count
from toolkit.measures.customers import TOP_SHARES
from toolkit.words import Words, number_text

COUNT: Final = "customers.count"
PER_CUSTOMER: Final = "customers.orders_per_customer"
REPEAT_RATE: Final = "customers.repeat_rate"
TOP: Final = "customers.top_decile_sales_share"
TOP_SHARE: Final = TOP_SHARES["top_decile_sales_share"]
TEN: Final = 10


def by_hand(firm: ClientFirm, book: Words) -> Answer | None:
    """Repeaters among a few lines that can be counted on the fingers."""
    found = order_counts(firm)
    lines = None if found is None else few_lines(found)
    if lines is None:
        return None
    few = counts_of(lines.rename(columns={"customer": "customer_id"}))
    right = repeaters(few.per_customer)
    return Answer(
        value=float(right),
        wrong={
            "by_row": float(repeaters(few.rows_per_customer)),
            "cancelled_in": float(repeaters(few.with_cancelled)),
            "guest_as_one": float(repeaters(few.with_guests)),
            "customers": float(len(few.per_customer)),
            "orders": float(len(few.orders)),
            "rows": float(len(few.lines)),
        },
        params={
            "lines": str(len(lines)),
            "worked": "\n".join(f"- {name}: {n}" for name, n in _in_order(few)),
            "repeaters": str(right),
            "by_row": str(repeaters(few.rows_per_customer)),
            "blank": str(few.guests),
        },
    )


def customers(firm: ClientFirm, book: Words) -> Answer | None:
    """Customers with a code and an order that counts (customers.count)."""
    found, right = order_counts(firm), firm.number(COUNT)
    if found is None or right is None:
        return None
    listed = firm.rows("customers")
    registered: dict[str, Given] = {} if listed is None else {"registered": float(len(listed))}
    return Answer(
        value=right,
        wrong={
            **registered,
            "guest_as_one": float(len(found.with_guests)),
            "guests_each": right + found.guests,
            "cancelled_in": float(len(found.with_cancelled)),
            "orders": float(len(found.orders)),
            "rows": float(len(found.kept)),
        },
        params=count_params(found, book),
    )


def orders_per_customer(firm: ClientFirm, book: Words) -> Answer | None:
    """Orders of known customers ÷ customers (customers.orders_per_customer)."""
    found, right = order_counts(firm), firm.number(PER_CUSTOMER)
    if found is None or right is None:
        return None
    each, cancelled = found.per_customer, found.with_cancelled
    people = len(each)
    return Answer(
        value=right,
        wrong={
            "by_row": len(found.kept[found.kept["customer_id"].notna()]) / people,
            "guests_in": len(found.orders) / people,
            "cancelled_in": float(cancelled.mean()),
            "repeaters_alone": float(each[each > 1].mean()) if (each > 1).any() else right,
            "median": float(each.median()),
            "upside_down": people / float(each.sum()),
        },
        params=count_params(found, book),
    )


def repeat_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Customers with two orders or more ÷ customers (customers.repeat_rate)."""
    found, right = order_counts(firm), firm.number(REPEAT_RATE)
    if found is None or right is None:
        return None
    each, rows, cancelled = found.per_customer, found.rows_per_customer, found.with_cancelled
    people, orders = len(each), float(each.sum())
    again = each[each > 1]
    return Answer(
        value=right,
        wrong={
            "by_row": repeaters(rows) / len(rows),
            "cancelled_in": repeaters(cancelled) / len(cancelled),
            "share_of_orders": float(again.sum()) / orders,
            "later_orders": (orders - people) / orders,
            "once_alone": 1 - right,
            "three_or_more": float((each > 2).sum()) / people,
            "count_alone": float(len(again)),
        },
        params=count_params(found, book),
    )


def top_sales_share(firm: ClientFirm, book: Words) -> Answer | None:
    """Share of sales held by the top tenth of customers (customers.top_decile_sales_share)."""
    found, right = order_counts(firm), firm.number(TOP)
    if found is None or right is None:
        return None
    by = found.known.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    orders, people, total = found.per_customer, len(by), float(by.sum())
    top = top_count(TOP_SHARE, people)
    most = by.loc[orders.index[:top]]
    return Answer(
        value=right,
        wrong={
            "of_all_sales": float(by.head(top).sum()) / float(found.orders["amount"].sum()),
            "by_orders": float(most.sum()) / total,
            "ten_customers": float(by.head(TEN).sum()) / total,
            "twice_as_many": float(by.head(top_count(2 * TOP_SHARE, people)).sum()) / total,
            "share_of_orders": float(orders.head(top).sum()) / float(orders.sum()),
            "top_alone": TOP_SHARE,
            "lowest": float(by.tail(top).sum()) / total,
        },
        params={
            **count_params(found, book),
            "top": _number(top, book),
            "top_percent": f"{TOP_SHARE:.0%}",
            "held": f"{right:.3f}",
            "held_percent": number_text(right, "share", book.lang),
        },
    )


def count_params(found: OrderCounts, book: Words) -> dict[str, str]:
    """What fills words about the count."""
    each, rows = found.per_customer, found.rows_per_customer
    people, again = len(each), repeaters(each)
    numbers = {
        "people": people,
        "known_orders": int(each.sum()),
        "all_orders": len(found.orders),
        "kept_rows": len(found.kept),
        "all_rows": len(found.lines),
        "guests": found.guests,
        "again": again,
        "again_by_row": repeaters(rows),
        "most": int(each.iloc[0]),
    }
    return {
        **{name: _number(value, book) for name, value in numbers.items()},
        "each": f"{each.mean():.3f}",
        "short_each": f"{each.mean():.2f}",
        "repeat": f"{again / people:.3f}",
        "repeat_percent": number_text(again / people, "share", book.lang),
        "by_row_percent": number_text(repeaters(rows) / len(rows), "share", book.lang),
    }


def _number(value: float, book: Words) -> str:
    return number_text(value, "count", book.lang)


def _in_order(few: OrderCounts) -> list[tuple[str, int]]:
    counted = few.per_customer.sort_index(kind="stable")
    return [(str(name), int(n)) for name, n in counted.items()]
