"""Acquisition (集客): of new leads and of repeaters, each in three sub-steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.frameworks.channel import Channel
from toolkit.frameworks.framework import Row

if TYPE_CHECKING:
    import pandas as pd

AUDIENCES = ("leads", "repeaters")
"""Both are acquisition (S1-09): new customers, and those who come back."""
SUB_STEPS = ("channel_selection", "activity", "capture")
CELLS = tuple(f"{audience}_{step}" for audience in AUDIENCES for step in SUB_STEPS)


def acquisition_states(
    answers: Mapping[str, str] | None, channels: Sequence[Channel], capture: str | None
) -> dict[str, str]:
    """State of each sub-step for leads and repeaters: as answered, else as channels tell.

    Only leads are inferred: a channel that meets both conditions is a selection, one that is
    gathering an activity, a capture step its own state. Nothing is inferred for repeaters.
    """
    used = [one for one in channels if one.used is not False]
    inferred = {
        "leads_channel_selection": _selected(used),
        "leads_activity": _active(used),
        "leads_capture": capture,
    }
    found = {**inferred, **(answers or {})}
    return {cell: state for cell in CELLS if (state := found.get(cell)) is not None}


def acquisition_rows(states: Mapping[str, str]) -> tuple[Row, ...]:
    """A row an audience and sub-step, leads first."""
    return tuple(
        Row(
            part="acquisition",
            item=cell,
            value=states.get(cell),
            items="acquisition",
            codes="doing",
        )
        for cell in CELLS
    )


def acquisition_frame(states: Mapping[str, str]) -> pd.DataFrame:
    """Sub-steps for leads and for repeaters: audience, sub_step, state; codes, no labels."""
    import pandas as pd

    rows = [
        (audience, step, states.get(f"{audience}_{step}"))
        for audience in AUDIENCES
        for step in SUB_STEPS
    ]
    return pd.DataFrame(rows, columns=["audience", "sub_step", "state"], dtype=object)


def _selected(channels: Sequence[Channel]) -> str | None:
    fits = [one.fit for one in channels]
    if "fits" in fits:
        return "yes" if set(fits) == {"fits"} else "partly"
    return "no" if fits and set(fits) <= {"not_reached", "not_affordable"} else None


def _active(channels: Sequence[Channel]) -> str | None:
    stages = [one.stage for one in channels]
    if "gather" in stages:
        return "yes"
    return "partly" if "prepare" in stages else None
