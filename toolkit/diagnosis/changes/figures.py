"""Every number of the changes under an id of its own, as deliverables print and verify it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Value
from toolkit.store import significant

if TYPE_CHECKING:
    from toolkit.diagnosis.changes.changes import Changes, FactChange
    from toolkit.diagnosis.document import Diagnosis

PREFIX = "changes."
OF_PROMISE = ("promised", "realised", "gap_then", "gap_now")


def change_figures(diagnosis: Diagnosis) -> dict[str, Value]:
    """Values by id, empty where nothing was kept before.

    ``changes.then.<fact>`` and ``changes.year_ago.<fact>`` are a figure's value last time and a
    year ago, ``changes.change.<fact>`` and ``changes.rate.<fact>`` how far it moved, and by which
    part of last time, ``changes.<CODE>.promised`` and ``.realised`` the yen of an action.
    """
    found = getattr(diagnosis, "changes", None)
    return dict(_figures(found)) if found is not None else {}


def then_id(fact: str) -> str:
    """Id of a figure's value last time.

    >>> then_id("customers.aov")
    'changes.then.customers.aov'
    """
    return f"{PREFIX}then.{fact}"


def year_ago_id(fact: str) -> str:
    """Id of a figure's value a year ago."""
    return f"{PREFIX}year_ago.{fact}"


def change_id(fact: str) -> str:
    """Id of how far a figure moved since last time."""
    return f"{PREFIX}change.{fact}"


def rate_id(fact: str) -> str:
    """Id of how far a figure moved, as a part of its value last time."""
    return f"{PREFIX}rate.{fact}"


def rate(change: float, old: float) -> float:
    """A change as a part of the value last time, equal from memory and from a saved document."""
    return (significant(change) or 0.0) / abs(old)


def promise_id(code: str, name: str) -> str:
    """Id of an amount of last time's action for a rule.

    >>> promise_id("AFT006", "promised")
    'changes.AFT006.promised'
    """
    return f"{PREFIX}{code}.{name}"


def figure_of(key: str) -> str | None:
    """The figure that an id of a change is about; None where it is of an action, or no change.

    >>> figure_of("changes.then.customers.aov"), figure_of("changes.AFT006.promised")
    ('customers.aov', None)
    """
    for name in ("then", "year_ago", "change", "rate"):
        if key.startswith(f"{PREFIX}{name}."):
            return key.removeprefix(f"{PREFIX}{name}.")
    return None


def _figures(changes: Changes) -> Iterator[tuple[str, Value]]:
    for promise in changes.actions:
        yield from _then(promise.fact, promise.then)
        for name in OF_PROMISE:
            if getattr(promise, name) is not None:
                yield promise_id(promise.finding, name), getattr(promise, name)
    for one in changes.findings:
        yield from _then(one.fact, one.old)
    for fact in changes.facts:
        yield from _of_fact(fact)


def _of_fact(fact: FactChange) -> Iterator[tuple[str, Value]]:
    yield from _then(fact.id, fact.old)
    if fact.year_ago is not None:
        yield year_ago_id(fact.id), fact.year_ago
    if fact.change is not None:
        yield change_id(fact.id), fact.change
        if isinstance(fact.old, int | float) and fact.old:
            yield rate_id(fact.id), rate(fact.change, fact.old)


def _then(fact: str | None, value: Value) -> Iterator[tuple[str, Value]]:
    if fact is not None and value is not None:
        yield then_id(fact), value
