"""What of the To-B lifecycle applies to which model: contracts of software, or made to order."""

from __future__ import annotations

from toolkit.frameworks import applicability
from toolkit.frameworks.applicability import CONSUMER, MADE_TO_ORDER, NOT_HERE, SAAS
from toolkit.frameworks.framework import Row

SAAS_ONLY = frozenset(
    {
        "usage_targets",
        "usage",
        "usage_goals",
        "business_review",
        "documents",
        "operations_tests",
        "knowledge",
        "operations.product_operations",
        "operations.user_operations",
        "values.data_monitoring",
        "values.testing",
        "business.renewal_rate",
        "business.pending_renewals",
        "business.expansion",
    }
)
"""What speaks of a product in use under contract: with made-to-order work there is none."""
ORDERS_ONLY = frozenset(
    {"accounts.continuation_share", "accounts.dormant_count", "accounts.job_cost_variance"}
)
"""What speaks of orders placed again and again, or of jobs: contracts tell it by renewal."""
SAAS_COUNTS = ("missing_targets_count", "missing_documents_count")


def fitted(rows: tuple[Row, ...], model: str | None) -> tuple[Row, ...]:
    """The rows as they apply to a model; to consumers only what is known of business customers."""
    if model in CONSUMER and not any(row.known for row in rows):
        return (Row(part="applies", value=NOT_HERE, codes="applies"),)
    absent = {MADE_TO_ORDER: SAAS_ONLY, SAAS: ORDERS_ONLY}.get(model or "", frozenset())
    return applicability.fitted(rows, absent)


def absent_counts(model: str | None) -> tuple[str, ...]:
    """Counts of ``tob_facts`` that do not apply to a model."""
    if model in CONSUMER:
        return (*SAAS_COUNTS, "unassigned_stages_count", "method_mismatch_count")
    return SAAS_COUNTS if model == MADE_TO_ORDER else ()
