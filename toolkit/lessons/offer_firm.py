"""What the lesson on offers knows of a firm: what is sold today, and what is proposed instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from toolkit.frameworks.offer import Offer
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.handed_over import Row, amount, framework, part, rows
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

COSTS: Final = ("goods", "sending", "fee", "variable")
LINES: Final = ("order_id", "kind", "quantity", "amount_yen")
MONTHS: Final = 3  # in the 90 days of orders.count_90d


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One offer with what an order costs, what it is worth to the customer, orders expected.

    ``trials`` is the number of trial orders, each leaving ``trial_margin``.
    """

    key: str
    offer: Offer
    price: float
    costs: Mapping[str, float]
    worth: float | None = None
    orders: float | None = None
    trials: float = 0.0
    trial_margin: float = 0.0

    @cached_property
    def name(self) -> str:
        """What is offered, in words."""
        return self.offer.core or self.key

    @cached_property
    def add_ons(self) -> float:
        """Σ cost of the add-ons of an order, in yen."""
        return sum(add_on.cost_yen or 0 for add_on in self.offer.add_ons or ())

    @cached_property
    def cost(self) -> float:
        """Everything an order costs, in yen."""
        return sum(self.costs.values()) + self.add_ons

    @cached_property
    def margin(self) -> float:
        """Price − cost of an order, in yen."""
        return self.price - self.cost

    def left(self, orders: float | None = None) -> float:
        """What the expected orders leave over; with other orders, trials change in step."""
        expected = self.orders or 0
        taken = expected if orders is None else orders
        trials = self.trials * taken / expected if expected else 0
        return taken * self.margin + trials * self.trial_margin

    @cached_property
    def sales(self) -> float:
        """Yen taken in from expected orders and trials."""
        return (self.orders or 0) * self.price + self.trials * (self.offer.trial_price_yen or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFirm:
    """Plans, the first being what is sold today; a free offer and order lines where known.

    ``monthly`` tells whether orders are of a month (a client) rather than of the trial weeks.
    """

    plans: tuple[Plan, ...]
    free: Row = field(default_factory=dict)
    lines: tuple[Row, ...] = ()

    @property
    def now(self) -> Plan | None:
        """What is sold today."""
        return self.plans[0] if self.plans else None

    @property
    def proposals(self) -> tuple[Plan, ...]:
        """What is proposed instead."""
        return self.plans[1:]

    def kind(self, plan: Plan) -> str:
        """discount, bonus, trial or plain: what a proposal changes."""
        if plan.trials:
            return "trial"
        if self.now is not None and plan.price < self.now.price:
            return "discount"
        return "bonus" if plan.offer.add_ons else "plain"

    def first_of(self, kind: str) -> Plan | None:
        """The first proposal of a kind."""
        return next((plan for plan in self.proposals if self.kind(plan) == kind), None)

    def objects(self) -> Mapping[str, object]:
        """Offers of the firm by key."""
        return {plan.key: plan.offer for plan in self.plans}


def offer_firm(source: Mapping[str, Any]) -> OfferFirm:
    """A firm from plain rows: ``offers``, ``free``, ``lines``; all but the first offer optional.

    Raises:
        UsageError: a row is not of the form told in the notebook.
        ObjectError: an offer contradicts itself.
    """
    plans = tuple(_plan(number, row) for number, row in enumerate(rows(source, "offers")))
    return OfferFirm(
        plans=tuple(plan for plan in plans if plan is not None),
        free=part(source.get("free")),
        lines=rows(source, "lines"),
    )


def offer_client(client: ClientFirm) -> OfferFirm:
    """What a diagnosis tells: the average order, its variable cost, orders a month."""
    price, rate = client.number("customers.aov"), client.number("costs.contribution_margin_rate")
    orders = client.number("orders.count_90d")
    if price is None or rate is None or orders is None:
        return OfferFirm(plans=())
    offer = Offer(price_yen=price)
    costs = {"variable": price * (1 - rate)}
    plan = Plan(key="N", offer=offer, price=price, costs=costs, orders=orders / MONTHS)
    return OfferFirm(plans=(plan,))


def _plan(number: int, row: Row) -> Plan | None:
    price, costs = amount(row, "price_yen"), part(row.get("costs"))
    if not price or price < 0 or not costs:
        return None
    trial_price, trial_cost = amount(row, "trial_price_yen"), amount(row, "trial_cost_yen")
    names = ("price_yen", "add_ons", "trial_price_yen", "score", "guarantee", "deadline")
    record = {name: row[name] for name in names if row.get(name) is not None}
    offer = framework("offer", {**record, "core": str(row.get("name", number))})
    assert isinstance(offer, Offer)
    return Plan(
        key=str(row.get("key", number)),
        offer=offer,
        price=price,
        costs={name: amount(costs, name) or 0.0 for name in COSTS if name in costs},
        worth=amount(row, "worth_yen"),
        orders=amount(row, "orders"),
        trials=amount(row, "trials") or 0.0,
        trial_margin=(trial_price or 0.0) - (trial_cost or 0.0),
    )


def offers_frame(firm: OfferFirm, book: Words) -> pd.DataFrame | None:
    """A row an offer: price, costs of an order, add-ons, worth, orders expected."""
    import pandas as pd

    if not firm.plans:
        return None
    kinds = [name for name in COSTS if any(name in plan.costs for plan in firm.plans)]
    made = [
        {
            "key": plan.key,
            "offer": plan.name,
            "price": plan.price,
            **{name: plan.costs.get(name, 0.0) for name in kinds},
            "add_ons": plan.add_ons,
            "worth": plan.worth,
            "orders": plan.orders,
            "trials": plan.trials,
            "trial_margin": plan.trial_margin,
        }
        for plan in firm.plans
    ]
    return pd.DataFrame(made).convert_dtypes()


def lines_frame(firm: OfferFirm, book: Words) -> pd.DataFrame | None:
    """A row a line of an order: order_id, kind (core or add_on), quantity, amount_yen."""
    import pandas as pd

    if not firm.lines:
        return None
    return pd.DataFrame([{name: line.get(name) for name in LINES} for line in firm.lines])
