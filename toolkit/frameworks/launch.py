"""Launch (ローンチ): what must stand before the day, when it was due, how late it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from toolkit.frameworks.check import unique
from toolkit.frameworks.dates import day, days_between

if TYPE_CHECKING:
    import pandas as pd

LAUNCH_STEPS = (
    "specification",
    "price",
    "supply",
    "sales_page",
    "delivery_test",
    "faq",
    "handover",
)
"""What the sources leave to the firm; the list is ours and open."""


@dataclass(frozen=True, slots=True)
class LaunchStep:
    """A step of a launch: a code of the list or the client's own name, due and done on a day.

    >>> LaunchStep("price", due_on="2026-05-01", done_on="2026-05-13").delay_days
    12
    """

    name: str
    _: KW_ONLY
    due_on: str | None = None
    done_on: str | None = None

    def __post_init__(self) -> None:
        day(f"{self.name}.due_on", self.due_on)
        day(f"{self.name}.done_on", self.done_on)

    @property
    def delay_days(self) -> int | None:
        """Done − due; negative where early, None while either is not given."""
        return days_between(self.due_on, self.done_on)


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch with its plan: the day planned, the day it was, and the steps before it.

    >>> Launch("summer set", planned_on="2026-06-01", launched_on="2026-07-06").delay_days
    35
    """

    name: str
    _: KW_ONLY
    planned_on: str | None = None
    launched_on: str | None = None
    steps: Sequence[LaunchStep] = ()

    def __post_init__(self) -> None:
        day("planned_on", self.planned_on)
        day("launched_on", self.launched_on)
        object.__setattr__(self, "steps", tuple(self.steps))
        unique("steps", [step.name for step in self.steps])

    @property
    def delay_days(self) -> int | None:
        """Launched − planned; None until it is launched."""
        return days_between(self.planned_on, self.launched_on)

    @property
    def unplanned(self) -> tuple[str, ...]:
        """Steps of the list that have no day yet."""
        dated = {step.name for step in self.steps if step.due_on}
        return tuple(name for name in LAUNCH_STEPS if name not in dated)

    def plan(self) -> pd.DataFrame:
        """The steps of the list, then the client's own: step, due_on, done_on, delay_days."""
        import pandas as pd

        given = {step.name: step for step in self.steps}
        names = [*LAUNCH_STEPS, *(name for name in given if name not in LAUNCH_STEPS)]
        steps = [given.get(name, LaunchStep(name)) for name in names]
        rows = [(step.name, step.due_on, step.done_on, step.delay_days) for step in steps]
        columns = ["step", "due_on", "done_on", "delay_days"]
        return pd.DataFrame(rows, columns=columns, dtype=object).astype({"delay_days": "float64"})


def latest(launches: Sequence[Launch]) -> Launch | None:
    """The launch that took place last; None where none is dated."""
    done = [launch for launch in launches if launch.launched_on]
    return max(done, key=lambda launch: str(launch.launched_on), default=None)
