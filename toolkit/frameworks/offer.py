"""Offer (オファー): what is exchanged, at what price and terms, and how offers compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, refuse, settled, unique, within
from toolkit.frameworks.derive import absent, stated
from toolkit.frameworks.framework import Framework, Row

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.method import Method

STEPS = ("one_step", "two_step")
STRUCTURES = ("one_off", "subscription", "tiered", "bundle", "quoted", "free_first")
CONDITIONS = ("terms", "guarantee", "deadline", "delivery_promise", "call_to_action")
HAVE = ("yes", "partly", "no")
TAILORING = ("varied", "partly", "same")
SCORES = ("outcome", "likelihood", "delay", "effort")
SCALE = (1, 10)


@dataclass(frozen=True, slots=True)
class AddOn:
    """An add-on (特典) to the core; ``make`` tells own making from buying in (S0-17)."""

    name: str
    _: KW_ONLY
    make: bool | None = None
    cost_yen: float | None = None

    def __post_init__(self) -> None:
        within("cost_yen", self.cost_yen, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScore:
    """Four scores 1–10 of one offer; only good for comparing offers with each other.

    Reference: Hormozi, $100M Offers (2021).

    >>> ValueScore(outcome=8, likelihood=6, delay=4, effort=3).value
    4.0
    """

    outcome: float
    likelihood: float
    delay: float
    effort: float

    def __post_init__(self) -> None:
        for name in SCORES:
            within(name, getattr(self, name), *SCALE)

    @property
    def value(self) -> float:
        """(outcome × likelihood) ÷ (delay × effort); delay and effort are 1 at least."""
        return (self.outcome * self.likelihood) / (self.delay * self.effort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Framework):
    """What is offered to whom, at what price and on what terms.

    A two-step offer leads by a trial or a free offer to the main product; the free offer may
    exist only to win a contact (S1-30). A condition is the client's own text, or ``yes``,
    ``partly``, ``no`` where only that is known. Fields left out stay unknown.

    >>> offer = Offer(core="face cream", price_yen=4980, add_ons=[AddOn("net", make=False)])
    >>> offer.add_on_state, offer.step
    ('yes', None)
    >>> Offer(core="face cream", trial_buyers=400, main_buyers=96).stepup_share
    0.24
    """

    NAME: ClassVar[str] = "offer"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "step": STEPS,
        "price_structure": STRUCTURES,
        "condition": CONDITIONS,
        "tailoring": TAILORING,
        "value_score": SCORES,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "bought_in": ("S0-17", "S1-02"),
        "also_procurement": ("S1-01",),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("offer_definition",)

    core: str | None = None
    target: str | None = None
    price_yen: float | None = None
    price_structure: str | None = None
    add_ons: Sequence[AddOn] | None = None
    add_on_state: str | None = None
    terms: str | None = None
    guarantee: str | None = None
    deadline: str | None = None
    free_offer: str | None = None
    call_to_action: str | None = None
    delivery_promise: str | None = None
    delivery_promise_hours: float | None = None
    step: str | None = None
    trial_price_yen: float | None = None
    trial_buyers: float | None = None
    main_buyers: float | None = None
    stepup_share: float | None = None
    stepup_target_share: float | None = None
    free_ship: str | None = None
    free_ship_line_yen: float | None = None
    tailoring: str | None = None
    score: ValueScore | None = None

    def __post_init__(self) -> None:
        settled(self, "add_ons")
        if self.add_ons is not None:
            unique("add_ons", [add_on.name for add_on in self.add_ons])
            object.__setattr__(self, "add_on_state", "yes" if self.add_ons else "no")
        if self.free_ship_line_yen is not None:
            object.__setattr__(self, "free_ship", "yes")
        if self.step is None and (self.trial_price_yen, self.trial_buyers) != (None, None):
            object.__setattr__(self, "step", "two_step")
        object.__setattr__(self, "stepup_share", _stepup(self))
        self._refuse_wrong()

    def _refuse_wrong(self) -> None:
        for name in ("price_yen", "trial_price_yen", "free_ship_line_yen", "trial_buyers"):
            within(name, getattr(self, name), 0)
        within("delivery_promise_hours", self.delivery_promise_hours, 0)
        within("stepup_share", self.stepup_share, 0, 1)
        within("stepup_target_share", self.stepup_target_share, 0, 1)
        code("price_structure", self.price_structure, STRUCTURES)
        code("free_ship", self.free_ship, ("yes", "no"))
        code("step", self.step, STEPS)
        code("tailoring", self.tailoring, TAILORING)
        code("add_on_state", self.add_on_state, HAVE)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers of the hearing; a trial figure makes it a two-step offer."""
        line = number(facts, "q.off.free_ship")
        target = number(facts, "q.off.stepup_target")
        trials = number(facts, "customers.stepup_rate_90d")
        conditions = said_by_item(facts, "q.off.conditions") or {}
        return cls(
            core=said(facts, "q.off.core"),
            price_yen=number(facts, "q.off.price"),
            price_structure=said(facts, "q.off.price_structure"),
            terms=conditions.get("terms"),
            guarantee=conditions.get("guarantee"),
            deadline=conditions.get("deadline"),
            delivery_promise=conditions.get("delivery_promise"),
            call_to_action=conditions.get("call_to_action"),
            add_on_state=said(facts, "q.off.addon"),
            free_offer=said(facts, "q.off.free_offer"),
            tailoring=said(facts, "q.off.segments"),
            free_ship=said(facts, "q.off.free_ship") if line is None else "yes",
            free_ship_line_yen=line,
            delivery_promise_hours=number(facts, "q.ful.ship_promise_hours"),
            stepup_share=trials,
            stepup_target_share=target,
            step="two_step" if (target, trials) != (None, None) else None,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Conditions answered as not being there; what was not asked is not among them."""
        return tuple(name for name in CONDITIONS if getattr(self, name) == "no")

    def rows(self) -> tuple[Row, ...]:
        """Core and price, add-ons, terms, promise, and the way of selling."""
        return (
            Row(part="core", value=self.core),
            Row(part="target", value=self.target),
            Row(part="price_yen", value=self.price_yen, unit="yen"),
            Row(part="price_structure", value=self.price_structure, codes="price_structure"),
            *_add_on_rows(self),
            *(
                Row(part=name, value=getattr(self, name), codes="have")
                for name in ("terms", "guarantee", "deadline", "free_offer", "call_to_action")
            ),
            *_promise_rows(self),
            Row(part="step", value=self.step, codes="step"),
            *(_two_step_rows(self) if self.step == "two_step" else ()),
            _free_ship_row(self),
            Row(part="tailoring", value=self.tailoring, codes="tailoring"),
            Row(part="score", value=self.score.value if self.score else None, unit="ratio"),
            *self.open_rows(),
        )

    def facts(self) -> tuple[Fact, ...]:
        """offer.free_ship_line_yen: order value from which shipping is free."""
        fact_id, needs = "offer.free_ship_line_yen", ("q.off.free_ship",)
        if self.free_ship == "no":
            return (absent(fact_id, unit="yen", needs=needs),)
        return (stated(fact_id, self.free_ship_line_yen, unit="yen", needs=needs),)


def compare_offers(offers: Sequence[Offer]) -> pd.DataFrame:
    """Offers beside each other by the value equation, best first; unscored ones last.

    Returns:
        frame with core, price_yen, the four scores, value, and times (value ÷ the best value).
    """
    import pandas as pd

    parts = (*SCORES, "value")
    frame = pd.DataFrame(
        [
            {
                "core": offer.core,
                "price_yen": offer.price_yen,
                **{part: getattr(offer.score, part, None) for part in parts},
            }
            for offer in offers
        ],
        columns=["core", "price_yen", *parts],
    ).astype(dict.fromkeys(("price_yen", *parts), "float64"))
    frame["times"] = frame["value"] / frame["value"].max()
    return frame.sort_values("value", ascending=False, na_position="last", ignore_index=True)


def _stepup(offer: Offer) -> float | None:
    """Main buyers ÷ trial buyers (引上率), or the rate as given or measured.

    Raises:
        ObjectError: more went on to the main product than tried.
    """
    if not offer.trial_buyers or offer.main_buyers is None:
        return offer.stepup_share
    if offer.main_buyers > offer.trial_buyers:
        raise refuse("object_funnel", "main_buyers", f"{offer.main_buyers:g}")
    return offer.main_buyers / offer.trial_buyers


def _two_step_rows(offer: Offer) -> tuple[Row, ...]:
    return (
        Row(part="trial_price_yen", value=offer.trial_price_yen, unit="yen"),
        Row(part="stepup_share", value=offer.stepup_share, unit="share"),
        Row(part="stepup_target_share", value=offer.stepup_target_share, unit="share"),
    )


def _promise_rows(offer: Offer) -> tuple[Row, ...]:
    hours = Row(part="delivery_promise", value=offer.delivery_promise_hours, unit="hours")
    if offer.delivery_promise is None:
        return (hours,)
    text = Row(part="delivery_promise", value=offer.delivery_promise, codes="have")
    return (text, hours) if hours.known else (text,)


def _free_ship_row(offer: Offer) -> Row:
    if offer.free_ship_line_yen is None:
        return Row(part="free_ship_line_yen", value=offer.free_ship, codes="have")
    return Row(part="free_ship_line_yen", value=offer.free_ship_line_yen, unit="yen")


def _add_on_rows(offer: Offer) -> tuple[Row, ...]:
    if not offer.add_ons:
        return (Row(part="add_ons", value=offer.add_on_state, codes="have"),)
    sources = tuple(
        Row(
            part="add_ons",
            item=add_on.name,
            value=None if add_on.make is None else ("make" if add_on.make else "buy"),
            codes="make_or_buy",
        )
        for add_on in offer.add_ons
    )
    return sources + tuple(
        Row(part="add_on_cost_yen", item=add_on.name, value=add_on.cost_yen, unit="yen")
        for add_on in offer.add_ons
    )
