"""Fulfillment (フルフィルメント): three patterns of delivery by three means of easing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, said
from toolkit.frameworks.check import code, within
from toolkit.frameworks.framework import UNKNOWN, Framework, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

PATTERNS = ("digital", "goods", "onsite")
MEANS = ("systematise", "subcontract", "outsource")
OPERATORS = ("proprietor", "staff", "contractor", "mixed")
PLANS = ("all", "partly", "no")
LINKS = ("auto", "manual")
INSERTS = ("within_12m", "older", "no")
YES_NO = ("yes", "partly", "no")


def suitability(pattern: str, means: str) -> str:
    """How well a pattern suits a means: digital and goods high, on-site low (S0-29, S0-30).

    Systematising the parts around on-site work (booking, billing) is our own reading: partly.

    >>> suitability("goods", "outsource"), suitability("onsite", "outsource")
    ('high', 'low')
    """
    code("pattern", pattern, PATTERNS)
    code("means", means, MEANS)
    if pattern != "onsite":
        return "high"
    return "partly" if means == "systematise" else "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfillment(Framework):
    """How goods or service reach the customer; the first thing to build (S0-31).

    >>> Fulfillment(pattern="onsite", outsource_plan="all").plan_suits
    False
    """

    NAME: ClassVar[str] = "fulfillment"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "pattern": PATTERNS,
        "means": MEANS,
    }

    pattern: str | None = None
    operator: str | None = None
    hours_per_week: float | None = None
    quote_yen: float | None = None
    outsource_plan: str | None = None
    flow: str | None = None
    stock_link: str | None = None
    insert: str | None = None
    promise_hours: float | None = None
    ship_days_median: float | None = None

    def __post_init__(self) -> None:
        code("pattern", self.pattern, PATTERNS)
        code("operator", self.operator, OPERATORS)
        code("outsource_plan", self.outsource_plan, PLANS)
        code("flow", self.flow, YES_NO)
        code("stock_link", self.stock_link, LINKS)
        code("insert", self.insert, INSERTS)
        for name in ("hours_per_week", "quote_yen", "promise_hours", "ship_days_median"):
            within(name, getattr(self, name), 0)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on delivery and the measured days to ship."""
        return cls(
            pattern=said(facts, "q.ful.pattern"),
            operator=said(facts, "q.ful.operator"),
            hours_per_week=number(facts, "q.ful.hours"),
            quote_yen=number(facts, "q.ful.quote"),
            outsource_plan=said(facts, "q.ful.outsource_plan"),
            flow=said(facts, "q.ful.flow"),
            stock_link=said(facts, "q.ful.stock_link"),
            insert=said(facts, "q.ful.insert"),
            promise_hours=number(facts, "q.ful.ship_promise_hours"),
            ship_days_median=number(facts, "delivery.ship_days_median"),
        )

    @property
    def plan_suits(self) -> bool | None:
        """Whether the planned outsourcing suits the pattern; None where either is unknown."""
        if self.pattern in (None, UNKNOWN) or self.outsource_plan in (None, UNKNOWN):
            return None
        whole = self.outsource_plan == "all"
        return not (whole and suitability(str(self.pattern), "outsource") == "low")

    def rows(self) -> tuple[Row, ...]:
        """What is delivered, by whom, what suits, the flow, and the promise."""
        pattern = self.pattern
        return (
            Row(part="pattern", value=pattern, codes="pattern"),
            *(
                Row(
                    part="means",
                    item=means,
                    value=suitability(pattern, means) if pattern in PATTERNS else None,
                    items="means",
                    codes="suitability",
                )
                for means in MEANS
            ),
            Row(part="operator", value=self.operator, codes="operator"),
            Row(part="hours_per_week", value=self.hours_per_week, unit="hours"),
            Row(part="quote_yen", value=self.quote_yen, unit="yen"),
            Row(part="outsource_plan", value=self.outsource_plan, codes="outsource_plan"),
            Row(part="plan_suits", value=self.plan_suits),
            Row(part="flow", value=self.flow, codes="have"),
            Row(part="stock_link", value=self.stock_link, codes="link"),
            Row(part="insert", value=self.insert, codes="insert"),
            Row(part="promise_hours", value=self.promise_hours, unit="hours"),
            Row(part="ship_days_median", value=self.ship_days_median, unit="days"),
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """Patterns by means, the client's own pattern marked."""
        from toolkit.frameworks.picture import means_grid

        return means_grid(self, ax)
