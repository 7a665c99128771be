"""The world of a shop that sells goods: general mail order, marketplaces, subscription."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.synth.answers import answers
from toolkit.synth.books import cash_plan, costs, receivables
from toolkit.synth.buying import buying
from toolkit.synth.calendar import END
from toolkit.synth.custom import customers
from toolkit.synth.delivery import delivered
from toolkit.synth.desk import contacts, events
from toolkit.synth.flow import journey
from toolkit.synth.orders import CANCELLED, Shelf, orders
from toolkit.synth.selling import ad_spend, promotions, traffic
from toolkit.synth.shelf import items_of, out_days, products, stock
from toolkit.synth.texts import word

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

LONG_NAMES = {"gen": "general", "mkt": "marketplace_led", "sub": "single_item_subscription"}
ORDER_COLUMNS = (
    "order_id", "customer_id", "order_date", "channel", "product", "quantity", "amount", "coupon",
    "points", "shipping_fee", "parcels", "status", "payment_method", "trial", "paid_at",
    "shipped_at", "promised_at", "delivered_at", "returned_at", "due_at", "wrong_item",
)  # fmt: skip
SUBSCRIBED = ("subscription_no", "subscription_count")
YEAR_DAYS = 365


def make(rates: Rates, random: np.random.Generator, model: str) -> Mapping[str, pd.DataFrame]:
    """All tables of a seller of goods, by kind.

    Each table has a stream of chance of its own, so that a fault moves only what it is about and
    what follows from it.
    """
    goods, people, back_room, money = random.spawn(4)
    buys = buying(rates, people)
    shelf_stream, out_stream, stock_stream, order_stream, way_stream = goods.spawn(5)
    items = items_of(rates, shelf_stream)
    shelf = Shelf(items=items, out=out_days(rates, items, out_stream))
    sold = orders(rates, buys, shelf, order_stream)
    sold = delivered(rates, sold, way_stream)
    if model == "sub":
        sold = _subscribed(sold)
    listing, visits, sends, ads = people.spawn(4)
    known = customers(rates, buys, listing)
    spent = ad_spend(rates, known, ads)
    booked = costs(rates, sold, items, spent, money)
    desk, room = back_room.spawn(2)
    return {
        "orders": _exported(sold, model),
        "customers": known,
        "products": products(rates, items, shelf_stream),
        "stock": stock(rates, items, shelf.out, _units(sold), stock_stream),
        "promotions": promotions(rates, known, sends),
        "traffic": traffic(rates, visits),
        "ad_spend": spent,
        "costs": booked,
        "contacts": contacts(rates, sold, desk),
        "events": events(rates, sold, room),
        "journey": journey(rates),
        "cash_plan": cash_plan(rates, booked, _sales_a_month(sold)),
        **({"receivables": receivables(rates, sold, money)} if model == "gen" else {}),
    }


def profile(rates: Rates, model: str) -> Mapping[str, Any]:
    """client.yaml of a seller of goods, without its client_id."""
    return {
        "company_name": word("firms", "company_name", model),
        "industry": "d2c" if model == "sub" else "mail_order",
        "model": LONG_NAMES[model],
        "stage": "growth",
        "currency": "JPY",
        "timezone": "Asia/Tokyo",
        "tax": "included",
        "lang": "ja",
        "as_of": END,
        "answers": answers(rates, model),
    }


def _exported(sold: pd.DataFrame, model: str) -> pd.DataFrame:
    """The columns a cart exports, dates without what it does not know."""
    names = [*ORDER_COLUMNS, *(SUBSCRIBED if model == "sub" else ())]
    made = sold.sort_values(["order_date", "order_id"], ignore_index=True)
    if model == "mkt":
        names.remove("trial")
    return made[names]


def _subscribed(sold: pd.DataFrame) -> pd.DataFrame:
    """The number of each delivery: trials come before the first."""
    made = sold.copy()
    count = made["times"] - made["began_by_trial"]
    made["subscription_no"] = ("S" + made["customer_id"].str[1:]).where(count > 0)
    made["subscription_count"] = count.where(count > 0).astype("Int64")
    return made


def _units(sold: pd.DataFrame) -> pd.DataFrame:
    """Units a day of each item over the last year."""
    recent = sold[sold["back"] < YEAR_DAYS]
    units = recent.groupby("product")["quantity"].sum() / YEAR_DAYS
    return units.rename("units").reset_index()


def _sales_a_month(sold: pd.DataFrame) -> float:
    recent = sold[(sold["back"] < YEAR_DAYS) & (sold["status"] != CANCELLED)]
    return float(recent["amount"].sum()) / 12
