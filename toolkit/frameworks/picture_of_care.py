"""Pictures of aftercare, of moving to a database and of a decision chain, in ``tk.language``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.frameworks.display import code_label
from toolkit.frameworks.framework import UNKNOWN
from toolkit.method import load_method
from toolkit.words import Words, month_text, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.frameworks.aftercare import Aftercare
    from toolkit.frameworks.crm import Crm
    from toolkit.frameworks.tob import ToBLifecycle

TONES = {"yes": "good", "no": "bad", "partly": "middle", "obtainable": "good"}
TONES |= {"not_obtainable": "bad", "passed": "good", "open": "bad"}
CARE = {"no_assignee": ("no", UNKNOWN), "no_record": ("yes", "no"), "yes": ("yes", "yes")}

Cells = Sequence[tuple[str, str, str]]


def activities(care: Aftercare, ax: Axes | None = None) -> Axes:
    """Activities by assignee and record; one that does not apply is left out."""
    from toolkit.frameworks.aftercare import ACTIVITIES

    book = words(load_method())
    states = {**dict.fromkeys(ACTIVITIES, UNKNOWN), **(care.activities or {})}
    cells = [
        (name, column, mark)
        for name, state in states.items()
        if state != "not_applicable"
        for column, mark in zip(
            ("assignee", "record"), CARE.get(state, (UNKNOWN, UNKNOWN)), strict=True
        )
    ]
    labels = _items(book, "activity", [cell[0] for cell in cells])
    labels |= _items(book, "care_column", ("assignee", "record"))
    labels |= {f"mark.{mark}": code_label("care_mark", mark, book) for mark in ("yes", "no")}
    return _grid(cells, labels, book, forward=care.open, ax=ax)


def road_to_database(crm: Crm, ax: Axes | None = None) -> Axes:
    """The phases of moving with their months, where a start can be told; else the data sets."""
    from toolkit.frameworks.crm_rows import DATABASES

    book = words(load_method())
    phases = crm.migration.phases if crm.migration else ()
    if phases:
        cells = [
            (phase.code, column, month_text(getattr(phase, column), book.lang))
            for phase in phases
            for column in ("start", "end")
        ]
        labels = _items(book, "migration_phase", [phase.code for phase in phases])
        labels |= _items(book, "phase_column", ("start", "end"))
        labels |= {f"mark.{month}": month for _, _, month in cells}
        return _grid(cells, labels, book, ax=ax)
    said = {name: (crm.databases or {}).get(name) or UNKNOWN for name in DATABASES}
    cells = [(name, "obtainable", mark) for name, mark in said.items()]
    labels = _items(book, "database", DATABASES) | _items(book, "phase_column", ("obtainable",))
    labels |= {f"mark.{m}": code_label("obtainable", m, book) for m in set(said.values())}
    return _grid(cells, labels, book, ax=ax)


def decision_chain(tob: ToBLifecycle, ax: Axes | None = None) -> Axes:
    """The people of the chain in order, who has agreed; the next to win is brought forward."""
    book = words(load_method())
    states = {True: "passed", False: "open", None: UNKNOWN}
    people = tob.stakeholders or ()
    cells = [(person.name, "state", states[person.passed]) for person in people]
    labels = {f"item.{p.name}": _person(p.name, p.role, book) for p in people}
    labels |= _items(book, "chain_column", ("state",))
    labels |= {f"mark.{m}": code_label("link_state", m, book) for m in ("passed", "open")}
    forward = (tob.next_link.name,) if tob.next_link else ()
    return _grid(cells, labels, book, forward=forward, ax=ax)


def _person(name: str, role: str, book: Words) -> str:
    if not role:
        return name
    return book.text(
        "frameworks.shown.person", name=name, role=code_label("buying_role", role, book)
    )


def _grid(
    cells: Cells,
    labels: Mapping[str, str],
    book: Words,
    *,
    forward: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    import pandas as pd

    from toolkit.frameworks.grid import grid

    frame = pd.DataFrame(
        [(*cell, TONES.get(cell[2], "")) for cell in cells],
        columns=["row", "column", "mark", "tone"],
    )
    given = {f"mark.{UNKNOWN}": code_label("edge_state", UNKNOWN, book), **labels}
    return grid(frame, labels=given, ax=ax, marks=dict.fromkeys(forward, 1.0), lang=book.lang)


def _items(book: Words, codes: str, names: Sequence[str]) -> dict[str, str]:
    return {f"item.{name}": code_label(codes, name, book) for name in names}
