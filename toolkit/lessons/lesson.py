"""A lesson: its questions about the shipped firm, or about the learner's own."""

from __future__ import annotations

import difflib
import html
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from toolkit import resources
from toolkit.errors import UsageError
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.blank import is_blank
from toolkit.lessons.client_firm import ClientFirm, opened
from toolkit.lessons.plain_errors import tell_errors_plainly
from toolkit.lessons.question import Question
from toolkit.lessons.result import card
from toolkit.lessons.verdict import Scale
from toolkit.method import LANGUAGES, load_method
from toolkit.words import Words, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.diagnosis.document import Diagnosis


class Firm(Protocol):
    """What a lesson knows of a firm: a diagnosed client, or a lesson's own kind."""

    def objects(self) -> Mapping[str, object]:
        """The framework objects of the firm by name."""


class Answers(Protocol):
    """What a lesson's file of answer functions offers.

    ``FRAMES`` and ``PICTURES`` are the tables and pictures of the lesson by name; one that the
    firm's data do not reach is None.
    """

    ANSWERS: Mapping[str, Callable[[Any, Words], Answer | None]]
    FRAMES: Mapping[str, Callable[[Any, Words], pd.DataFrame | None]]
    PICTURES: Mapping[str, Callable[[Any, Words], Axes | None]]

    def shipped(self, record: Mapping[str, Any], book: Words) -> Firm:
        """The firm that comes with the lesson."""

    def own(self, source: object, book: Words) -> Firm:
        """The learner's firm: a ClientFirm, or a mapping of framework objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson in one language about one firm."""

    id: str
    lang: str
    minutes: int
    firm: Firm = field(repr=False)
    book: Words = field(repr=False)
    questions: tuple[Question, ...] = field(repr=False)

    def question(self, number: int) -> Question:
        """The question with a number, counted from 1.

        Raises:
            UsageError: there is no such question.
        """
        if not 1 <= number <= len(self.questions):
            last = str(len(self.questions))
            raise UsageError("lesson_question", params={"number": str(number), "last": last})
        return self.questions[number - 1]

    def frame(self, name: str) -> pd.DataFrame:
        """A table of the firm: codes in the columns, labels in the language.

        Raises:
            UsageError: the lesson has no such table, or the firm's data do not reach.
        """
        made = _answers(self.id).FRAMES
        if name not in made:
            raise UsageError("lesson_table", params={"name": name, "names": ", ".join(made)})
        frame = made[name](self.firm, self.book)
        if frame is None:
            raise UsageError("lesson_table_empty", params={"name": name})
        return frame

    def plot(self, name: str) -> Axes:
        """A picture of the firm, as Axes that show themselves in a notebook.

        Raises:
            UsageError: the lesson has no such picture, or the firm's data do not reach.
        """
        drawn = _answers(self.id).PICTURES
        if name not in drawn:
            raise UsageError("lesson_picture", params={"name": name, "names": ", ".join(drawn)})
        axes = drawn[name](self.firm, self.book)
        if axes is None:
            raise UsageError("lesson_picture_empty", params={"name": name})
        return axes

    @property
    def objects(self) -> Mapping[str, object]:
        """The framework objects of the firm, by name."""
        return self.firm.objects()

    @property
    def diagnosis(self) -> Diagnosis:
        """The diagnosis of the client the lesson is about.

        Raises:
            UsageError: the lesson's firm is made of framework objects only.
        """
        if isinstance(self.firm, ClientFirm):
            return self.firm.diagnosis
        raise UsageError("lesson_source_client", params={"type": type(self.firm).__name__})

    def use(self, source: object) -> Lesson:
        """The same lesson about another firm; a blank leaves it as it is.

        Args:
            source: a client's folder, a Diagnosis, or a mapping of framework objects by name.

        Raises:
            UsageError: it is none of these, or there is no such client.
            InputError: a file of the folder cannot be used.
        """
        if is_blank(source):
            return self
        module = _answers(self.id)
        firm = module.own(opened(source), self.book)
        found = {q.id: module.ANSWERS[q.id](firm, self.book) for q in self.questions}
        questions = tuple(
            replace(q, answer=settled(found[q.id], q), own=True, opened=[]) for q in self.questions
        )
        return replace(self, firm=firm, questions=questions)

    def _repr_html_(self) -> str:
        lines = "\n".join(
            [self._say("goal"), *(f"- {self._line(question)}" for question in self.questions)]
        )
        return f'<div lang="{html.escape(self.lang)}">{card(self._say("title"), lines)}</div>'

    def _line(self, question: Question) -> str:
        minutes = self.book.text("lessons.common.minutes", minutes=str(question.minutes))
        return f"{question.title} {minutes}"

    def _say(self, name: str) -> str:
        return self.book.text(f"lessons.{self.id}.{name}", minutes=str(self.minutes))


