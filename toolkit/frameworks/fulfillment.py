"""Fulfillment (フルフィルメント): three patterns of delivery by three means of easing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, said
from toolkit.frameworks.check import code, codes, settled, unique, within
from toolkit.frameworks.dates import day, months_between
from toolkit.frameworks.framework import UNKNOWN, Framework, Row
from toolkit.frameworks.setting import setting

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
LEAD_TIMES = ("ship_days_median", "ship_days_p90", "delivery_days_median")


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


@dataclass(frozen=True, slots=True)
class Insert:
    """A paper put into the parcel (同梱物), and when it was last revised.

    >>> Insert("how to use", revised_on="2025-04").age_months("2026-07-31")
    15
    """

    name: str
    _: KW_ONLY
    revised_on: str | None = None

    def __post_init__(self) -> None:
        day("revised_on", self.revised_on)

    def age_months(self, as_of: str) -> int | None:
        """Whole months since it was revised; None without a date."""
        return None if self.revised_on is None else months_between(self.revised_on, as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfillment(Framework):
    """How goods or service reach the customer; the first thing to build (S0-31).

    ``means_used`` says by means whether it is in use; ``flow_steps`` is the way of one delivery
    from order to arrival. Inserts with dates tell ``insert`` on the day ``as_of``.

    >>> Fulfillment(pattern="onsite", outsource_plan="all").plan_suits
    False
    >>> Fulfillment(inserts=[Insert("thanks", revised_on="2025-04")], as_of="2026-07-31").insert
    'older'
    """

    NAME: ClassVar[str] = "fulfillment"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "pattern": PATTERNS,
        "means": MEANS,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "build_first": ("S0-31",),
        "suits": ("S0-29", "S0-30"),
    }

    pattern: str | None = None
    means_used: Mapping[str, str] | None = None
    operator: str | None = None
    hours_per_week: float | None = None
    quote_yen: float | None = None
    outsource_plan: str | None = None
    flow: str | None = None
    flow_steps: Sequence[str] | None = None
    stock_link: str | None = None
    inserts: Sequence[Insert] | None = None
    insert: str | None = None
    as_of: str | None = None
    promise_hours: float | None = None
    ship_days_median: float | None = None
    ship_days_p90: float | None = None
    delivery_days_median: float | None = None

    def __post_init__(self) -> None:
        settled(self, "means_used", "flow_steps", "inserts")
        day("as_of", self.as_of)
        unique("inserts", [insert.name for insert in self.inserts or ()])
        object.__setattr__(self, "insert", _insert(self))
        if self.flow_steps and self.flow is None:
            object.__setattr__(self, "flow", "yes")
        for means in self.means_used or ():
            code("means_used", means, MEANS)
        codes("means_used", self.means_used, YES_NO)
        code("pattern", self.pattern, PATTERNS)
        code("operator", self.operator, OPERATORS)
        code("outsource_plan", self.outsource_plan, PLANS)
        code("flow", self.flow, YES_NO)
        code("stock_link", self.stock_link, LINKS)
        code("insert", self.insert, INSERTS)
        for name in ("hours_per_week", "quote_yen", "promise_hours", *LEAD_TIMES):
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
            ship_days_p90=number(facts, "delivery.ship_days_p90"),
            delivery_days_median=number(facts, "delivery.delivery_days_median"),
        )

    @property
    def to_build_first(self) -> bool | None:
        """Whether the way of delivery has yet to be drawn, which comes before all else (S0-31)."""
        return None if self.flow in (None, UNKNOWN) else self.flow == "no"

    @property
    def plan_suits(self) -> bool | None:
        """Whether the planned outsourcing suits the pattern; None where either is unknown."""
        if self.pattern in (None, UNKNOWN) or self.outsource_plan in (None, UNKNOWN):
            return None
        whole = self.outsource_plan == "all"
        return not (whole and suitability(str(self.pattern), "outsource") == "low")

    def rows(self) -> tuple[Row, ...]:
        """What is delivered, by whom, what suits, the flow, the inserts, and the lead times."""
        return (
            Row(part="pattern", value=self.pattern, codes="pattern"),
            *_means_rows(self.pattern),
            *_used_rows(self.means_used),
            Row(part="operator", value=self.operator, codes="operator"),
            Row(part="hours_per_week", value=self.hours_per_week, unit="hours"),
            Row(part="quote_yen", value=self.quote_yen, unit="yen"),
            Row(part="outsource_plan", value=self.outsource_plan, codes="outsource_plan"),
            Row(part="plan_suits", value=self.plan_suits),
            Row(part="flow", value=self.flow, codes="have"),
            *(
                Row(part="flow_steps", item=str(place), value=step)
                for place, step in enumerate(self.flow_steps or (), start=1)
            ),
            *(() if self.flow_steps else (Row(part="flow_steps"),)),
            Row(part="stock_link", value=self.stock_link, codes="link"),
            Row(part="insert", value=self.insert, codes="insert"),
            *(
                Row(part="inserts", item=insert.name, value=insert.revised_on)
                for insert in self.inserts or ()
            ),
            Row(part="promise_hours", value=self.promise_hours, unit="hours"),
            *(Row(part=name, value=getattr(self, name), unit="days") for name in LEAD_TIMES),
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """Patterns by means, the client's own pattern marked."""
        from toolkit.frameworks.picture import means_grid

        return means_grid(self, ax)


def _means_rows(pattern: str | None) -> tuple[Row, ...]:
    return tuple(
        Row(
            part="means",
            item=means,
            value=suitability(str(pattern), means) if pattern in PATTERNS else None,
            items="means",
            codes="suitability",
        )
        for means in MEANS
    )


def _used_rows(used: Mapping[str, str] | None) -> tuple[Row, ...]:
    return tuple(
        Row(
            part="means_used",
            item=means,
            value=(used or {}).get(means),
            items="means",
            codes="doing",
        )
        for means in MEANS
    )


def _insert(fulfillment: Fulfillment) -> str | None:
    """As answered; where dated inserts are given, by the oldest of them: each must be kept up."""
    inserts, as_of = fulfillment.inserts, fulfillment.as_of
    if fulfillment.insert is not None or inserts is None:
        return fulfillment.insert
    if not inserts:
        return "no"
    ages = [insert.age_months(as_of) for insert in inserts] if as_of else [None]
    known = [age for age in ages if age is not None]
    if len(known) < len(ages):
        return None
    return "within_12m" if max(known) <= setting("insert_age_limit") else "older"
