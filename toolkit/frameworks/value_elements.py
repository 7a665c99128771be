"""Elements of value: what a customer may get, level by level, for consumers and for firms.

Levels and their number follow Almquist, Senior and Bloch, "The Elements of Value" (2016: four
levels, thirty elements), and Almquist, Cleghorn and Sherer, "The B2B Elements of Value" (2018:
five levels, forty). Elements of Value is a trademark of Bain & Company: the names used here are
our own and generic, and a notice stands wherever the list is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

CONSUMERS: Mapping[str, tuple[str, ...]] = {
    "functional": (
        "time",
        "simplicity",
        "income",
        "less_risk",
        "order",
        "joined_up",
        "people_linked",
        "less_effort",
        "less_trouble",
        "less_cost",
        "quality",
        "choice",
        "senses",
        "knowledge",
    ),
    "emotional": (
        "less_worry",
        "reward",
        "memories",
        "beauty",
        "standing",
        "wellbeing",
        "healing",
        "enjoyment",
        "attraction",
        "admission",
    ),
    "life_changing": ("hope", "growth", "motivation", "legacy", "belonging"),
    "social": ("beyond_oneself",),
}
FIRMS: Mapping[str, tuple[str, ...]] = {
    "table_stakes": ("to_specification", "fair_price", "lawful", "ethical"),
    "performance": ("more_sales", "lower_cost", "product_quality", "scalable", "novelty"),
    "ease": (
        "time_saved",
        "effort_saved",
        "trouble_saved",
        "information",
        "openness",
        "organised",
        "simplified",
        "connected",
        "integrated",
        "at_hand",
        "range",
        "adaptable",
        "responsive",
        "expert",
        "committed",
        "steady",
        "cultural_fit",
        "risk_lowered",
        "wider_reach",
        "flexible",
        "better_parts",
    ),
    "individual": (
        "network",
        "career",
        "reputation",
        "pleasing_design",
        "learning",
        "peace_of_mind",
        "fun",
    ),
    "inspiring": ("vision", "outlook", "social_good"),
}
AUDIENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {"consumers": CONSUMERS, "firms": FIRMS}


def level_of(audience: str, element: str) -> str | None:
    """Level of an element of the list; None for one the client added.

    >>> level_of("consumers", "less_worry"), level_of("firms", "fair_price")
    ('emotional', 'table_stakes')
    """
    levels = AUDIENCES[audience].items()
    return next((level for level, members in levels if element in members), None)


def elements_frame(audience: str, states: Mapping[str, str]) -> pd.DataFrame:
    """Every element of the list, then those the client added, with its state.

    Returns:
        frame with level, element, state; codes, no labels.
    """
    import pandas as pd

    listed = [(level, name) for level, names in AUDIENCES[audience].items() for name in names]
    known = {name for _, name in listed}
    own = [(None, name) for name in states if name not in known]
    rows = [(level, name, states.get(name)) for level, name in [*listed, *own]]
    return pd.DataFrame(rows, columns=["level", "element", "state"], dtype=object)
