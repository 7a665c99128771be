"""The flow of work of a shop that sends goods: its steps from the choice to the next order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.synth.desk import PEOPLE
from toolkit.synth.texts import rows, word

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.synth.rates import Rates

COLUMNS = (
    "step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day", "data_in", "data_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the flow; minutes are those of one time it is done."""

    step: str
    side: str = "company"
    actor: str = ""
    tool: str = ""
    mode: str = "auto"
    minutes: float = 0.0
    per_day: float = 13.0
    data_in: str = ""
    data_out: str = ""


def part(name: str) -> list[Step]:
    """The steps of a part of the flow; who does a step is named by an id of people.toml."""
    return [
        Step(**{**row, "actor": word("people", "shop", row["actor"])} if "actor" in row else row)
        for row in rows("shop_flow", name)
    ]


def journey(rates: Rates) -> pd.DataFrame:
    """The map of the flow with what the faults leave out, do twice, or do by hand."""
    import pandas as pd

    kept = part("after")[: round(rates.of("after_arrival"))]
    steps = part("visit") if rates.model == "shop" else [*part("daily"), *part("before")]
    steps = [*steps, *kept]
    steps = _by_hand(_twice(_open(steps, rates), rates), rates)
    steps = _heavy(steps, rates.of("heavy_person"))
    made = [(number, *_values(one)) for number, one in enumerate(steps, start=1)]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _values(one: Step) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in COLUMNS[1:])


def _open(steps: list[Step], rates: Rates) -> list[Step]:
    """Steps without a side, and steps nobody answers for."""
    sides, nobody = round(rates.of("side_missing")), round(rates.of("unassigned"))
    made = [replace(one, side="") if place < sides else one for place, one in enumerate(steps)]
    ours = [place for place, one in enumerate(made) if one.side == "company"]
    open_ones = set(ours[len(ours) - nobody :])
    return [replace(one, actor="") if place in open_ones else one for place, one in enumerate(made)]


def _twice(steps: list[Step], rates: Rates) -> list[Step]:
    """The same slip typed into one more tool, once for each such entry, after its first entry."""
    again = part("again")[: round(rates.of("double_entries"))]
    if not again:
        return steps
    at = next(place for place, one in enumerate(steps) if one.data_out == again[0].data_out)
    first = replace(steps[at], mode="manual", minutes=2)
    return [*steps[:at], first, *again, *steps[at + 1 :]]


def _by_hand(steps: list[Step], rates: Rates) -> list[Step]:
    """Joints of the order's way that someone works by hand, thirty times a day or more."""
    left, made = round(rates.of("manual_seams")), []
    for one in steps:
        joint = one.side == "company" and one.mode == "auto" and left > 0
        made.append(replace(one, mode="manual", minutes=4, per_day=30) if joint else one)
        left -= int(joint)
    return made


def _heavy(steps: list[Step], times: float) -> list[Step]:
    """What the first person does by hand takes so many times as long."""
    return [
        replace(one, minutes=one.minutes * times) if one.actor == PEOPLE[0] else one
        for one in steps
    ]
