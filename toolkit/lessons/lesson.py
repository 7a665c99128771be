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
from toolkit.lessons.answer import Answer, Table
from toolkit.lessons.question import Question
from toolkit.lessons.result import card
from toolkit.lessons.verdict import Scale
from toolkit.method import LANGUAGES, load_method
from toolkit.words import Words, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class Firm(Protocol):
    """What a lesson knows of a firm; each lesson's file of answer functions has its own."""

    def tables(self) -> Mapping[str, Table]:
        """The firm's tables by name."""

    def objects(self) -> Mapping[str, object]:
        """The framework objects of the firm by name."""


class Answers(Protocol):
    """What a lesson's file of answer functions offers."""

    ANSWERS: Mapping[str, Callable[[Any, Words], Answer | None]]
    PICTURES: Mapping[str, Callable[[Any, Words], Axes]]

    def shipped(self, record: Mapping[str, Any], book: Words) -> Firm:
        """The firm that comes with the lesson."""

    def own(self, objects: Mapping[str, object], book: Words) -> Firm:
        """A firm from framework objects."""


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
        """A table of the firm as a frame: codes in the columns, labels in the language.

        Raises:
            UsageError: the firm has no such table.
        """
        import pandas as pd

        tables = self.firm.tables()
        if name not in tables:
            raise UsageError("lesson_table", params={"name": name, "names": ", ".join(tables)})
        return pd.DataFrame(list(tables[name].rows), columns=list(tables[name].columns))

    def plot(self, name: str) -> Axes:
        """A picture of the firm, as Axes that show themselves in a notebook.

        Raises:
            UsageError: the lesson has no such picture.
        """
        drawn = _answers(self.id).PICTURES
        if name not in drawn:
            raise UsageError("lesson_picture", params={"name": name, "names": ", ".join(drawn)})
        return drawn[name](self.firm, self.book)

    @property
    def objects(self) -> Mapping[str, object]:
        """The framework objects of the firm, by name."""
        return self.firm.objects()

    def use(self, source: object) -> Lesson:
        """The same lesson about another firm.

        Args:
            source: a Diagnosis, or a mapping of framework objects by name.
        """
        found = source if isinstance(source, Mapping) else getattr(source, "objects", None)
        if not isinstance(found, Mapping):
            raise UsageError("lesson_source", params={"type": type(source).__name__})
        module = _answers(self.id)
        firm = module.own(found, self.book)
        questions = tuple(
            replace(q, answer=module.ANSWERS[q.id](firm, self.book), opened=[])
            for q in self.questions
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
    book = words(load_method(), lang or _folder_language(Path.cwd()))
    module = _answers(name)
    firm = module.shipped(record["firm"], book)
    asked = tuple(
        _question(name, number, spec, book, module.ANSWERS[spec["id"]](firm, book))
        for number, spec in enumerate(record["questions"], start=1)
    )
    minutes = record["reading_minutes"] + sum(question.minutes for question in asked)
    return Lesson(id=name, lang=book.lang, minutes=minutes, firm=firm, book=book, questions=asked)


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
    return Question(
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
        answer=answer,
    )


def _answers(name: str) -> Answers:
    return cast("Answers", import_module(f"toolkit.lessons.answers.{name}"))


def _folder_language(folder: Path) -> str | None:
    # The cells of the ja and the en notebook are equal; the folder tells which one is open.
    return folder.name if folder.name in LANGUAGES and folder.parent.name == "learn" else None