def lesson(name: str, *, lang: str | None = None) -> Lesson:
    """A lesson about the firm that comes with it.

    Args:
        name: id of the lesson, such as ``value_and_target``.
        lang: language; without it that of the notebook's folder (``learn/ja``, ``learn/en``),
            else ``tk.language``.

    Raises:
        UsageError: there is no such lesson.
    """
    names = lesson_names()
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        params = {"name": name, "near": near[0] if near else ", ".join(names)}
        raise UsageError("lesson_unknown", params=params)
    record = tomllib.loads(resources.content("lessons", f"{name}.toml").read_text("utf-8"))
    book = words(load_method(), lang or folder_language(Path.cwd()))
    module = _answers(name)
    firm = module.shipped(record["firm"], book)
    asked = tuple(
        _question(name, number, spec, book, module.ANSWERS[spec["id"]](firm, book))
        for number, spec in enumerate(record["questions"], start=1)
    )
    tell_errors_plainly(book)
    minutes = record["reading_minutes"] + sum(question.minutes for question in asked)
    return Lesson(id=name, lang=book.lang, minutes=minutes, firm=firm, book=book, questions=asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionContent:
    """What is known of a question without a firm."""

    id: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonContent:
    """What is known of a lesson without its firm; ``minutes`` counts reading and questions."""

    id: str
    title: str
    minutes: int
    specs: tuple[QuestionContent, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions, in order."""
        return tuple(spec.id for spec in self.specs)


def lesson_contents(lang: str | None = None) -> tuple[LessonContent, ...]:
    """The lessons of the course in their order; no client is opened for it."""
    book = words(load_method(), lang)
    made = []
    for name in lesson_names():
        record = tomllib.loads(resources.content("lessons", f"{name}.toml").read_text("utf-8"))
        asked = record["questions"]
        made.append(
            LessonContent(
                id=name,
                title=book.text(f"lessons.{name}.title"),
                minutes=record["reading_minutes"] + sum(spec["minutes"] for spec in asked),
                specs=tuple(
                    QuestionContent(id=spec["id"], kind=spec["kind"], minutes=spec["minutes"])
                    for spec in asked
                ),
            )
        )
    return tuple(made)


def lesson_names() -> tuple[str, ...]:
    """Ids of the lessons that come with the toolkit, in the order in which they are taken."""
    found = {
        path.stem: tomllib.loads(path.read_text("utf-8"))["order"]
        for path in resources.content("lessons").glob("*.toml")
    }
    return tuple(sorted(found, key=lambda name: found[name]))


def _question(
    name: str, number: int, spec: Mapping[str, Any], book: Words, answer: Answer | None
) -> Question:
    made = Question(
        lesson=name,
        id=spec["id"],
        number=number,
        kind=spec["kind"],
        minutes=spec["minutes"],
        hints=spec["hints"],
        scale=Scale(
            unit=spec.get("unit", ""),
            tolerance=spec.get("tolerance", 0.0),
            least=spec.get("least", {}).get(book.lang, 0),
        ),
        book=book,
        answer=None,
    )
    return replace(made, answer=settled(answer, made))


def settled(answer: Answer | None, question: Question) -> Answer | None:
    """An answer without the mistakes that make no difference for this firm."""
    if answer is None:
        return None
    rights = (answer.value, *answer.also)
    kept = {
        code: value
        for code, value in answer.wrong.items()
        if not any(_same(value, right, question) for right in rights)
    }
    return replace(answer, wrong=kept)


def _same(value: Given, right: Given, question: Question) -> bool:
    if isinstance(value, int | float) and isinstance(right, int | float):
        return abs(value - right) <= question.scale.tolerance
    if isinstance(value, tuple) and isinstance(right, tuple) and question.kind == "set":
        return set(value) == set(right)
    return value == right


def _answers(name: str) -> Answers:
    return cast("Answers", import_module(f"toolkit.lessons.answers.{name}"))


def folder_language(folder: Path) -> str | None:
    """The language of a notebook's folder, ``learn/ja`` or ``learn/en``; else None."""
    # The cells of the ja and the en notebook are equal; the folder tells which one is open.
    return folder.name if folder.name in LANGUAGES and folder.parent.name == "learn" else None
