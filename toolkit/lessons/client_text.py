"""How figures of a client are read in a lesson's sentences: value, period, threshold, rule."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Fact
from toolkit.lessons.client_firm import ClientFirm
from toolkit.rules.finding import Finding, Threshold
from toolkit.words import Words, date_text, fact_name, number_text


def currency(firm: ClientFirm) -> str:
    """Currency of the client, as an ISO code."""
    return str(firm.diagnosis.client.get("currency") or "JPY")


def shown(value: float | None, unit: str, firm: ClientFirm, book: Words) -> str:
    """A number as it is printed, money in the client's currency."""
    return number_text(value, unit, book.lang, currency(firm))


def exact(value: float, firm: ClientFirm, book: Words) -> str:
    """Money to the last unit: what a learner adds up and divides."""
    return shown(round(value), "exact_yen", firm, book)


def fact_text(fact: Fact, firm: ClientFirm, book: Words) -> str:
    """The value of a fact; a code by its label where the method has one."""
    if fact.known and fact.number is None:
        key = f"questions.{fact.id}.choices.{fact.value}"
        return book.text(key) if book.has(key) else str(fact.value)
    return shown(fact.number, fact.unit, firm, book)


def period_text(fact: Fact, book: Words) -> str:
    """From when to when a fact speaks; a dash where it has no period."""
    if fact.period is None:
        return "—"
    start, end = (date_text(day, book.lang) for day in fact.period)
    return book.text("lessons.common.period", start=start, end=end)


def title(finding: Finding, book: Words) -> str:
    """The title of a finding's rule."""
    return book.text(f"rules.{finding.id}.title")


def lead(finding: Finding, facts: Mapping[str, Fact]) -> Fact | None:
    """The known fact a finding begins with; None where none of its facts is known."""
    found = (facts.get(key) for key in finding.evidence.facts)
    return next((fact for fact in found if fact is not None and fact.known), None)


def origin(threshold: Threshold | None, book: Words) -> str:
    """Where a threshold comes from; a dash where there is none."""
    return "—" if threshold is None else book.text(f"common.origin.{threshold.origin}")


def name(fact: Fact, book: Words) -> str:
    """Name of a figure."""
    return fact_name(fact, book)
