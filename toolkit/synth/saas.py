"""The world of a service sold to firms by yearly contract (SaaS・契約型サービス)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.synth.saas_billing import SETUP, ad_spend, first_days, invoices, orders, products
from toolkit.synth.saas_contracts import contracts, signed
from toolkit.synth.saas_use import usage
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
    from toolkit.synth.tob_sales import Deals

CUSTOMER_STEPS = words("tob_flow", "saas_customer")
COMPANY_STEPS = words("tob_flow", "saas_company")
MAILING = word("selling", "mailings", "use_cases")
PAYBACK_MONTHS = 18
PLANNED_ADS = 0.05
"""Advertising in the plan of costs, a share of sales."""


def make(rates: Rates, random: np.random.Generator, model: str) -> dict[str, pd.DataFrame]:
    """The tables by kind, of every world of this model."""
    import numpy as np

    chance = dict(zip(_PARTS, random.spawn(len(_PARTS)), strict=True))
    asked = deals(rates, chance["leads"])
    who = signed(rates, chance["accounts"], asked)
    terms = contracts(rates, who)
    billed = orders(rates, chance["orders"], who, terms)
    sales = _by_month(billed, billed["amount"])
    spent = ad_spend(rates, chance["ads"], who, asked)
    books = costs(rates, chance["costs"], sales, _booked(rates, chance["goods"], billed, spent))
    readers = np.rint(_by_month(billed, billed["product"].ne(SETUP)).to_numpy()).astype(np.int64)
    return {
        "contracts": terms.drop(columns="account"),
        "usage": usage(rates, chance["usage"], who, terms),
        "orders": billed,
        "customers": customers(rates, chance["customers"], first_days(who)),
        "products": products(),
        "leads": leads(chance["list"], asked, _amounts(chance["amounts"], asked)),
        "ad_spend": spent,
        "promotions": promotions(rates, chance["mailings"], MAILING, readers),
        "receivables": receivables(rates, chance["receivables"], invoices(billed)),
        "contacts": contacts(rates, chance["contacts"], billed),
        "requests": requests(rates, chance["requests"], who.names),
        "events": events(rates, chance["events"]),
        "journey": journey(rates, CUSTOMER_STEPS, COMPANY_STEPS),
        "costs": books,
        "accounts": closed_years(sales, books),
        "cash_plan": cash_plan(rates, sales, books),
    }


_PARTS = (
    "leads", "accounts", "orders", "ads", "costs", "goods", "usage", "customers", "list",
    "amounts", "mailings", "receivables", "contacts", "requests", "events",
)  # fmt: skip


def _amounts(random: np.random.Generator, asked: Deals) -> NDArray[np.float64]:
    """A year's fee of each enquiry, in yen."""
    return random.lognormal(13.5, 0.55, len(asked.created))


def _by_month(billed: pd.DataFrame, values: object) -> pd.Series[float]:
    import pandas as pd

    month = pd.DatetimeIndex(billed["order_date"]).to_period("M")
    sums = pd.Series(values, index=billed.index).astype(float).groupby(month).sum()
    return sums.reindex(every_month(), fill_value=0.0)


def _booked(
    rates: Rates, random: np.random.Generator, billed: pd.DataFrame, spent: pd.DataFrame
) -> dict[str, object]:
    """Cost of serving (by plan and setup) and advertising, by month."""
    unit = products().set_index("product")["cost"]
    goods = _by_month(billed, billed["product"].map(unit))
    ads = spent.groupby("month")["amount"].sum().sort_index()
    return {
        "cogs": goods.to_numpy() * random.normal(1.0, 0.01, len(goods)),
        "advertising": ads.to_numpy(),
    }


def profile(rates: Rates, model: str) -> dict[str, Any]:
    """client.yaml of the service: what it answers, and what it planned."""
    four = ("open_rate", "minutes", "core_use", "value_output")
    papers = ("feature_guide", "operation_manual", "faq", "training_material")
    answers = {
        "q.pla.cost_plan": cost_plan(rates, advertising=PLANNED_ADS),
        "q.sal.payback_months": PAYBACK_MONTHS,
        "q.bil.terms": {"closing_day": 31, "months_later": 1, "payment_day": 31},
        "q.ful.pattern": "digital",
        "q.tob.usage_targets": dict.fromkeys(four, "yes"),
        "q.tob.active_target": 0.9,
        "q.tob.core_target": 0.8,
        "q.tob.business_review": "yes",
        "q.tob.ops_tests": "yes",
        "q.tob.docs": dict.fromkeys(papers, "yes"),
        "q.tob.sales_people_share": 0.2,
    }
    return firm(rates, model, "saas", answers)
