"""What was changed while reading, and what stands out: codes with counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.errors import Problem
from toolkit.intake.mappings.columns import Column
from toolkit.words import Words, printable

HIDDEN = "***"
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A kind of change or a warning, how often it occurred, and what fills its sentence.

    ``words`` are further params, given as keys of words.
    """

    code: str
    count: int = 1
    params: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def text(self, book: Words) -> str:
        """The sentence in a language."""
        said = {name: book.text(key) for name, key in self.words.items()}
        return book.text(
            f"errors.notes.{self.code}",
            count=f"{self.count:,}",
            **{name: printable(value) for name, value in {**self.params, **said}.items()},
        )

    def to_dict(self, book: Words) -> dict[str, Any]:
        """Code, count and sentence, with the detail where there is one."""
        shown: dict[str, Any] = {"code": self.code, "count": self.count, "message": self.text(book)}
        if "detail" in self.params:
            shown["detail"] = self.params["detail"]
        return shown


def added(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes equal but for their counts joined, these summed, in order of appearance."""
    totals: dict[tuple[str, str], Note] = {}
    for note in notes:
        key = (note.code, repr((sorted(note.params.items()), sorted(note.words.items()))))
        before = totals.get(key)
        totals[key] = replace(note, count=note.count + before.count) if before else note
    return tuple(totals.values())


def shown(value: str) -> str:
    r"""A cell as a message shows it: one line, no control characters, not too long.

    >>> shown("a\x1b[31m\nb")
    'a\\x1b[31m\\nb'
    """
    cut = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cell stands: file, row, line, and the header of its column."""

    file: str
    row: int | None = None
    line: int | None = None
    column: str | None = None


def cell_problem(
    code: str, place: Place, column: Column, value: str, params: Mapping[str, str]
) -> Problem:
    """A problem of one cell; the value of a hidden column is not in it."""
    text = None if column.hidden else shown(value)
    return Problem(
        code=code,
        file=place.file,
        row=place.row,
        line=place.line,
        column=place.column or column.name,
        value=text,
        params={
            "field": column.name,
            **({"value": HIDDEN} if text is None else {}),
            **params,
        },
    )


def problem_dict(problem: Problem, book: Words) -> dict[str, Any]:
    """A problem as ``read --json`` prints it."""
    from toolkit.words import problem_text

    message, fix = problem_text(problem, book)
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "line": problem.line,
        "column": problem.column,
        "field": problem.params.get("field"),
        "key": problem.key,
        "value": problem.value,
        "code": problem.code,
        "message": message,
        "fix": fix,
    }
