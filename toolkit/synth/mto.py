"""The world of a maker to order (受注型ToB): accounts, quotes, orders, jobs, invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.synth.mto_accounts import accounts
from toolkit.synth.mto_goods import goods_cost, jobs, products, stock
from toolkit.synth.mto_orders import CANCELLED, orders
from toolkit.synth.texts import word, words
from toolkit.synth.tob_answers import cost_plan
from toolkit.synth.tob_answers import profile as firm
from toolkit.synth.tob_contacts import contacts, requests
from toolkit.synth.tob_customers import customers
from toolkit.synth.tob_money import cash_plan, closed_years, costs, receivables
from toolkit.synth.tob_sales import deals, leads, promotions
from toolkit.synth.tob_time import every_month
from toolkit.synth.tob_work import events, journey

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

CUSTOMER_STEPS = words("tob_flow", "mto_customer")
COMPANY_STEPS = words("tob_flow", "mto_company")
MAILING = word("selling", "mailings", "worked_parts")
SHIP_PROMISE_HOURS = 480


def make(rates: Rates, random: np.random.Generator, model: str) -> dict[str, pd.DataFrame]:
    """The tables by kind, of every world of this model."""
    chance = dict(zip(_PARTS, random.spawn(len(_PARTS)), strict=True))
    who = accounts(rates, chance["accounts"])
    placed = orders(rates, chance["orders"], who)
    sold = placed[placed["status"] != CANCELLED]
    sales = _by_month(sold, sold["amount"])
    goods = _by_month(sold, goods_cost(rates, sold)) * chance["goods"].normal(1.0, 0.01, len(sales))
    books = costs(rates, chance["costs"], sales, {"cogs": goods})
    asked = deals(rates, chance["leads"])
    amounts = chance["amounts"].lognormal(12.9, 0.7, len(asked.created))
    return {
        "orders": placed.drop(columns="item"),
        "customers": customers(rates, chance["customers"], _first_orders(placed)),
        "products": products(rates, chance["products"]),
        "stock": stock(rates, chance["stock"], sold),
        "jobs": jobs(rates, chance["jobs"], sold),
        "leads": leads(chance["list"], asked, amounts),
        "promotions": promotions(rates, chance["mailings"], MAILING, _recipients(sold)),
        "receivables": receivables(rates, chance["receivables"], _invoices(sold)),
        "contacts": contacts(rates, chance["contacts"], sold),
        "requests": requests(rates, chance["requests"], who.names),
        "events": events(rates, chance["events"]),
        "journey": journey(rates, CUSTOMER_STEPS, COMPANY_STEPS),
        "costs": books,
        "accounts": closed_years(sales, books),
        "cash_plan": cash_plan(rates, sales, books),
    }


_PARTS = (
    "accounts", "orders", "goods", "costs", "leads", "amounts", "list", "customers", "products",
    "stock", "jobs", "mailings", "receivables", "contacts", "requests", "events",
)  # fmt: skip


def _by_month(sold: pd.DataFrame, values: object) -> pd.Series[float]:
    """Sums by month of the order, one for every month."""
    import pandas as pd

    month = pd.DatetimeIndex(sold["order_date"]).to_period("M")
    sums = pd.Series(values, index=sold.index).astype(float).groupby(month).sum()
    return sums.reindex(every_month(), fill_value=0.0)


def _first_orders(placed: pd.DataFrame) -> pd.DataFrame:
    first = placed.groupby("customer_id")[["order_date"]].min().reset_index()
    return first.rename(columns={"order_date": "first_date"})


def _recipients(sold: pd.DataFrame) -> NDArray[np.int64]:
    """Accounts that had ordered by the end of each month."""
    import numpy as np
    import pandas as pd

    first = sold.groupby("customer_id")["order_date"].min()
    months = pd.DatetimeIndex(first).to_period("M")
    return np.array([int((months <= month).sum()) for month in every_month()])


def _invoices(sold: pd.DataFrame) -> pd.DataFrame:
    """What was billed: the orders of an account on one day are one invoice."""
    billed = sold[sold["invoiced_at"].notna()]
    keys = ["invoiced_at", "customer_id", "due_at"]
    return billed.groupby(keys)[["amount"]].sum().reset_index()


def profile(rates: Rates, model: str) -> dict[str, Any]:
    """client.yaml of the maker: what it answers, and what it planned."""
    answers = {
        "q.pla.cost_plan": cost_plan(rates),
        "q.sal.repeat_kpi": "yes",
        "q.bil.terms": {"closing_day": 31, "months_later": 1, "payment_day": 31},
        "q.ful.pattern": "goods",
        "q.ful.ship_promise_hours": SHIP_PROMISE_HOURS,
        "q.ful.stock_link": "auto",
        "q.aft.newsletter": "yes",
    }
    return firm(rates, model, "made_to_order", answers)
