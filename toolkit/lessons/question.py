"""One question of a lesson: shows its task, checks an answer, gives hints, then the solution."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

from toolkit.lessons.answer import Answer, Table
from toolkit.lessons.blank import BLANK, is_blank
from toolkit.lessons.progress import note
from toolkit.lessons.result import Hint, Result, Solution, card, rich
from toolkit.lessons.verdict import JUDGES, Scale, Verdict
from toolkit.words import Words

_CELL = "padding:2px 14px 2px 0;text-align:left"
_HEAD = f"{_CELL};white-space:nowrap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about one firm; ``answer`` is None where the firm's data do not reach.

    ``own`` tells that the firm is the learner's; ``opened`` counts the hints taken: the only
    thing about a question that changes.
    """

    lesson: str
    id: str
    number: int
    kind: str
    minutes: int
    hints: int
    scale: Scale
    book: Words = field(repr=False)
    answer: Answer | None = field(repr=False)
    own: bool = False
    opened: list[Hint] = field(default_factory=list, repr=False, compare=False)

    def check(self, given: object = BLANK) -> Result:
        """The verdict on an answer; never raises, whatever is given.

        Args:
            given: a number, a code, codes, or a text, as the task asks.
        """
        if is_blank(given):
            return self._result(Verdict(status="not_attempted", code="blank"))
        if self.answer is None:
            return self._result(Verdict(status="cannot_check", code="no_data"))
        result = self._result(JUDGES[self.kind](given, self.answer, self.scale))
        note(self, result)
        return result

    def hint(self) -> Hint:
        """The next hint; the last one is shown again once all have been taken."""
        step = min(len(self.opened) + 1, self.hints)
        hint = Hint(
            step=step,
            steps=self.hints,
            label=self._common("hint", step=str(step), steps=str(self.hints)),
            text=self._text(f"hint{step}"),
        )
        self.opened.append(hint)
        return hint

    def solution(self) -> Solution:
        """The worked solution for the firm at hand."""
        return Solution(
            value=None if self.answer is None else self.answer.value,
            label=self._common("solution", title=self.title),
            text=self._lacking() if self.answer is None else self._text("solution"),
        )

    @property
    def title(self) -> str:
        """Number and name of the question."""
        return self._common("question", number=str(self.number), name=self._text("name"))

    def _result(self, verdict: Verdict) -> Result:
        correct = verdict.status == "correct"
        name = "correct" if correct else f"mistake.{verdict.code}"
        own = self.book.has(self._key(name))
        say = self._text if own else self._common
        return Result(
            status=verdict.status,
            mistake=None if correct else verdict.code,
            reason=say(name, **verdict.params),
            label=self._common(f"status.{verdict.status}"),
            credit=verdict.credit,
            notes=tuple(self._text(f"sign.{code}") for code in verdict.notes),
        )

    def _key(self, name: str) -> str:
        return f"lessons.{self.lesson}.{self.id}.{name}"

    def _text(self, name: str, /, **more: str) -> str:
        params = dict(self.answer.params) if self.answer else {}
        return self.book.text(self._key(name), **{**params, **more})

    def _common(self, name: str, /, **params: str) -> str:
        known = {"number": str(self.number), "minutes": str(self.minutes)}
        return self.book.text(f"lessons.common.{name}", **{**known, **params})

    def _task(self) -> str:
        return self._lacking() if self.answer is None else self._text("task")

    def _lacking(self) -> str:
        """What the firm's data lack for this question, as its lesson says it."""
        own = f"lessons.{self.lesson}.no_data"
        return self.book.text(own) if self.book.has(own) else self._common("no_data")

    def __repr__(self) -> str:
        return f"{self.title}\n{self._task()}\n{self._common('foot')}"

    def _repr_html_(self) -> str:
        table = self.answer.table if self.answer else None
        foot = f"<small>{rich(self._common('foot'))}</small>"
        return card(self.title, self._task(), more=(self._rows(table) if table else "") + foot)

    def _rows(self, table: Table) -> str:
        label = f"lessons.{self.lesson}.column"
        heads = "".join(
            f'<th style="{_HEAD}">{html.escape(self.book.text(f"{label}.{name}"))}</th>'
            for name in table.columns
        )
        body = "".join(
            f"<tr>{''.join(self._cell(value) for value in row)}</tr>" for row in table.rows
        )
        return (
            f'<table style="border-collapse:collapse;margin:.4em 0"><thead><tr>{heads}</tr>'
            f"</thead><tbody>{body}</tbody></table>"
        )

    def _cell(self, value: str | float) -> str:
        shown = value if isinstance(value, str) else f"{value:g}"
        code = f"lessons.{self.lesson}.code.{shown}"
        text = self.book.text(code) if self.book.has(code) else shown
        return f'<td style="{_CELL}">{html.escape(text)}</td>'
