"""Answers to every question that a rule rests on: what a well-run and an ill-run firm would say."""

from __future__ import annotations

from typing import Any

PLAN = {
    "cogs": 0.33, "logistics": 0.11, "packing": 0.02, "payment_fee": 0.035, "marketplace_fee": 0.02,
    "points": 0.01, "advertising": 0.11, "system": 0.05, "personnel": 0.35, "other": 0.05,
    "profit": -0.085,
}  # fmt: skip
EDGES = (
    "sales_planning", "sales_fulfillment", "sales_procurement", "aftercare_sales",
    "planning_sales", "planning_fulfillment",
)  # fmt: skip
STAGES = ("reach", "awareness", "talk", "purchase", "use", "accompany", "serve", "renew")
CHANNELS = ("web", "sns", "ads", "dm", "exhibition", "store", "direct", "email")
SUBJECTS = ("habits", "awareness", "liking", "needs", "scenes", "business_model")
FLOWS = ("awareness", "visit", "first_order", "delivery", "second_order", "repeat", "win_back")


def answers(*, ill: bool) -> dict[str, Any]:
    """The answers by question; one asked of other models alone is left out by the caller."""
    return {name: pair[int(ill)] for name, pair in _PAIRS.items()}


def _all(items: tuple[str, ...], value: object) -> dict[str, object]:
    return dict.fromkeys(items, value)


_PAIRS: dict[str, tuple[Any, Any]] = {
    "q.pla.research": ("within_24m", "no"),
    "q.pla.fit": (
        _all(("reach", "need", "pay", "ability"), 4),
        _all(("reach", "need", "pay", "ability"), 2),
    ),
    "q.pla.target": ({"age_band": "40代"}, {"age_band": "40代"}),
    "q.pla.module_sheet": (
        _all(("planning", "procurement", "sales", "fulfillment", "aftercare"), "yes"),
        {"planning": "no_kpi", "sales": "no_assignee"},
    ),
    "q.pla.kpi_matrix": (_all(FLOWS, "yes"), _all(FLOWS, "no")),
    "q.pla.cost_plan": (PLAN, {**PLAN, "profit": 0.3}),
    "q.pla.absence": ("none", {"value": ["quoting", "pricing", "billing"], "basis": "seen"}),
    "q.pla.feedback": (_all(EDGES, "yes"), _all(EDGES, "no")),
    "q.pla.wage": (1200, 1200),
    "q.val.canvas": (
        [{"item": f"困り事{at}", "importance": 4, "covered": 1} for at in range(6)],
        [{"item": f"困り事{at}", "importance": 4, "covered": 0} for at in range(6)],
    ),
    "q.off.addon": ("yes", "no"),
    "q.off.segments": ("varied", "same"),
    "q.off.free_ship": (9000, 1000),
    "q.off.stepup_target": (0.3, 0.4),
    "q.pro.make_or_buy": ("yes", "all_own"),
    "q.pro.launch": ("yes", "no"),
    "q.pro.launch_delay_days": (0, 60),
    "q.pro.feedback": ("yes", "no"),
    "q.sal.negotiation": ("now", "later"),
    "q.sal.capture": ("yes", "no"),
    "q.sal.channels": (_all(CHANNELS, "fits"), {"web": "fits", "ads": "not_affordable"}),
    "q.sal.consent": ("yes", "no"),
    "q.sal.payback_months": (12, 6),
    "q.sal.functions": (
        _all(("gathering", "promotion", "closing", "collection"), "yes"),
        {"gathering": "no", "closing": "yes"},
    ),
    "q.sal.closing": ("yes", "no"),
    "q.sal.repeat_kpi": ("yes", "no"),
    "q.sal.reach_route": ("yes", "no"),
    "q.bil.terms": (
        {"closing_day": 31, "months_later": 1, "payment_day": 31},
        {"closing_day": 31, "months_later": 1, "payment_day": 31},
    ),
    "q.bil.methods": (
        {"card": "offered", "transfer": "offered", "convenience": "offered"},
        {"card": "offered", "transfer": "wanted", "convenience": "wanted"},
    ),
    "q.bil.fee_rates": (
        {"card": 0.036, "代引": 0.04, "後払い": 0.04},
        {"card": 0.036, "代引": 0.02, "後払い": 0.02},
    ),
    "q.bil.matching_hours": (2, 20),
    "q.bil.dunning": ("yes", "no"),
    "q.ful.pattern": ("goods", "goods"),
    "q.ful.operator": ("contractor", "staff"),
    "q.ful.hours": (5, 40),
    "q.ful.flow": ("yes", "no"),
    "q.ful.outsource_plan": ("partly", "all"),
    "q.ful.ship_promise_hours": (48, 48),
    "q.ful.stock_link": ("auto", "manual"),
    "q.ful.insert": ("within_12m", "older"),
    "q.aft.activities": (
        _all(("inquiry", "complaint", "returns", "dunning", "magazine", "data"), "yes"),
        {"inquiry": "no_assignee", "complaint": "no_record"},
    ),
    "q.aft.f2_target": (0.3, 0.3),
    "q.aft.newsletter": ("yes", "no"),
    "q.aft.keep_target": (
        _all(("keep_1to2", "keep_2to3"), 0.4),
        _all(("keep_1to2", "keep_2to3"), 0.6),
    ),
    "q.jrn.flow": ("yes", "no"),
    "q.jrn.staff": (
        {f"係{at}": 1 for at in range(5)},
        {f"係{at}": 1 for at in range(5)} | {"佐藤": 1},
    ),
    "q.jrn.comm_tools": (
        _all(("order_handover", "customer_info", "schedule", "report", "urgent"), 1),
        _all(("order_handover", "customer_info", "schedule", "report", "urgent"), 5),
    ),
    "q.pay.linkage": ("auto", "manual"),
    "q.pay.cart_compare": ("yes", "no"),
    "q.pay.checkout_steps": (3, 9),
    "q.pay.reentry": ("no", "yes"),
    "q.pay.yearly_review": ("yes", "no"),
    "q.crm.strategy": ("yes", "no"),
    "q.crm.tool": ("yes", "yes"),
    "q.crm.data_tool": ("dedicated_db", "spreadsheet"),
    "q.crm.slow_signs": ("no", "yes"),
    "q.crm.migration_plan": ("yes", "no"),
    "q.crm.count_method": ("by_order", "by_row"),
    "q.crm.databases": (
        _all(("sales", "customer", "product", "receivable", "history", "promotion"), "obtainable"),
        _all(
            ("sales", "customer", "product", "receivable", "history", "promotion"), "not_obtainable"
        ),
    ),
    "q.crm.premise": ("life", "own_product"),
    "q.tob.usage_targets": (_all(("open_rate", "minutes", "core_use", "value_output"), "yes"),) * 1
    + ({"open_rate": "no"},),
    "q.tob.active_target": (0.5, 0.9),
    "q.tob.core_target": (0.5, 0.9),
    "q.tob.business_review": ("yes", "no"),
    "q.tob.cases": ("yes", "no"),
    "q.tob.demand_process": ("yes", "no"),
    "q.tob.ops_tests": ("yes", "no"),
    "q.tob.docs": (
        _all(("feature_guide", "operation_manual", "faq", "training_material"), "yes"),
        {"faq": "no"},
    ),
    "q.tob.survey_method": (_all(SUBJECTS, "both"), _all(SUBJECTS, "questionnaire")),
    "q.tob.stakeholders": ("yes", "no"),
    "q.tob.lifecycle_assignee": (_all(STAGES, "yes"), _all(STAGES, "no")),
    "q.tob.sales_people_share": (0.1, 0.9),
}
