"""Before the sale (受注までの流れ): positioning and plan first, then four links to the purchase."""

from __future__ import annotations

from collections.abc import Mapping

ORDER = ("positioning", "promotion_plan", "reach")
"""What has to stand before the next (S2-60)."""
LINKS = ("reach", "awareness", "talk", "purchase")
"""The four links before the sale (S2-38)."""
ROUTES = ("sales_force", "partners", "existing_customers")
"""By whom narrow targets are reached (S2-39)."""
REFERRAL = ("wider_reach", "deeper_understanding", "contracts")
"""What training that customers pass on brings about (S2-41)."""


def skipped(order: Mapping[str, str] | None) -> str | None:
    """What should have come first: a step said to be missing although a later one is done.

    >>> skipped({"positioning": "no", "promotion_plan": "yes", "reach": "yes"})
    'positioning'
    >>> skipped({"positioning": "yes", "promotion_plan": "no", "reach": "no"}) is None
    True
    """
    given = order or {}
    for place, step in enumerate(ORDER):
        later = (given.get(after) for after in ORDER[place + 1 :])
        if given.get(step) == "no" and any(state in ("yes", "partly") for state in later):
            return step
    return None


def broken_link(assignees: Mapping[str, str] | None) -> str | None:
    """The first of the four links that nobody looks after; None where none is said to be."""
    return next((link for link in LINKS if (assignees or {}).get(link) == "no"), None)
