"""Customer success (お客様の成功): five links from purchase to solving, two levels of content."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks.framework import UNKNOWN

SEQUENCE = ("purchase", "use", "accompany", "serve", "solve")
"""Buy, use, accompany, serve, solve (S2-62)."""
LEVELS: Mapping[str, str] = {"basic": "proper_use", "higher": "creative_help"}
"""The two levels of satisfaction and the activity that each comes from (S2-52, S2-53)."""
CIRCLE = ("brand", "development", "promotion")
"""In what a circle of friends works together (S2-55)."""
TOLD = ("culture", "competitiveness", "uniqueness", "track_record")
"""The four things to communicate (S2-54)."""
WITH_CUSTOMER = ("apply", "solve", "better_ways", "discover_needs", "give_solutions")
"""What is done together with a customer, from which renewals follow (S2-44, S2-45)."""


def sequence_of(
    assignees: Mapping[str, str] | None, together: Mapping[str, str] | None
) -> dict[str, str]:
    """The five links as far as assignees of the stages and the work with customers tell them."""
    given = {**(assignees or {}), "solve": (together or {}).get("solve")}
    return {link: state for link in SEQUENCE if (state := given.get(link)) is not None}


def first_gap(links: Mapping[str, str] | None) -> str | None:
    """The first link said to be missing: the customer does not get beyond it.

    >>> first_gap({"purchase": "yes", "use": "yes", "accompany": "no", "serve": "no"})
    'accompany'
    """
    return next((link for link in SEQUENCE if (links or {}).get(link) == "no"), None)


def precondition(links: Mapping[str, str] | None) -> str | None:
    """Whether customer success is provided for, before which recognition cannot follow (S2-49).

    Returns:
        yes where all five links stand, no where one is missing, partly where one is partly
        there, None where one is not known and none is missing.
    """
    states = [(links or {}).get(link) for link in SEQUENCE]
    if "no" in states:
        return "no"
    if None in states or UNKNOWN in states:
        return None
    return "partly" if "partly" in states else "yes"


def satisfaction(
    activities: Mapping[str, str] | None, launch_met: bool | None = None
) -> dict[str, str | None]:
    """State of each level; the higher one waits for the basic one.

    Args:
        activities: state by activity behind the values.
        launch_met: whether the launch rate meets its target: use itself is the evidence.

    Returns:
        by level yes, partly, no, waiting (the level before is not reached) or None.

    >>> satisfaction({"proper_use": "no", "creative_help": "yes"})
    {'basic': 'no', 'higher': 'waiting'}
    """
    given = activities or {}
    basic = _known(given.get(LEVELS["basic"]))
    if launch_met is False and basic != "no":
        basic = "partly"
    higher = _known(given.get(LEVELS["higher"]))
    if basic == "no" and higher is not None:
        higher = "waiting"
    return {"basic": basic, "higher": higher}


def _known(state: str | None) -> str | None:
    return None if state == UNKNOWN else state
