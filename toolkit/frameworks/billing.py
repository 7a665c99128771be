"""Billing and collection (課金回収): the last function, a step of its own (S1-40, S1-41)."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks.framework import Row, listed

METHODS = ("card", "transfer", "convenience")
OFFERED = ("offered", "wanted", "not_needed")
TERMS = ("closing_day", "months_later", "payment_day")


def method_rows(
    methods: Mapping[str, str] | None, fees: Mapping[str, float] | None
) -> tuple[Row, ...]:
    """Methods of payment with their state, and the contract rate of each that is known."""
    return (
        *listed("methods", METHODS, methods, items="pay_method", said="offered"),
        *(
            Row(part="fee_rates", item=name, value=rate, unit="share", items="pay_method")
            for name, rate in (fees or {}).items()
        ),
        *(() if fees else (Row(part="fee_rates"),)),
    )


def term_rows(terms: Mapping[str, float] | None) -> tuple[Row, ...]:
    """Closing day, months until payment, and day of payment."""
    given = terms or {}
    return tuple(
        Row(part="terms", item=name, value=given.get(name), unit="count", items="term")
        for name in TERMS
    )
