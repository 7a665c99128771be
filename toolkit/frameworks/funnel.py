"""The funnel of sales: counts from leads to orders won, never growing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from toolkit.facts import Facts
from toolkit.frameworks.answers import number
from toolkit.frameworks.check import refuse

FUNNEL = ("leads", "won")


def refuse_growth(funnel: Mapping[str, float]) -> None:
    """A funnel never grows.

    Raises:
        ObjectError: a later step counts more than the one before.
    """
    for (_, before), (step, after) in pairwise(funnel.items()):
        if after > before:
            raise refuse("object_funnel", f"funnel.{step}", f"{after:g}")


def funnel_of(facts: Facts) -> dict[str, float] | None:
    """Leads and those won, from the measured count and rate; None unless both are known."""
    leads, rate = number(facts, "acquisition.leads"), number(facts, "acquisition.conversion_rate")
    if leads is None or rate is None:
        return None
    return dict(zip(FUNNEL, (leads, float(round(leads * rate))), strict=True))
