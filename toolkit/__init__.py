"""Diagnose a business from raw exports and answers, every number defended.

Names are loaded on first use, so that importing the package (and ``toolkit --help``) is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"

if TYPE_CHECKING:
    from toolkit.deliverables.finding_view import finding
    from toolkit.deliverables.run import render, report
    from toolkit.deliverables.section import section
    from toolkit.diagnosis.diagnose import diagnose
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.own_finding import OwnFinding
    from toolkit.diagnosis.saving import load
    from toolkit.diagnosis.what_if import WhatIf, what_if
    from toolkit.diagnosis.windows import second_orders
    from toolkit.facts import Fact, Facts
    from toolkit.frameworks.aftercare import Aftercare
    from toolkit.frameworks.channel import Channel
    from toolkit.frameworks.crm import Crm
    from toolkit.frameworks.fit import FitCell
    from toolkit.frameworks.fulfillment import Fulfillment, Insert
    from toolkit.frameworks.journey import JourneyMap
    from toolkit.frameworks.launch import Launch, LaunchStep
    from toolkit.frameworks.mail_order import MailOrderDesign, Stage
    from toolkit.frameworks.market import MarketSize, Study
    from toolkit.frameworks.offer import AddOn, Offer, ValueScore, compare_offers
    from toolkit.frameworks.payment import PaymentSystem
    from toolkit.frameworks.planning import Planning
    from toolkit.frameworks.procurement import Procurement, Sourcing
    from toolkit.frameworks.sales import Sales
    from toolkit.frameworks.system import BusinessSystem
    from toolkit.frameworks.tob import ToBLifecycle
    from toolkit.frameworks.value import Need, Value
    from toolkit.lessons.lesson import lesson
    from toolkit.lessons.progress_page import my_progress
    from toolkit.measures.databases.in_database import summarise_in_database
    from toolkit.measures.databases.places import OpenDatabase
    from toolkit.words import language

_HOMES = {
    "AddOn": "frameworks.offer",
    "Aftercare": "frameworks.aftercare",
    "BusinessSystem": "frameworks.system",
    "Channel": "frameworks.channel",
    "Crm": "frameworks.crm",
    "Diagnosis": "diagnosis.document",
    "Fact": "facts",
    "Facts": "facts",
    "FitCell": "frameworks.fit",
    "Fulfillment": "frameworks.fulfillment",
    "Insert": "frameworks.fulfillment",
    "JourneyMap": "frameworks.journey",
    "Launch": "frameworks.launch",
    "LaunchStep": "frameworks.launch",
    "MailOrderDesign": "frameworks.mail_order",
    "MarketSize": "frameworks.market",
    "Need": "frameworks.value",
    "Offer": "frameworks.offer",
    "OpenDatabase": "measures.databases.places",
    "OwnFinding": "diagnosis.own_finding",
    "PaymentSystem": "frameworks.payment",
    "Planning": "frameworks.planning",
    "Procurement": "frameworks.procurement",
    "Sales": "frameworks.sales",
    "Sourcing": "frameworks.procurement",
    "Stage": "frameworks.mail_order",
    "Study": "frameworks.market",
    "ToBLifecycle": "frameworks.tob",
    "Value": "frameworks.value",
    "ValueScore": "frameworks.offer",
    "WhatIf": "diagnosis.what_if",
    "compare_offers": "frameworks.offer",
    "diagnose": "diagnosis.diagnose",
    "finding": "deliverables.finding_view",
    "language": "words",
    "lesson": "lessons.lesson",
    "load": "diagnosis.saving",
    "my_progress": "lessons.progress_page",
    "render": "deliverables.run",
    "report": "deliverables.run",
    "second_orders": "diagnosis.windows",
    "section": "deliverables.section",
    "summarise_in_database": "measures.databases.in_database",
    "what_if": "diagnosis.what_if",
}

__all__ = [
    "AddOn",
    "Aftercare",
    "BusinessSystem",
    "Channel",
    "Crm",
    "Diagnosis",
    "Fact",
    "Facts",
    "FitCell",
    "Fulfillment",
    "Insert",
    "JourneyMap",
    "Launch",
    "LaunchStep",
    "MailOrderDesign",
    "MarketSize",
    "Need",
    "Offer",
    "OpenDatabase",
    "OwnFinding",
    "PaymentSystem",
    "Planning",
    "Procurement",
    "Sales",
    "Sourcing",
    "Stage",
    "Study",
    "ToBLifecycle",
    "Value",
    "ValueScore",
    "WhatIf",
    "compare_offers",
    "diagnose",
    "finding",
    "language",
    "lesson",
    "load",
    "my_progress",
    "render",
    "report",
    "second_orders",
    "section",
    "summarise_in_database",
    "what_if",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"toolkit.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
