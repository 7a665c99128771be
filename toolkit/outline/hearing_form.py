"""The hearing sheet as data: its sheets, rows and what each cell takes, from the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.profiles.profile_fields import FIELDS
from toolkit.method import Entry, Method
from toolkit.outline.hearing_cells import FormCells
from toolkit.outline.hearing_first import FirstSheet, first_sheet
from toolkit.outline.hearing_questions import FormRow, question_rows
from toolkit.words import words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

NOT_ASKED = ("client_id",)
AFTER_NAME = ("q.pla.model", "q.pla.stage")
GUIDE = {"fill": 4, "order": 3, "who": 4, "keep": 2}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFirst:
    """Questions asked together in a meeting, by key, and the heading over them."""

    heading: str
    questions: tuple[str, ...]


def hearing_form(
    method: Method,
    lang: str,
    diagnosis: Diagnosis | None = None,
    asked: tuple[AskedFirst, ...] = (),
) -> HearingForm:
    """The blank hearing sheet of a method: key questions first, a sheet a module, the law last.

    With the diagnosis of a client, the hypotheses to test in the first meeting stand before them.
    With ``asked`` the first sheet follows a meeting: its questions in their order, numbered as
    they are asked, whatever sheet they stand on otherwise; then the other key questions.
    """
    book = words(method, lang)
    cells = FormCells(method=method, book=book)
    questions = sorted(method.section("questions").values(), key=lambda one: int(one["order"]))
    moved = {*AFTER_NAME, *(key for part in asked for key in part.questions)}
    rest = [one for one in questions if not one.get("key") and one.id not in moved]
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
            _key_sheet([one for one in questions if one.get("key")], cells, asked),
            *(
                _module_sheet(name, [one for one in rest if one["module"] == name], cells)
                for name in modules
            ),
            *_law_sheet(cells),
        ),
        lists_name=book.text("hearing.sheet.lists"),
        first=None if diagnosis is None else first_sheet(diagnosis, lang),
    )


def _key_sheet(
    questions: Iterable[Entry], cells: FormCells, asked: tuple[AskedFirst, ...]
) -> FormSheet:
    book = cells.book
    known = cells.method.section("questions")
    numbers = _numbers(asked)
    first = [known[name] for name in AFTER_NAME if name in known and name not in numbers]
    rest = [one for one in questions if one.id not in (*AFTER_NAME, *numbers)]
    name = book.text("hearing.meeting.sheet" if asked else "hearing.sheet.key")
    others = book.text("hearing.meeting.others" if asked else "hearing.heading.key")
    rows = [
        FormRow(kind="heading", question=book.text("hearing.heading.profile")),
        *_fields(("company_name",), cells),
        *(row for one in first for row in _numbered(one, cells, numbers)),
        *_fields((name for name in FIELDS if name not in _placed()), cells),
        *_asked_rows(asked, cells, numbers),
        FormRow(kind="heading", question=others),
        *(row for one in rest for row in _numbered(one, cells, numbers)),
    ]
    return FormSheet(
        name=name,
        title=name,
        lead=book.text("hearing.meeting.lead" if asked else "hearing.lead.key"),
        columns=cells.columns(),
        rows=tuple(rows),
    )


def _numbers(asked: tuple[AskedFirst, ...]) -> dict[str, int]:
    """The number of each question of a meeting."""
    keys = [key for part in asked for key in part.questions]
    return {key: number for number, key in enumerate(keys, start=1)}


def _asked_rows(
    asked: tuple[AskedFirst, ...], cells: FormCells, numbers: Mapping[str, int]
) -> Iterator[FormRow]:
    """The questions of a meeting, part by part."""
    known = cells.method.section("questions")
    for part in asked:
        yield FormRow(kind="heading", question=part.heading)
        for key in part.questions:
            yield from _numbered(known[key], cells, numbers)


def _numbered(question: Entry, cells: FormCells, numbers: Mapping[str, int]) -> Iterator[FormRow]:
    """The rows of a question, the first with the number under which it is asked.

    Where a meeting gives the numbers, a question outside it has none.
    """
    first, *rest = question_rows(question, cells)
    key = question["order"] if question.get("key") else None
    number = numbers.get(question.id) if numbers else key
    if number is not None:
        text = cells.book.text("hearing.numbered", number=str(number), text=first.question)
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
        rows=tuple(row for one in questions for row in question_rows(one, cells)),
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
