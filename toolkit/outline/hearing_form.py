"""The hearing sheet as data: its sheets, rows and what each cell takes, from the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from toolkit.intake.profiles.hearing_rows import OPEN
from toolkit.intake.profiles.profile_fields import FIELDS
from toolkit.method import Entry, Method
from toolkit.outline.hearing_cells import FormCells, Input
from toolkit.outline.hearing_first import FirstSheet, first_sheet
from toolkit.words import words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

Kind = Literal["heading", "question", "item", "line_heading", "line"]

NOT_ASKED = ("client_id",)
AFTER_NAME = ("q.pla.model", "q.pla.stage")
GUIDE = {"fill": 4, "order": 3, "who": 4, "keep": 2}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet of questions: its name, what stands above the table, labels, rows."""

    name: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingForm:
    """The whole workbook in one language; ``guide`` is headings, each with its points.

    ``first`` are the hypotheses of one client; None in the blank book of a method.
    """

    lang: str
    title: str
    guide_name: str
    guide: tuple[tuple[str, tuple[str, ...]], ...]
    sheets: tuple[FormSheet, ...]
    lists_name: str
    first: FirstSheet | None = None


def hearing_form(method: Method, lang: str, diagnosis: Diagnosis | None = None) -> HearingForm:
    """The blank hearing sheet of a method: key questions first, a sheet a module, the law last.

    With the diagnosis of a client, the hypotheses to test in the first meeting stand before them.
    """
    book = words(method, lang)
    cells = FormCells(method=method, book=book)
    questions = sorted(method.section("questions").values(), key=lambda one: int(one["order"]))
    rest = [one for one in questions if not one.get("key") and one.id not in AFTER_NAME]
    modules = dict.fromkeys(str(one["module"]) for one in rest)
    return HearingForm(
        lang=lang,
        title=book.text("hearing.title"),
        guide_name=book.text("hearing.sheet.guide"),
        guide=tuple(
            (
                book.text(f"hearing.guide.{name}"),
                tuple(book.text(f"hearing.guide.{name}_{place + 1}") for place in range(count)),
            )
            for name, count in GUIDE.items()
        ),
        sheets=(
            _key_sheet([one for one in questions if one.get("key")], cells),
            *(
                _module_sheet(name, [one for one in rest if one["module"] == name], cells)
                for name in modules
            ),
            *_law_sheet(cells),
        ),
        lists_name=book.text("hearing.sheet.lists"),
        first=None if diagnosis is None else first_sheet(diagnosis, lang),
    )


def _key_sheet(questions: Iterable[Entry], cells: FormCells) -> FormSheet:
    book = cells.book
    asked = cells.method.section("questions")
    first = [asked[name] for name in AFTER_NAME if name in asked]
    rows = [
        FormRow(kind="heading", question=book.text("hearing.heading.profile")),
        *_fields(("company_name",), cells),
        *(row for one in first for row in _numbered(one, cells)),
        *_fields((name for name in FIELDS if name not in _placed()), cells),
        FormRow(kind="heading", question=book.text("hearing.heading.key")),
        *(row for one in questions if one.id not in AFTER_NAME for row in _numbered(one, cells)),
    ]
    return FormSheet(
        name=book.text("hearing.sheet.key"),
        title=book.text("hearing.sheet.key"),
        lead=book.text("hearing.lead.key"),
        columns=cells.columns(),
        rows=tuple(rows),
    )


def _numbered(question: Entry, cells: FormCells) -> Iterator[FormRow]:
    """The rows of a question, the first with the number under which it is asked."""
    first, *rest = _rows(question, cells)
    if question.get("key"):
        number = str(question["order"])
        text = cells.book.text("hearing.numbered", number=number, text=first.question)
        first = replace(first, question=text)
    yield first
    yield from rest


def _placed() -> tuple[str, ...]:
    """Fields that stand elsewhere: by the folder, at the top, or as a question of their own."""
    return (*NOT_ASKED, "company_name", "model", "stage")


def _fields(names: Iterable[str], cells: FormCells) -> Iterator[FormRow]:
    for name in names:
        about = cells.book.text(f"client.field.{name}")
        answer = cells.field_input(name)
        yield FormRow(
            kind="question",
            code=name,
            question=about,
            choices=cells.taken(answer),
            answer=answer,
            applies=cells.book.text("hearing.any"),
        )


def _module_sheet(module: str, questions: Iterable[Entry], cells: FormCells) -> FormSheet:
    book = cells.book
    return FormSheet(
        name=book.text(f"common.module_short.{module}"),
        title=book.text(f"common.module.{module}"),
        lead=book.text("hearing.lead.module"),
        columns=cells.columns(),
        rows=tuple(row for one in questions for row in _rows(one, cells)),
    )


def _rows(question: Entry, cells: FormCells) -> Iterator[FormRow]:
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


def _law_sheet(cells: FormCells) -> tuple[FormSheet, ...]:
    checks = cells.method.section("legal")
    if not checks:
        return ()
    book = cells.book
    answer = cells.law_input()
    rows = tuple(
        FormRow(
            kind="question",
            code=code,
            question=book.text(f"legal.{code}.check"),
            why=book.text(f"hearing.law.{check['law']}"),
            hint=cells.day(str(check["as_of"])),
            choices=cells.taken(answer),
            answer=answer,
            applies=cells.applies_text(check.get("applies", {})),
            models=cells.concerned(check.get("applies", {}))[0],
        )
        for code, check in checks.items()
    )
    sheet = FormSheet(
        name=book.text("hearing.sheet.law"),
        title=book.text("hearing.heading.law", count=str(len(rows))),
        lead=book.text("hearing.lead.law"),
        columns=cells.columns(law=True),
        rows=rows,
    )
    return (sheet,)
