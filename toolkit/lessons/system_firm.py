"""A firm as the lesson on the business system sees it: its system, its working day, its stock."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.frameworks.journey import JourneyMap
from toolkit.frameworks.journey_step import Step
from toolkit.frameworks.system import BusinessSystem
from toolkit.lessons.client_firm import ClientFirm

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.lessons.lesson import Firm


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFirm:
    """A firm made of framework objects only, by name."""

    held: Mapping[str, object] = field(repr=False)

    def objects(self) -> Mapping[str, object]:
        """The framework objects of the firm."""
        return self.held


def system_of(firm: Firm) -> BusinessSystem:
    """The business system of a firm; an empty one where it has none."""
    found = firm.objects().get("system")
    return found if isinstance(found, BusinessSystem) else BusinessSystem()


def handwork(firm: Firm) -> tuple[Step, ...]:
    """Steps done by hand whose minutes and count are known, as ``work.manual_minutes_*`` count."""
    journey = firm.objects().get("journey")
    steps = journey.steps if isinstance(journey, JourneyMap) else None
    return tuple(
        step
        for step in steps or ()
        if step.mode == "manual" and step.minutes is not None and step.per_day is not None
    )


def minutes_a_day(step: Step) -> float:
    """Minutes × times a day."""
    return float((step.minutes or 0) * (step.per_day or 0))


def is_president(actor: str | None) -> bool:
    """Whether a name in the flow of work stands for the president."""
    return (actor or "").strip().casefold() in content()["president"]["actors"]


def by_president(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The president's steps: the most frequent first, of equal ones the longer."""
    mine = [step for step in steps if is_president(step.actor)]
    return tuple(sorted(mine, key=lambda s: (-(s.per_day or 0), -minutes_a_day(s))))


def stock_left(firm: Firm) -> pd.DataFrame | None:
    """A row a product: ``left`` in stock at the last count, ``sold_90d`` shipped since.

    Products that did not sell in the window are left out; None without stock or quantities.
    """
    import pandas as pd

    if not isinstance(firm, ClientFirm):
        return None
    stock, orders = firm.rows("stock"), firm.rows("orders")
    if stock is None or orders is None or not {"product", "quantity"} <= set(orders.columns):
        return None
    last = stock.sort_values("date", kind="stable").groupby("product")["quantity"].last()
    end = pd.Timestamp(firm.diagnosis.as_of)
    window = timedelta(days=content()["stock"]["window_days"])
    recent = orders[(orders["order_date"] > end - window) & (orders["order_date"] <= end)]
    sold = recent.groupby("product")["quantity"].sum()
    frame = pd.DataFrame({"left": last, "sold_90d": sold}).dropna()
    frame = frame[frame["sold_90d"] > 0]
    return frame.reset_index().rename(columns={"index": "product"}) if len(frame) else None


def module_of(task: str) -> str | None:
    """The module a task belongs to; None for a task the firm has added."""
    found: str | None = content()["task_module"].get(task)
    return found


@cache
def content() -> dict[str, Any]:
    """The content of the lesson."""
    text = resources.content("lessons", "business_system.toml").read_text("utf-8")
    return tomllib.loads(text)
