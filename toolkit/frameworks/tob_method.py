"""The lists of the To-B method: purpose, values and their activities, metrics, chains, orders."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks import customer_case, customer_success, decision_chain, demand, pre_sale
from toolkit.frameworks.survey import TOPICS
from toolkit.frameworks.tob_facts import DOCUMENTS, LIFECYCLE, USAGE

GROWTH = (0, 1, 100, 1000, 10000)
"""Scale stages of the business in customers (S2-05)."""
VALUES: Mapping[str, tuple[str, ...]] = {
    "easy_to_use": ("user_research", "data_monitoring", "demand_analysis", "testing"),
    "easy_to_sell": ("precise_reach", "commercial_value", "cases"),
    "recognised": ("proper_use", "creative_help", "telling"),
}
"""V1-a…d, V2-a…c, V3-a…c (S2-09, S2-10)."""
ACTIVITIES = tuple(name for names in VALUES.values() for name in names)
AREAS: Mapping[str, str] = {
    "easy_to_use": "product_development",
    "easy_to_sell": "promotion_sales",
    "recognised": "brand_building",
}
"""The area each value belongs to (S2-56)."""
BUSINESS = (
    "signed",
    "renewal_rate",
    "collected_yen",
    "collection_rate",
    "pending_renewals",
    "expansion",
)
"""Five metrics; the amount collected has its share of what fell due beside it."""
ORIENTATIONS = ("product_operations", "user_operations")
WORK = ("sales_operations", "customer_success", "content", "events")
OPERATIONS = (*ORIENTATIONS, *WORK)
PURPOSES = ("solve_process", "raise_efficiency", "new_value")
KNOWLEDGE = ("design_process", "tools", "resources", "management")
ALLIES = ("brand", "marketing", "public_relations", "sales")
DOC_TASKS: Mapping[str, tuple[str, ...]] = {
    "content_output": ("feature_guide", "faq"),
    "customer_training": ("operation_manual", "training_material"),
}
"""The two tasks the documents serve (S2-35); which serves which is ours."""

LISTS: Mapping[str, tuple[str, ...]] = {
    "ops_element": ("coordinate", "choose_means", "reach_goals", "guide_people"),
    "purpose": PURPOSES,
    "value": tuple(VALUES),
    "area": tuple(AREAS.values()),
    "value_activity": ACTIVITIES,
    "orientation": ORIENTATIONS,
    "ops_work": WORK,
    "usage": USAGE,
    "business": BUSINESS,
    "feedback": demand.KINDS,
    "topic": TOPICS,
    "pipeline": demand.PIPELINE,
    "criterion": demand.CRITERIA,
    "knowledge": KNOWLEDGE,
    "test_order": ("design", "testing"),
    "doc": DOCUMENTS,
    "doc_task": tuple(DOC_TASKS),
    "ally": ALLIES,
    "reach_order": pre_sale.ORDER,
    "reach_route": pre_sale.ROUTES,
    "pre_sale": pre_sale.LINKS,
    "referral_effect": pre_sale.REFERRAL,
    "with_customer": customer_success.WITH_CUSTOMER,
    "case_match": customer_case.MATCHED,
    "case_effect": customer_case.EFFECTS,
    "buying_role": decision_chain.ROLES,
    "success": customer_success.SEQUENCE,
    "satisfaction": tuple(customer_success.LEVELS),
    "telling": customer_success.TOLD,
    "circle": customer_success.CIRCLE,
    "lifecycle": LIFECYCLE,
}
"""Each list in the order of the method, by the name of its codes in the words."""
SAYS: Mapping[str, tuple[str, ...]] = {
    "operations": ("S2-01", "S2-02", "S2-03", "S2-59"),
    "lifecycle": ("S2-04", "S2-58"),
    "own_use": ("S2-33", "S2-36", "S2-63"),
    "expertise": ("S2-43", "S2-57"),
    "renewals": ("S2-45",),
    "precondition": ("S2-49", "S2-50", "S2-51"),
    "jointly": ("S2-61",),
}
