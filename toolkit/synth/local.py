"""The world of a local service (店舗サービス): visits to a small practice, booked or by chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.synth.answers import answers
from toolkit.synth.books import cash_plan, costs
from toolkit.synth.buying import buying
from toolkit.synth.calendar import END, day_of
from toolkit.synth.custom import customers
from toolkit.synth.desk import contacts, events
from toolkit.synth.flow import journey
from toolkit.synth.orders import CANCELLED, CARD, CASH, DONE
from toolkit.synth.selling import ad_spend, promotions, traffic
from toolkit.synth.shelf import items_of, products
from toolkit.synth.texts import word

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

BOOKED = (word("orders", "channels", "web_booking"), word("orders", "channels", "phone_booking"))
COLUMNS = (
    "order_id", "customer_id", "order_date", "channel", "product", "quantity", "amount", "coupon",
    "status", "payment_method", "paid_at",
)  # fmt: skip
OPENS, OPEN_HOURS = 10, 9
YEAR_DAYS = 365


def make(rates: Rates, random: np.random.Generator, model: str) -> Mapping[str, pd.DataFrame]:
    """All tables of a local service, by kind; nothing is stocked or sent."""
    people, service, back_room, money = random.spawn(4)
    buys = buying(rates, people)
    menu_stream, visit_stream = service.spawn(2)
    menu = items_of(rates, menu_stream)
    seen = visits(rates, buys, menu, visit_stream)
    listing, looks, sends, ads = people.spawn(4)
    known = customers(rates, buys, listing)
    spent = ad_spend(rates, known, ads)
    booked = costs(rates, seen, menu, spent, money)
    desk, room = back_room.spawn(2)
    kept = seen[(seen["back"] < YEAR_DAYS) & (seen["status"] != CANCELLED)]
    return {
        "orders": seen[list(COLUMNS)].sort_values(["order_date", "order_id"], ignore_index=True),
        "customers": known,
        "products": products(rates, menu, menu_stream),
        "promotions": promotions(rates, known, sends),
        "traffic": traffic(rates, looks),
        "ad_spend": spent,
        "costs": booked,
        "contacts": contacts(rates, seen, desk),
        "events": events(rates, seen, room),
        "journey": journey(rates),
        "cash_plan": cash_plan(rates, booked, float(kept["amount"].sum()) / 12),
    }


def profile(rates: Rates, model: str) -> Mapping[str, Any]:
    """client.yaml of a local service, without its client_id."""
    return {
        "company_name": word("firms", "company_name", model),
        "industry": "local_service",
        "model": "shop_service",
        "stage": "growth",
        "currency": "JPY",
        "timezone": "Asia/Tokyo",
        "tax": "included",
        "lang": "ja",
        "as_of": END,
        "answers": answers(rates, model),
    }


def visits(
    rates: Rates, buys: pd.DataFrame, menu: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    """A row per visit with what was chosen from the menu, paid on the spot."""
    import numpy as np
    import pandas as pd

    n, back, draws = len(buys), buys["back"].to_numpy(), random.random((len(buys), 5))
    made = buys.copy()
    made["order_id"] = [f"V{number:06d}" for number in range(1, n + 1)]
    made["customer_id"] = [f"C{who:06d}" for who in made["who"]]
    clock = np.round(draws[:, 0] * OPEN_HOURS * 4) * 15 + OPENS * 60
    made["order_date"] = day_of(back) + pd.to_timedelta(clock, unit="min")
    made["channel"] = np.where(draws[:, 1] < 0.6, *BOOKED)
    chosen = np.searchsorted(menu["weight"].cumsum().to_numpy(), draws[:, 2])
    made["item"] = np.minimum(chosen, len(menu) - 1)
    made["product"] = menu["product"].to_numpy()[made["item"]]
    made["quantity"] = 1
    made["list"] = menu["price"].to_numpy()[made["item"]]
    drawn = draws[:, 3] < rates.at("coupon_share", back)
    used = np.where(made["times"] == 1, made["began_by_coupon"], drawn)
    depth = np.where(used, rates.at("coupon_depth", back), 0.0)
    made["coupon"] = np.round(made["list"] * depth, -1).astype(int)
    made["amount"] = (made["list"] - made["coupon"]).astype(int)
    made["payment_method"] = np.where(draws[:, 4] < rates.base("card_share"), CARD, CASH)
    made["status"] = np.where(random.random(n) < rates.base("cancel_share"), CANCELLED, DONE)
    made["parcels"] = 0
    done = made["order_date"] + pd.Timedelta(hours=1)
    made["paid_at"] = done.where(made["status"] == DONE)
    made["shipped_at"] = made["paid_at"]  # when the visit was over, for the log of steps
    return made
