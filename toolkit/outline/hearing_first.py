"""The first sheet of a hearing: hypotheses from orders, with room for what the meeting tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.diagnosis.hypotheses import MOST
from toolkit.outline.asking import fewer_text, questions_of
from toolkit.outline.blocks import plain
from toolkit.outline.writer import writer

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

COLUMNS = ("hypothesis", "grounds", "ask", "questions", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSheet:
    """Hypotheses as a table: a row each, ``note`` where there are fewer than three.

    The cells of the last column are left to be filled in.
    """

    name: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def first_sheet(diagnosis: Diagnosis, lang: str) -> FirstSheet:
    """The hypotheses of a diagnosis in one language."""
    pen = writer(diagnosis, lang)
    between = pen.line("hearing.hypotheses.line_separator")
    made = diagnosis.hypotheses
    return FirstSheet(
        name=pen.line("hearing.hypotheses.sheet"),
        title=pen.line("hearing.hypotheses.title"),
        lead=pen.line("hearing.hypotheses.lead") if made else "",
        columns=tuple(pen.line(f"hearing.hypotheses.row.{name}") for name in COLUMNS),
        rows=tuple(
            (
                pen.line(f"hypotheses.{one.id}.hypothesis"),
                pen.line(f"hypotheses.{one.id}.grounds"),
                pen.line(f"hypotheses.{one.id}.ask"),
                between.join(questions_of(pen, one)),
                "",
            )
            for one in made
        ),
        note=plain(fewer_text(pen)) if len(made) < MOST else "",
    )
