"""The thirteen objects of the method, built from facts; each says what is unknown in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.frameworks.aftercare import Aftercare
from toolkit.frameworks.channel import Channel
from toolkit.frameworks.complaint import Complaint, Handling
from toolkit.frameworks.crm import Crm
from toolkit.frameworks.customer_case import Case
from toolkit.frameworks.decision_chain import Stakeholder
from toolkit.frameworks.demand import Demand, schedule
from toolkit.frameworks.fit import FitCell
from toolkit.frameworks.framework import Framework
from toolkit.frameworks.fulfillment import Fulfillment, Insert
from toolkit.frameworks.journey import JourneyMap
from toolkit.frameworks.journey_step import Step
from toolkit.frameworks.launch import Launch, LaunchStep
from toolkit.frameworks.mail_order import MailOrderDesign, Stage
from toolkit.frameworks.market import MarketSize, Study
from toolkit.frameworks.offer import AddOn, Offer, ValueScore, compare_offers
from toolkit.frameworks.order_count import count_orders
from toolkit.frameworks.payment import PaymentSystem
from toolkit.frameworks.planning import Planning
from toolkit.frameworks.portrait import Portrait
from toolkit.frameworks.procurement import Procurement, Sourcing
from toolkit.frameworks.record import from_record, to_record
from toolkit.frameworks.sales import Sales
from toolkit.frameworks.system import BusinessSystem
from toolkit.frameworks.tob import ToBLifecycle
from toolkit.frameworks.value import Need, Value

if TYPE_CHECKING:
    from toolkit.facts import Facts
    from toolkit.method import Method

OBJECTS: Mapping[str, type[Framework]] = {
    kind.NAME: kind
    for kind in (
        Value,
        Offer,
        Planning,
        Procurement,
        Sales,
        Fulfillment,
        Aftercare,
        BusinessSystem,
        ToBLifecycle,
        JourneyMap,
        Crm,
        PaymentSystem,
        MailOrderDesign,
    )
}

__all__ = [
    "OBJECTS",
    "AddOn",
    "Aftercare",
    "BusinessSystem",
    "Case",
    "Channel",
    "Complaint",
    "Crm",
    "Demand",
    "FitCell",
    "Framework",
    "Fulfillment",
    "Handling",
    "Insert",
    "JourneyMap",
    "Launch",
    "LaunchStep",
    "MailOrderDesign",
    "MarketSize",
    "Need",
    "Offer",
    "PaymentSystem",
    "Planning",
    "Portrait",
    "Procurement",
    "Sales",
    "Sourcing",
    "Stage",
    "Stakeholder",
    "Step",
    "Study",
    "ToBLifecycle",
    "Value",
    "ValueScore",
    "build_objects",
    "compare_offers",
    "count_orders",
    "from_record",
    "schedule",
    "to_record",
]


def build_objects(
    facts: Facts, series: Mapping[str, Any], method: Method | None = None
) -> dict[str, Framework]:
    """The thirteen objects of a client by name, whatever is known.

    Args:
        facts: measured facts and answers.
        series: by id, as the measures return them.
        method: whose thresholds the objects compute with; ours where none is given.
    """
    journey = JourneyMap.from_facts(facts, series, method)
    known = facts.joined(fact for fact in journey.facts() if fact.key not in facts)
    built = {name: kind.from_facts(known, series, method) for name, kind in OBJECTS.items()}
    return built | {"journey": journey}
