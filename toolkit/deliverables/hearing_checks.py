"""What the cells of the hearing sheet let in: lists, bounds, and rows that do not concern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.profiles.answer import BASES
from toolkit.intake.profiles.hearing_rows import COLUMNS
from toolkit.outline.hearing_cells import Input, bounds_text
from toolkit.outline.hearing_questions import FormRow
from toolkit.words import Words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

DECIDING = {"q.pla.model": "hearing_model", "q.pla.stage": "hearing_stage"}
LONGEST_MESSAGE = 250
ANSWER, PICKED, BASIS = (COLUMNS.index(name) for name in ("answer", "choices", "basis"))


class Checks:
    """The lists of one book, by name, and the cells that decide which rows concern the client.

    Lists stand on a hidden sheet under names, so that labels may be of any length and hold
    commas.
    """

    def __init__(self, *, book: Words, lists_name: str) -> None:
        self._book = book
        self._lists_name = lists_name
        self._lists: dict[tuple[str, ...], str] = {}
        self._deciding: dict[str, str] = {}

    def add(self, page: Worksheet, sheet: str, row: int, form: FormRow) -> None:
        """Hold the cells of a row to what they take."""
        if form.code in DECIDING:
            letter = chr(ord("A") + ANSWER)
            self._deciding[form.code] = f"='{sheet}'!${letter}${row + 1}"
        for place, taken in ((ANSWER, form.answer), (PICKED, form.picked)):
            if taken is not None and taken.kind in ("list", "number"):
                page.data_validation(row, place, row, place, self._rule(taken, row, place))
        if form.answer is not None:
            labels = tuple(self._book.text(f"hearing.basis.{name}") for name in BASES)
            basis = Input(kind="list", labels=labels)
            page.data_validation(row, BASIS, row, BASIS, self._rule(basis, row, BASIS))

    def grey(self, page: Worksheet, rows: Sequence[FormRow], first: int, style: Format) -> None:
        """Rows of other models and stages turn grey once model or stage is chosen."""
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for row, form in enumerate(rows, start=first):
            for question, labels in (("q.pla.model", form.models), ("q.pla.stage", form.stages)):
                if labels:
                    unknown = self._book.text(f"questions.{question}.choices.unknown")
                    groups.setdefault((DECIDING[question], (*labels, unknown)), []).append(row)
        for (name, labels), places in groups.items():
            apart = ",".join(f"{name}<>{_quoted(label)}" for label in ("", *labels))
            rule = {"type": "formula", "criteria": f"=AND({apart})", "format": style}
            for start, end in _runs(places):
                page.conditional_format(start, 0, end, len(COLUMNS) - 1, rule)

    def finish(self, book: Workbook, style: Format) -> None:
        """Write the lists and the names."""
        page = book.add_worksheet(self._lists_name)
        page.hide()
        for place, (labels, name) in enumerate(self._lists.items()):
            for row, label in enumerate(labels):
                page.write_string(row, place, label, style)
            column = _column(place)
            area = f"='{self._lists_name}'!${column}$1:${column}${len(labels)}"
            book.define_name(name, area)
        for question, at in self._deciding.items():
            book.define_name(DECIDING[question], at)

    def _rule(self, taken: Input, row: int, place: int) -> dict[str, Any]:
        told = {
            "input_title": self._book.text("hearing.input.title"),
            "error_title": self._book.text("hearing.input.title"),
            "error_message": self._book.text("hearing.input.wrong"),
        }
        if taken.kind == "list":
            name = self._lists.setdefault(taken.labels, f"hearing_list_{len(self._lists) + 1}")
            message = self._book.text("hearing.input.list")
            return {**told, "validate": "list", "source": f"={name}", "input_message": message}
        cell = f"{_column(place)}{row + 1}"
        texts = ",".join(f"{cell}={_quoted(label)}" for label in taken.labels)
        number = f"AND(ISNUMBER({cell}),{cell}>={taken.low:g},{cell}<={taken.high:.15g})"
        message = self._book.text("hearing.input.number", **bounds_text(taken, self._book))
        return {
            **told,
            "validate": "custom",
            "value": f"=OR({number},{texts})" if texts else f"={number}",
            "input_message": message[:LONGEST_MESSAGE],
            "error_type": "warning",
        }


def _runs(places: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Rows that follow each other, as first and last.

    >>> list(_runs([3, 4, 7]))
    [(3, 4), (7, 7)]
    """
    start = last = None
    for place in places:
        if last is None or start is None:
            start = place
        elif place != last + 1:
            yield start, last
            start = place
        last = place
    if start is not None and last is not None:
        yield start, last


def _column(place: int) -> str:
    """Letters of a column.

    >>> _column(0), _column(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _quoted(label: str) -> str:
    return '"' + label.replace('"', '""') + '"'
