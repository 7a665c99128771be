"""Work inside firms that sell to firms: the log of cases, and the map of the flow (業務の流れ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import day_of
from toolkit.synth.texts import word, words
from toolkit.synth.tob_time import DAYS_A_MONTH, arrivals, every_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

PEOPLE = words("people", "office")
BUSY = 0
"""The person on whom work gathers."""
FLOW = words("events", "firm")
SYSTEM, INFORMATION, SPREADSHEET = (
    word("tob_flow", "joints", name) for name in ("system", "information", "spreadsheet")
)
OFTEN = 40
"""Times a day of a step that many orders and slips pass through."""


def events(rates: Rates, random: np.random.Generator) -> pd.DataFrame:
    """Cases of four activities; in some of them the check is done twice, by whoever it falls to."""
    import numpy as np
    import pandas as pd

    back = arrivals(random, rates.at("cases_a_month", every_day()) / DAYS_A_MONTH)
    n = len(back)
    again = random.random(n) < rates.at("rework_share", back)
    steps = [FLOW[0], FLOW[1], FLOW[1], *FLOW[2:]]
    table = pd.DataFrame(
        {
            "case_id": np.repeat([f"K{at:05d}" for at in range(1, n + 1)], len(steps)),
            "activity": np.tile(np.array(steps, dtype=object), n),
        }
    )
    waits = np.cumsum(random.gamma(2.0, 0.35, (n, len(steps))), axis=1)
    moments = back[:, None] - 9 / 24 - waits
    table["timestamp"] = day_of(moments.ravel()).round("min")
    table["resource"] = random.choice(np.array(PEOPLE, dtype=object), len(table))
    kept = np.ones((n, len(steps)), dtype=bool)
    kept[:, 2] = again
    over = table[kept.ravel() & (moments.ravel() >= 0)]
    return over.reset_index(drop=True)


def journey(rates: Rates, customer: Sequence[str], company: Sequence[str]) -> pd.DataFrame:
    """The flow from the first inquiry to care afterwards, as it is today.

    Args:
        rates: how many steps have no side, no assignee, are typed twice or joined by hand, and
            how much more than the others the busiest person carries.
        customer: steps of the customer; the last of them comes after delivery.
        company: steps of the company, shared among five people in turn.
    """
    import pandas as pd

    rows: list[dict[str, object]] = [{"step": step, "side": "customer"} for step in customer]
    last = rows.pop()
    rows += [_step(rates, place, step) for place, step in enumerate(company)]
    rows.insert(len(rows) - 2, last)
    _spoil(rates, [row for row in rows if row["side"] == "company"])
    made = pd.DataFrame(rows)
    made.insert(0, "step_no", range(1, len(made) + 1))
    return made


def _step(rates: Rates, place: int, step: str) -> dict[str, object]:
    """A step done by hand a few times a day, in the one system all work with."""
    who = place % len(PEOPLE)
    return {
        "step": step,
        "side": "company",
        "actor": PEOPLE[who],
        "tool": SYSTEM,
        "mode": "manual",
        "minutes": 12.0 * (rates.of("busiest_load") if who == BUSY else 1.0),
        "per_day": 5,
        "data_in": INFORMATION.format(number=place),
        "data_out": INFORMATION.format(number=place + 1),
    }


def _spoil(rates: Rates, steps: list[dict[str, object]]) -> None:
    """What is amiss in the flow, each at steps of its own."""
    counts = {
        name: round(rates.of(name))
        for name in ("sideless_steps", "unassigned_steps", "double_entries", "hand_joints")
    }
    for step in steps[1 : 1 + counts["sideless_steps"]]:
        step["side"] = None
    for step in steps[-1 : -1 - counts["unassigned_steps"] : -1]:
        step["actor"] = None
    for step in steps[4 : 4 + counts["double_entries"]]:
        step["data_out"] = INFORMATION.format(number=1)
    for place, step in enumerate(steps[2 : 2 + counts["hand_joints"]]):
        step["tool"] = SPREADSHEET.format(number=place + 1)
        step["per_day"], step["minutes"] = OFTEN, 3.0


def people_at_work() -> dict[str, float]:
    """Working time by person, full time each: the answer to the question on staff."""
    return dict.fromkeys(PEOPLE, 1.0)


def busy_days(back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Level of firms' business by day: quiet in August and at the turn of the year, busy in March.

    The mean over a year is one.
    """
    import numpy as np

    levels = np.array([0.92, 1.0, 1.12, 1.0, 0.97, 1.02, 1.03, 0.9, 1.03, 1.03, 1.02, 0.96])
    made: NDArray[np.float64] = levels[np.asarray(day_of(back).month) - 1]
    return made
