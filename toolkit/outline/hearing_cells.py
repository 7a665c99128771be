"""What the cells of a hearing sheet take, and whom a question concerns, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from toolkit.intake.profiles.answer_values import COVERED, UNKNOWN
from toolkit.intake.profiles.hearing_rows import COLUMNS
from toolkit.intake.profiles.profile_fields import codes_of
from toolkit.intake.profiles.profile_lists import STATES
from toolkit.method import Entry, Method
from toolkit.rules.applies import tokens
from toolkit.words import Words, date_text

FIELD_DATES = ("as_of",)
FIELD_MONTHS = ("fiscal_year_start",)
EXAMPLE_DAY = "2026-04-01"
SHARE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What a cell takes: one of ``labels``, a number within bounds, a day, or text.

    A number may also be one of the labels (not known, none). Shares are 0–1.
    """

    kind: Literal["list", "number", "day", "text"]
    labels: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCells:
    """Makes the cells of one method's questions in one language."""

    method: Method
    book: Words

    def columns(self, *, law: bool = False) -> tuple[str, ...]:
        """The headings; the checks of the law have their own over the three columns of text.

        The headings by which a sheet is read are the same everywhere.
        """
        own = ("why", "hint") if law else ()
        return tuple(
            self.book.text(f"hearing.{'law_column' if name in own else 'column'}.{name}")
            for name in COLUMNS
        )

    def input_of(self, question: Entry) -> Input:
        """The answer to a question, or to each of its items."""
        kind = str(question.get("value_kind", question["kind"]))
        if kind == "choice":
            return Input(kind="list", labels=self._labels(question, question["choices"]))
        if kind == "number":
            return Input(
                kind="number",
                labels=self._whole(question)
                if "items" not in question
                else self._unknown(question),
                low=float(question["low"]),
                high=float(question["high"]),
                unit=str(question["unit"]),
            )
        if kind == "multi":
            return Input(kind="list", labels=(self.book.text("hearing.chosen.yes"),))
        return Input(kind="text")

    def whole_input(self, question: Entry) -> Input:
        """The answer to a question with items as a whole: none, no, not known."""
        return Input(kind="list", labels=self._whole(question))

    def covered_input(self) -> Input:
        """How far a pain or gain is covered."""
        labels = tuple(self.book.text(f"hearing.covered.{code}") for code in COVERED)
        return Input(kind="list", labels=labels)

    def importance_input(self, question: Entry) -> Input:
        """How much a pain or gain matters."""
        levels = range(int(question["low"]), int(question["high"]) + 1)
        return Input(kind="list", labels=tuple(str(level) for level in levels))

    def law_input(self) -> Input:
        """The state of a check of the law."""
        labels = tuple(self.book.text(f"hearing.states.{code}") for code in STATES)
        return Input(kind="list", labels=labels)

    def field_input(self, name: str) -> Input:
        """The value of a field of the profile."""
        codes = codes_of(name, self.method)
        if codes:
            keys = (f"errors.field.{name}.{code}" for code in codes)
            labels = tuple(
                self.book.text(key) if self.book.has(key) else code
                for key, code in zip(keys, codes, strict=True)
            )
            return Input(kind="list", labels=labels)
        if name in FIELD_MONTHS:
            return Input(kind="number", low=1, high=12, unit="count")
        return Input(kind="day" if name in FIELD_DATES else "text")

    def taken(self, answer: Input) -> str:
        """What a cell takes, in words."""
        if answer.kind == "list":
            return self._joined(answer.labels)
        if answer.kind == "day":
            return self.book.text("hearing.day", example=EXAMPLE_DAY)
        if answer.kind == "text":
            return self.book.text("hearing.text")
        said = self.book.text("hearing.number", **bounds_text(answer, self.book))
        if not answer.labels:
            return said
        return f"{said}\n{self.book.text('hearing.unknown_too', label=self._joined(answer.labels))}"

    def taken_by_items(self, question: Entry, whole: Input) -> str:
        """What the items of a question take, and what the question as a whole does."""
        answer = self.input_of(question)
        if question["kind"] == "multi":
            each = self.book.text("hearing.mark")
        elif question["kind"] == "canvas":
            each = self.book.text("hearing.canvas.importance")
        else:
            each = self.taken(answer)
        return f"{each}\n{self.book.text('hearing.whole', labels=self._joined(whole.labels))}"

    def concerned(self, where: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Labels of the models and of the stages that a question concerns; empty means any."""
        return (
            self._of("models", where.get("model", ()), "q.pla.model"),
            self._of("stages", where.get("stage", ()), "q.pla.stage"),
        )

    def applies_text(self, where: Mapping[str, Any]) -> str:
        """Whom a question concerns, in words."""
        models = self._named(where.get("model", ())) or self.book.text("hearing.any")
        stages = self._named(where.get("stage", ()))
        if not stages:
            return models
        return self.book.text("hearing.stage_and_model", models=models, stages=stages)

    def day(self, day: str) -> str:
        """A date as printed."""
        return date_text(day, self.book.lang)

    def _named(self, where: Iterable[str]) -> str:
        names = []
        for token in where:
            keys = (f"hearing.group.{token}", f"hearing.token.{token}")
            names.append(next((self.book.text(key) for key in keys if self.book.has(key)), token))
        return self._joined(names)

    def _of(self, table: str, where: Iterable[str], question: str) -> tuple[str, ...]:
        codes = self.method.section("applies")[table]
        wanted = tokens(where, self.method)
        if not wanted or wanted >= set(codes.values()):
            return ()
        return tuple(
            self.book.text(f"questions.{question}.choices.{code}")
            for code, token in codes.items()
            if token in wanted
        )

    def _whole(self, question: Entry) -> tuple[str, ...]:
        return self._labels(question, (*question.get("codes", ()), UNKNOWN))

    def _unknown(self, question: Entry) -> tuple[str, ...]:
        return self._labels(question, (UNKNOWN,))

    def _labels(self, question: Entry, codes: Iterable[str]) -> tuple[str, ...]:
        name = f"questions.{question.id}.choices"
        return tuple(self.book.text(f"{name}.{code}") for code in codes)

    def _joined(self, labels: Iterable[str]) -> str:
        return self.book.text("hearing.between").join(labels)


def bounds_text(answer: Input, book: Words) -> dict[str, str]:
    """The bounds and the unit of a number as printed; shares as per cent."""
    times = SHARE if answer.unit == "share" else 1
    low, high = (f"{bound * times:,.10g}" for bound in (answer.low, answer.high))
    unit = f"hearing.unit.{answer.unit}"
    return {"low": low, "high": high, "unit": book.text(unit) if book.has(unit) else ""}
