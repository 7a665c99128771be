"""The rows of the hearing sheet for one question, its items and its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from toolkit.intake.profiles.hearing_rows import OPEN
from toolkit.method import Entry
from toolkit.outline.hearing_cells import FormCells, Input

Kind = Literal["heading", "question", "item", "line_heading", "line"]

SPARE_ITEMS = 3
SPARE_ROWS = 6
SPARE_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row: its code, the texts of its columns, what its cells take, whom it concerns.

    ``models`` and ``stages`` are the labels with which the row applies; empty means any.
    ``names`` says that the client writes the item's name, ``picked`` is the cell of choices
    where it takes an answer too (the importance of a line of the canvas).
    """

    kind: Kind
    code: str = ""
    question: str = ""
    why: str = ""
    hint: str = ""
    choices: str = ""
    answer: Input | None = None
    picked: Input | None = None
    names: bool = False
    applies: str = ""
    models: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


def question_rows(question: Entry, cells: FormCells) -> Iterator[FormRow]:
    """The row of a question, and one for each of its items."""
    name = f"questions.{question.id}"
    book = cells.book
    single = question["kind"] in ("choice", "number", "text")
    answer = cells.input_of(question) if single else cells.whole_input(question)
    models, stages = cells.concerned(question.get("applies", {}))
    yield FormRow(
        kind="question",
        code=question.id,
        question=book.text(f"{name}.text"),
        why=book.text(f"{name}.why") if book.has(f"{name}.why") else "",
        hint=book.text(f"{name}.hint") if book.has(f"{name}.hint") else "",
        choices=cells.taken(answer) if single else cells.taken_by_items(question, answer),
        answer=answer,
        applies=cells.applies_text(question.get("applies", {})),
        models=models,
        stages=stages,
    )
    if question["kind"] == "canvas":
        yield from _lines(question, cells, models, stages)
    elif not single:
        yield from _items(question, cells, models, stages)


def _items(
    question: Entry, cells: FormCells, models: tuple[str, ...], stages: tuple[str, ...]
) -> Iterator[FormRow]:
    book = cells.book
    own = question.get("item_models", {})
    answer = cells.input_of(question)
    for item in question["items"]:
        mine = cells.concerned({"model": own[item]})[0] if item in own else models
        yield FormRow(
            kind="item",
            code=f"{question.id} / {item}",
            question=book.text(f"questions.{question.id}.items.{item}"),
            answer=answer,
            applies=cells.applies_text({"model": own[item]}) if item in own else "",
            models=mine,
            stages=stages,
        )
    if question.get("open_items"):
        for _ in range(SPARE_ITEMS if question["items"] else SPARE_ROWS):
            yield FormRow(
                kind="item",
                code=f"{question.id} / {OPEN}",
                answer=answer,
                names=True,
                models=models,
                stages=stages,
            )


def _lines(
    question: Entry, cells: FormCells, models: tuple[str, ...], stages: tuple[str, ...]
) -> Iterator[FormRow]:
    """Lines of the canvas, each with a name, its importance and how far it is covered."""
    book = cells.book
    yield FormRow(
        kind="line_heading",
        question=book.text("hearing.canvas.item"),
        choices=book.text("hearing.canvas.importance"),
        hint=book.text("hearing.canvas.covered"),
    )
    for _ in range(SPARE_LINES):
        yield FormRow(
            kind="line",
            code=f"{question.id} / {OPEN}",
            answer=cells.covered_input(),
            picked=cells.importance_input(question),
            names=True,
            models=models,
            stages=stages,
        )
