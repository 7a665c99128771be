"""What the lesson on make or buy knows of a firm: costs, quotes, demand, suppliers, a launch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from toolkit.errors import UsageError
from toolkit.frameworks.procurement import Procurement
from toolkit.lessons.handed_over import Row, amount, amounts, framework, part, rows
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

MONTH: Final = 30
"""Days of a month in a plan."""
PARTS: Final = ("material_yen", "minutes", "wage_yen", "spoiled_share")
DEMAND: Final = ("low", "expected", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a supplier offers: yen a unit, the least it delivers at once, days it takes."""

    name: str
    quote: float
    lot: float
    lead_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a launch: days it takes, steps that must be done before."""

    name: str
    days: float
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingFirm:
    """One thing to make or buy, with what is known of it; amounts not known are None.

    ``cost`` holds material, minutes, wage an hour and the share spoiled; ``machine`` the fixed
    yen a month and the yen a unit with it; ``demand`` units a month, low, expected and high.
    """

    procurement: Procurement
    cost: tuple[float, ...] | None = None
    machine: tuple[float, ...] | None = None
    quotes: tuple[Quote, ...] = ()
    demand: tuple[float, ...] | None = None
    terms: Row = field(default_factory=dict)
    purchases: tuple[Row, ...] = ()
    steps: tuple[Step, ...] = ()
    planned_days: float | None = None

    @property
    def own_cost(self) -> float | None:
        """(material + labour) ÷ (1 − share spoiled), yen a good unit."""
        if self.cost is None:
            return None
        material, minutes, wage, spoiled = self.cost
        return (material + minutes * wage / 60) / (1 - spoiled) if spoiled < 1 else None

    def lot_days(self, quote: Quote) -> float | None:
        """Days the least delivery lasts at expected demand."""
        if self.demand is None or not self.demand[1]:
            return None
        return quote.lot / self.demand[1] * MONTH

    def fits(self, quote: Quote) -> bool:
        """Whether the least delivery is sold within the days it may be sold."""
        days, usable = self.lot_days(quote), amount(self.terms, "usable_days")
        return days is not None and (usable is None or days <= usable)

    @property
    def chosen(self) -> Quote | None:
        """The lowest quote whose delivery can be sold in time, else the lowest of all."""
        found = [quote for quote in self.quotes if self.fits(quote)] or self.quotes
        return min(found, key=lambda quote: quote.quote, default=None)

    @property
    def break_even(self) -> float | None:
        """Fixed yen ÷ (quote − yen a unit with the machine), units a month."""
        if self.machine is None or self.chosen is None:
            return None
        fixed, unit = self.machine
        return fixed / (self.chosen.quote - unit) if self.chosen.quote > unit else None

    @property
    def launch_days(self) -> float | None:
        """Days from start to launch along the longest way through the steps."""
        return max(self.ends().values()) if self.steps else None

    def ends(self) -> dict[str, float]:
        """The day on which each step can be done at the earliest.

        Raises:
            UsageError: steps wait for each other.
        """
        ends: dict[str, float] = {}
        waiting = list(self.steps)
        known = {step.name for step in self.steps}
        while waiting:
            ready = [s for s in waiting if all(n in ends for n in s.after if n in known)]
            if not ready:
                raise UsageError("lesson_source", params={"type": waiting[0].name})
            for step in ready:
                before = [ends[name] for name in step.after if name in ends]
                ends[step.name] = max(before, default=0.0) + step.days
                waiting.remove(step)
        return ends

    def objects(self) -> Mapping[str, object]:
        """The procurement of the firm."""
        return {"procurement": self.procurement}


def sourcing_firm(source: Mapping[str, Any]) -> SourcingFirm:
    """A firm from plain mappings, each of which may be missing.

    Raises:
        UsageError: one of them is not of the form told in the notebook.
        ObjectError: the procurement contradicts itself.
    """
    cost, machine, terms = (part(source.get(name)) for name in ("cost", "machine", "demand"))
    steps = tuple(
        Step(
            name=str(row.get("step", number)),
            days=amount(row, "days") or 0.0,
            after=tuple(map(str, row.get("after") or ())),
        )
        for number, row in enumerate(rows(source, "steps"))
    )
    return SourcingFirm(
        procurement=_procurement(source.get("procurement")),
        cost=amounts(cost, PARTS),
        machine=amounts(machine, ("fixed_yen", "unit_yen")),
        quotes=_quotes(source),
        demand=amounts(terms, DEMAND),
        terms=terms,
        purchases=tuple(row for row in rows(source, "purchases") if amount(row, "yen")),
        steps=steps,
        planned_days=amount(source, "planned_days"),
    )


def _quotes(source: Mapping[str, Any]) -> tuple[Quote, ...]:
    found = []
    for number, row in enumerate(rows(source, "quotes"), start=1):
        known = amounts(row, ("quote_yen", "lot", "lead_days"))
        if known is not None:
            quote, lot, lead = known
            name = str(row.get("name", number))
            found.append(Quote(name=name, quote=quote, lot=lot, lead_days=lead))
    return tuple(found)


def _procurement(found: object) -> Procurement:
    if isinstance(found, Procurement):
        return found
    made = framework("procurement", part(found))
    assert isinstance(made, Procurement)
    return made


def ways_frame(firm: SourcingFirm, book: Words) -> pd.DataFrame | None:
    """A row a way to get a unit: fixed yen a month, yen a unit, least lot, lead days."""
    import pandas as pd

    made: list[tuple[object, ...]] = []
    if firm.own_cost is not None:
        made.append((book.text("lessons.make_or_buy.ways.hand"), 0.0, firm.own_cost, None, None))
    if firm.machine is not None:
        made.append((book.text("lessons.make_or_buy.ways.machine"), *firm.machine, None, None))
    made += [(quote.name, 0.0, quote.quote, quote.lot, quote.lead_days) for quote in firm.quotes]
    columns = ["way", "fixed_yen", "unit_yen", "lot", "lead_days"]
    frame = pd.DataFrame(made, columns=columns)
    return frame.convert_dtypes() if made else None


def purchases_frame(firm: SourcingFirm, book: Words) -> pd.DataFrame | None:
    """A row a thing bought in a year: supplier, item, yen."""
    import pandas as pd

    if not firm.purchases:
        return None
    names = ("supplier", "item", "yen")
    return pd.DataFrame([{name: row.get(name) for name in names} for row in firm.purchases])


def step_name(name: str, book: Words) -> str:
    """A step as it is read: the label of the list, or the client's own name."""
    key = f"lessons.make_or_buy.code.{name}"
    return book.text(key) if book.has(key) else name


def steps_frame(firm: SourcingFirm, book: Words) -> pd.DataFrame | None:
    """A row a step of the launch: step, days, after."""
    import pandas as pd

    if not firm.steps:
        return None
    made = [
        (
            step_name(step.name, book),
            step.days,
            ", ".join(step_name(name, book) for name in step.after),
        )
        for step in firm.steps
    ]
    frame = pd.DataFrame(made, columns=["step", "days", "after"])
    return frame.convert_dtypes()
