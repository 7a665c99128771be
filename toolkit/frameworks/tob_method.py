"""The lists of the To-B method: values and their activities, metrics, chains, orders."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks.demand import CRITERIA, PIPELINE
from toolkit.frameworks.tob_facts import DOCUMENTS, LIFECYCLE, TOPICS, USAGE

VALUES: Mapping[str, tuple[str, ...]] = {
    "easy_to_use": ("user_research", "data_monitoring", "demand_analysis", "testing"),
    "easy_to_sell": ("precise_reach", "commercial_value", "cases"),
    "recognised": ("proper_use", "creative_help", "telling"),
}
"""V1 product R&D, V2 promotion and sales, V3 customer success and brand (S2-09, S2-56)."""
BUSINESS = ("signed", "renewal_rate", "collection_rate", "pending_renewals", "expansion")

LISTS: Mapping[str, tuple[str, ...]] = {
    "value": tuple(VALUES),
    "value_activity": tuple(name for names in VALUES.values() for name in names),
    "orientation": ("product_operations", "user_operations"),
    "ops_work": ("sales_operations", "customer_success", "content", "events"),
    "usage": USAGE,
    "business": BUSINESS,
    "feedback": ("bugs", "experience", "improvements", "requests"),
    "topic": TOPICS,
    "pipeline": PIPELINE,
    "criterion": CRITERIA,
    "test_order": ("design", "testing"),
    "doc": DOCUMENTS,
    "doc_task": ("content_output", "customer_training"),
    "ally": ("brand", "marketing", "public_relations", "sales"),
    "reach_order": ("positioning", "promotion_plan", "reach"),
    "reach_route": ("sales_force", "partners", "existing_customers"),
    "pre_sale": ("reach", "awareness", "talk", "purchase"),
    "with_customer": ("apply", "solve", "better_ways", "discover_needs", "give_solutions"),
    "case_match": ("scenario", "pain", "need"),
    "case_effect": ("empathy", "doubt_broken", "desire_to_try", "confidence"),
    "success": ("purchase", "use", "accompany", "serve", "solve"),
    "satisfaction": ("basic", "higher", "friends"),
    "telling": ("culture", "competitiveness", "uniqueness", "track_record"),
    "lifecycle": LIFECYCLE,
}
"""Each list in the order of the method, by the name of its codes in the words."""
