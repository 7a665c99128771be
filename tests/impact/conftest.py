"""Yen of failed rules from facts written down by hand."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.impact.impact import Impact, impact
from toolkit.method import Method, load_method
from toolkit.rules.finding import Evidence, Finding


def _stated(key: str, given: Any, method: Method) -> Fact:
    """A fact of a key (with its cell) from a number, a code, (value, low, high), or a reason."""
    fact_id, _, cell = key.partition("[")
    by = dict(part.split("=", 1) for part in cell.rstrip("]").split(",")) if cell else {}
    card = method.section("measures").get(fact_id)
    needs = tuple(card.get("needs", ())) if card is not None else ()
    plain = {"unit": card["unit"] if card is not None else "", "by": by, "needs": needs}
    if isinstance(given, Fact):
        return given
    if given is None:
        return unknown(fact_id, "no_rows", **plain)
    if isinstance(given, tuple):
        value, low, high = given
        return Fact(id=fact_id, value=value, low=low, high=high, sampled=True, **plain)
    return Fact(id=fact_id, value=given, **plain)


@pytest.fixture(scope="session")
def impact_of() -> Callable[..., Impact]:
    """``impact_of({fact key: value}, "CODE", …)``: what the failed rules are worth.

    A value is a number or code, (value, low, high) of an 80 % interval, None for a figure that
    is not known, or a Fact. ``items`` are the rows a finding names, by code.
    """
    method = load_method()

    def made(
        values: Mapping[str, Any],
        *codes: str,
        model: str = "general",
        severity: str = "medium",
        items: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Impact:
        facts = Facts(
            _stated(key, given, method) for key, given in {"q.pla.model": model, **values}.items()
        )
        rules = method.section("rules")
        named = items or {}
        findings = [
            Finding(
                id=code,
                module=str(rules[code]["module"]),
                status="fail",
                severity=severity,
                pool=rules[code].get("pool"),
                evidence=Evidence(
                    items=tuple(Item(key=one, label=one) for one in named.get(code, ()))
                ),
            )
            for code in codes
        ]
        return impact(findings, facts, method)

    return made
