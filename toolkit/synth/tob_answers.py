"""What well-run firms that sell to firms answer, as far as no table can tell (ヒアリング)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.synth.calendar import END
from toolkit.synth.texts import word, words
from toolkit.synth.tob_work import people_at_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.synth.rates import Rates

MODULES = ("planning", "procurement", "sales", "fulfillment", "aftercare")
STAGES = ("reach", "awareness", "talk", "purchase", "use", "accompany", "serve", "renew")
SUBJECTS = ("habits", "awareness", "liking", "needs", "scenes", "business_model")
EDGES = ("sales_planning", "sales_procurement", "aftercare_sales", "aftercare_procurement")
CARE = ("inquiry", "complaint", "returns", "dunning", "magazine", "data")
USED, UNUSED = ("web", "ads", "exhibition", "direct", "email"), ("sns", "dm", "store")
PAINS = words("accounts", "pains")
BOOKED = ("cogs", "logistics", "packing", "payment_fee", "advertising", "system", "personnel")


def profile(rates: Rates, model: str, long: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """client.yaml without its client_id: the firm, and its answers.

    Args:
        rates: of the world.
        model: its token, by which the firm is named.
        long: the model's name in client.yaml.
        answers: those beside what all such firms answer.
    """
    said = {**_common(rates), **answers}
    return {
        "company_name": word("firms", "company_name", model),
        "model": long,
        "stage": "growth",
        "tax": "excluded",
        "as_of": END,
        "answers": said,
    }


def cost_plan(rates: Rates, **shares: float) -> dict[str, float]:
    """The plan of costs with sales as the whole: the shares of a healthy year.

    Args:
        rates: ``<item>_share`` of the items.
        shares: items planned otherwise.
    """
    plan = {name: rates.parameters.get(f"{name}_share", 0.0) for name in (*BOOKED, "other")}
    plan = {**plan, "marketplace_fee": 0.0, "points": 0.0, **shares}
    return {**plan, "profit": round(1 - sum(plan.values()), 6)}


def _common(rates: Rates) -> dict[str, Any]:
    return {
        "q.pla.target": {
            name: word("accounts", "target", name) for name in ("industry_band", "prefecture")
        },
        "q.pla.research": "within_24m",
        "q.pla.fit": _all(("reach", "need", "pay", "ability"), 4),
        "q.pla.module_sheet": _all(MODULES, "yes"),
        "q.pla.absence": "none",
        "q.pla.feedback": _all(EDGES, "yes"),
        "q.pla.wage": 1800,
        "q.val.canvas": [{"item": one, "importance": 4, "covered": 1} for one in PAINS],
        "q.off.addon": "yes",
        "q.off.segments": "varied",
        "q.pro.make_or_buy": "yes",
        "q.pro.launch": "yes",
        "q.pro.launch_delay_days": 5,
        "q.pro.feedback": "yes",
        "q.sal.negotiation": "later",
        "q.sal.capture": "yes",
        "q.sal.channels": {**_all(USED, "fits"), **_all(UNUSED, "not_used")},
        "q.sal.consent": "yes",
        "q.sal.functions": _all(("gathering", "promotion", "closing", "collection"), "yes"),
        "q.sal.closing": "yes",
        "q.sal.reach_route": "yes",
        "q.bil.fee_rates": {"transfer": rates.base("payment_fee_share")},
        "q.bil.matching_hours": 3,
        "q.bil.dunning": "yes",
        "q.ful.outsource_plan": "no",
        "q.aft.activities": _all(CARE, "yes"),
        "q.jrn.flow": "yes",
        "q.jrn.staff": people_at_work(),
        "q.jrn.comm_tools": _all(
            ("order_handover", "customer_info", "schedule", "report", "urgent"), 1
        ),
        "q.crm.strategy": "yes",
        "q.crm.tool": "yes",
        "q.crm.count_method": "by_order",
        "q.pay.yearly_review": "yes",
        "q.tob.cases": "yes",
        "q.tob.demand_process": "yes",
        "q.tob.survey_method": _all(SUBJECTS, "both"),
        "q.tob.stakeholders": "yes",
        "q.tob.lifecycle_assignee": _all(STAGES, "yes"),
    }


def _all(items: Iterable[str], value: object) -> dict[str, object]:
    return dict.fromkeys(items, value)
