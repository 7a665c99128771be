"""What the people of a healthy firm that sells goods would answer in the hearing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.synth.books import CONTRACT_FEES
from toolkit.synth.custom import TARGET_BANDS
from toolkit.synth.desk import PEOPLE
from toolkit.synth.orders import CARD, CASH
from toolkit.synth.texts import several

if TYPE_CHECKING:
    from toolkit.synth.rates import Rates

ALL, GOODS = ("sub", "gen", "mkt", "shop"), ("sub", "gen", "mkt")
PLANNED = (
    "cogs", "logistics", "packing", "payment_fee", "marketplace_fee", "points", "advertising",
    "system", "personnel", "other",
)  # fmt: skip
FLOWS = ("awareness", "visit", "first_order", "delivery", "second_order", "repeat", "win_back")
EDGES = (
    "sales_planning", "sales_fulfillment", "sales_procurement", "aftercare_sales",
    "aftercare_procurement", "aftercare_fulfillment",
)  # fmt: skip


def answers(rates: Rates, model: str) -> dict[str, Any]:
    """Answers by question, those the model is asked; plan and lines are the world's own."""
    given = [name for name in PLANNED if f"plan_{name}" in rates.parameters]
    plan = {name: rates.base(f"plan_{name}") for name in given}
    plan["profit"] = round(1 - sum(plan.values()), 4)
    made: dict[str, tuple[tuple[str, ...], Any]] = {
        **_SAID,
        "q.pla.cost_plan": (ALL, plan),
        "q.aft.f2_target": (ALL, rates.base("f2_target")),
        "q.bil.fee_rates": (ALL, _fees(model)),
    }
    if model != "shop":
        made["q.off.free_ship"] = (("gen", "sub"), int(rates.of("free_ship_line")))
        made["q.off.stepup_target"] = (("gen", "sub"), rates.base("stepup_target"))
    if model == "sub":
        keep = {name: rates.base(f"{name}_target") for name in ("keep_1to2", "keep_2to3")}
        made["q.aft.keep_target"] = (("sub",), keep)
    return {name: answer for name, (models, answer) in made.items() if model in models}


def _fees(model: str) -> dict[str, float]:
    taken = (
        (CARD, CASH) if model == "shop" else tuple(name for name in CONTRACT_FEES if name != CASH)
    )
    return {name: rate for name, rate in CONTRACT_FEES.items() if name in taken}


def _each(items: tuple[str, ...], value: object) -> dict[str, object]:
    return dict.fromkeys(items, value)


# What needs no figure of the world, with the models that are asked.
_SAID: Mapping[str, tuple[tuple[str, ...], Any]] = {
    "q.pla.target": (ALL, {"age_band": several(TARGET_BANDS)}),
    "q.pla.research": (ALL, "within_24m"),
    "q.pla.fit": (ALL, _each(("reach", "need", "pay", "ability"), 4)),
    "q.pla.module_sheet": (
        ALL,
        _each(("planning", "procurement", "sales", "fulfillment", "aftercare"), "yes"),
    ),
    "q.pla.absence": (ALL, "none"),
    "q.pla.kpi_matrix": (GOODS, _each(FLOWS, "yes")),
    "q.pla.feedback": (ALL, _each(EDGES, "yes")),
    "q.pla.wage": (ALL, 1200),
    "q.pla.overtime_cut": (ALL, "yes"),
    "q.off.addon": (ALL, "yes"),
    "q.off.segments": (ALL, "varied"),
    "q.pro.make_or_buy": (ALL, "yes"),
    "q.pro.feedback": (ALL, "yes"),
    "q.sal.negotiation": (ALL, "now"),
    "q.sal.capture": (ALL, "yes"),
    "q.sal.consent": (ALL, "yes"),
    "q.sal.payback_months": (ALL, 12),
    "q.sal.functions": (
        ALL,
        _each(("gathering", "promotion", "closing", "collection"), "yes"),
    ),
    "q.sal.repeat_kpi": (ALL, "yes"),
    "q.bil.dunning": (("gen",), "yes"),
    "q.bil.matching_hours": (("gen",), 3),
    "q.sal.closing": (("sub", "shop"), "yes"),
    "q.ful.pattern": (("shop",), "onsite"),
    "q.ful.ship_promise_hours": (GOODS, 72),
    "q.ful.stock_link": (GOODS, "auto"),
    "q.ful.insert": (("sub", "gen"), "within_12m"),
    "q.aft.activities": (
        ALL,
        _each(("inquiry", "complaint", "returns", "dunning", "magazine", "data"), "yes"),
    ),
    "q.aft.newsletter": (ALL, "yes"),
    "q.jrn.flow": (ALL, "yes"),
    "q.jrn.staff": (ALL, {name: 1 for name in PEOPLE[:5]}),
    "q.pay.linkage": (GOODS, "auto"),
    "q.pay.yearly_review": (ALL, "yes"),
    "q.crm.strategy": (ALL, "yes"),
    "q.crm.tool": (ALL, "yes"),
    "q.crm.count_method": (ALL, "by_order"),
}
