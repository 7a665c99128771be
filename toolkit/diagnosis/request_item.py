"""One thing to ask a client for: what, why, whom, from which screen, in which form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toolkit.diagnosis.waiting import Waiting, read_by
from toolkit.errors import Problem
from toolkit.method import Method

Kind = Literal["again", "table", "column", "file", "confirm"]
KINDS: tuple[Kind, ...] = ("again", "table", "column", "file", "confirm")
VARIANTS = ("_t3v12", "_t3v9", "_t3", "_9m", "_yoy")
"""Endings of the named tests of a figure: a client is told the figure itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Where a system exports a table, and how sure the menu path is."""

    system: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestItem:
    """One thing to ask a client for.

    ``kind`` is again (export once more), table, column (a table with further columns), file
    (say what it is) or confirm (say whether headers were understood). ``rules`` wait for it,
    ``figures`` become possible, those that the rules read first. ``reason``, ``examples`` and
    ``counts`` say why a file is asked for again. ``keep`` is the header by which customers are
    told apart where the system is known, ``key`` the column it becomes.
    """

    kind: Kind
    table: str | None = None
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    screens: tuple[Screen, ...] = ()
    system: str | None = None
    role: str
    period: str
    form: str
    leave_out: tuple[str, ...] = ()
    key: str | None = None
    keep: str | None = None
    reason: str | None = None
    examples: tuple[Problem, ...] = ()
    counts: Mapping[str, float] = field(default_factory=dict)


def table_item(
    kind: Kind,
    table: str,
    waits: Waiting,
    systems: Iterable[str],
    method: Method,
) -> RequestItem:
    """What to ask for a table: its terms from content, its screen in the systems in use."""
    card = request_card(f"table.{table}", method)
    screens = tuple(_screens(table, systems, method))
    return RequestItem(
        kind=kind,
        table=table,
        rules=waits.rules,
        figures=figures(waits, method),
        screens=screens,
        leave_out=tuple(card.get("leave_out", ())),
        key=card.get("key"),
        keep=_kept(table, [screen.system for screen in screens], method),
        role=str(card["role"]),
        period="same" if kind == "column" else str(card["period"]),
        form=str(card["form"]),
    )


def file_item(kind: Kind, files: tuple[str, ...], method: Method) -> RequestItem:
    """What to ask about files as they are: to say what they are, or to confirm their headers."""
    card = request_card(kind, method)
    return RequestItem(
        kind=kind,
        files=files,
        role=str(card["role"]),
        period=str(card["period"]),
        form=str(card["form"]),
    )


def request_card(name: str, method: Method) -> Mapping[str, Any]:
    """The terms of a table (``table.costs``) or of a kind of item; of ``other`` if it has none."""
    cards = method.section("requests")
    return cards.get(name) or cards["other"]


def figures(waits: Waiting, method: Method) -> tuple[str, ...]:
    """Ids of the figures that become possible, each once: its changes are not told apart."""
    read = {key.partition("[")[0] for code in waits.rules for key in read_by(code, method)}
    ordered = sorted(waits.facts, key=lambda fact: fact not in read)
    return tuple(dict.fromkeys(_plain(fact, method) for fact in ordered))


def _plain(fact: str, method: Method) -> str:
    for ending in VARIANTS:
        base = fact.removesuffix(ending)
        if base != fact and base in method.section("measures"):
            return base
    return fact


def _screens(table: str, systems: Iterable[str], method: Method) -> Iterator[Screen]:
    for system in systems:
        card = method.section("requests").get(f"system.{system}")
        screen = card["screens"].get(table) if card is not None else None
        if screen is not None:
            yield Screen(system=system, status=str(screen["status"]))


def _kept(table: str, systems: list[str], method: Method) -> str | None:
    """The header that tells customers apart, in the only system that exports the table."""
    key = request_card(f"table.{table}", method).get("key")
    if key is None or len(systems) != 1:
        return None
    for adapter in method.section("adapters").values():
        if adapter.get("system") == systems[0] and adapter.get("table") == table:
            return _first_header(adapter["columns"].get(key))
    return None


def _first_header(source: Any) -> str | None:
    """The first header of a column's source, whatever shape it has; None for a fixed text."""
    if isinstance(source, str):
        return source or None
    if isinstance(source, Mapping):
        return _first_header(source.get("first"))
    return _first_header(source[0]) if source else None
