"""The action tracker as data: a row an action, with what is agreed and what it moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.diagnosis.edits import taken
from toolkit.intake.profiles.edit import STATES
from toolkit.outline.blocks import plain
from toolkit.outline.changed_words import name_of, then_text
from toolkit.outline.edited import status_text
from toolkit.outline.finding_words import action_text, title_text
from toolkit.outline.planned import cost_text
from toolkit.outline.tracked import Tracked, tracked
from toolkit.outline.writer import Writer, writer
from toolkit.outline.yen_words import effect_text, rounded

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

COLUMNS = (
    "code",
    "action",
    "finding",
    "effect",
    "cost",
    "assignee",
    "due",
    "status",
    "reason",
    "figure",
    "then",
    "now",
    "promised",
    "realised",
    "comment",
)
FILLED_IN = ("assignee", "due", "status", "reason", "comment")
"""Columns that the two sides write into; ``toolkit meeting read`` reads them back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerRow:
    """One action: the texts of its columns by name, its date and its amounts.

    ``due`` is an ISO date or None; ``promised`` and ``realised`` are in the client's currency.
    """

    texts: dict[str, str]
    due: str | None
    promised: float | None
    realised: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerPage:
    """The sheet in one language; ``states`` are the labels to choose from, the first the usual."""

    lang: str
    title: str
    about: str
    guide: str
    none: str
    sheet: str
    lists: str
    day: str
    currency: str
    head: tuple[str, ...]
    rows: tuple[TrackerRow, ...]
    states: tuple[str, ...]
    closed: tuple[str, ...]


def tracker_page(diagnosis: Diagnosis, lang: str) -> TrackerPage:
    """The tracker of a diagnosis: a pure function of the two."""
    pen = writer(diagnosis, lang)
    states = {name: status_text(pen, name) for name in STATES}
    return TrackerPage(
        lang=lang,
        title=pen.line("meetings.tracker.title"),
        about=pen.line(
            "meetings.tracker.about",
            client=str(diagnosis.client["company_name"]),
            date=pen.date(diagnosis.run_date),
            as_of=pen.date(diagnosis.as_of),
        ),
        guide=pen.line("meetings.tracker.guide"),
        none=pen.line("meetings.tracker.none"),
        sheet=pen.line("meetings.tracker.sheet"),
        lists=pen.line("meetings.tracker.lists"),
        day=diagnosis.run_date,
        currency=pen.currency,
        head=tuple(pen.line(f"meetings.tracker.column.{name}") for name in COLUMNS),
        rows=tuple(_row(pen, one) for one in tracked(diagnosis)),
        states=tuple(states.values()),
        closed=tuple(states[name] for name in STATES[2:]),
    )


def _row(pen: Writer, one: Tracked) -> TrackerRow:
    d = pen.diagnosis
    finding = d.finding(one.code)
    edit = taken(d, one.code)
    fact = pen.fact(one.fact) if one.fact is not None else None
    said = fact is None or fact.id.startswith("q.") or not fact.known
    texts = {
        "code": one.code,
        "action": plain(action_text(pen, finding)),
        "finding": plain(title_text(pen, finding)),
        "effect": plain(effect_text(pen, one.action)) if one.action is not None else "",
        "cost": plain(cost_text(pen, one.action)) if one.action is not None else "",
        "assignee": one.assignee or "",
        "status": status_text(pen, one.state),
        "reason": one.reason or "",
        "figure": "" if said or fact is None else name_of(pen, fact),
        "then": "" if said or one.then is None else plain(then_text(pen, one.fact or "", one.then)),
        "now": "" if said or fact is None else pen.value(fact).text,
        "comment": (edit.words("comment", pen.lang) if edit is not None else None) or "",
    }
    amounts = (None if value is None else rounded(value) for value in (one.promised, one.realised))
    promised, realised = amounts
    return TrackerRow(texts=texts, due=one.due, promised=promised, realised=realised)
