"""A teacher's overview of a folder of learners' progress files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.intake.quarantine import guarded
from toolkit.lessons.mistake_words import mistake_text
from toolkit.lessons.progress import read_progress
from toolkit.lessons.progress_page import Progress, progress_of
from toolkit.lessons.standing import Standing
from toolkit.method import load_method
from toolkit.outline.blocks import Block, Outline, Paragraph, Section, Table, Text
from toolkit.outline.build import frame
from toolkit.outline.writer import plain_span
from toolkit.words import Words, number_text, words

MOST_MISTAKES = 10
CSV_COLUMNS = (
    "learner",
    "lesson",
    "questions",
    "answered",
    "score",
    "attempts",
    "own",
    "finished",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOverview:
    """Learners by name, and the files that could not be read."""

    lang: str
    learners: tuple[tuple[str, Progress], ...]
    unreadable: tuple[str, ...]

    def rows(self) -> Iterator[tuple[str, Standing]]:
        """Every lesson of every learner."""
        for name, progress in self.learners:
            yield from ((name, one) for one in progress.lessons)

    def table_text(self) -> str:
        """A row a learner and lesson as CSV, each cell guarded against formulas."""
        buffer = io.StringIO()
        made = csv.writer(buffer, lineterminator="\r\n")
        made.writerow(CSV_COLUMNS)
        for name, one in self.rows():
            cells = (
                *(name, one.lesson, len(one.questions), len(one.credits), round(one.score, 4)),
                *(one.attempts, one.own, "yes" if one.finished else "no"),
            )
            made.writerow(guarded(str(cell)) for cell in cells)
        return buffer.getvalue()

    def outline(self) -> Outline:
        """The page: who stands where, and which mistakes a class makes."""
        book = words(load_method(), self.lang)
        title = book.text("course.overview.title")
        blocks = (self._summary(book), self._grid(book), *self._mistakes(book), *self._left(book))
        count = book.text("course.overview.learners", count=f"{len(self.learners)}")
        return Outline(
            lang=self.lang,
            title=title,
            client=count,
            date="",
            sections=(Section(id="overview", title=title, blocks=blocks),),
            chrome=frame(book, count).chrome,
            short=True,
        )

    def _summary(self, book: Words) -> Block:
        return Paragraph(text=plain_span(book.text("course.overview.lead")))

    def _grid(self, book: Words) -> Block:
        """A row a learner, a column a lesson: the score, or nothing where it is not begun."""
        lessons = self.learners[0][1].lessons if self.learners else ()
        numbers = tuple(f"{place}" for place, _ in enumerate(lessons))
        rows = tuple(
            (
                plain_span(name),
                *(plain_span(self._score(one)) for one in progress.lessons),
                plain_span(f"{progress.finished}"),
            )
            for name, progress in self.learners
        )
        heads = (book.text("course.overview.learner"), *numbers, book.text("course.overview.done"))
        return Table(
            columns=heads,
            rows=rows,
            caption=plain_span(book.text("course.overview.scores")),
            align="l" + "r" * (len(heads) - 1),
        )

    def _score(self, one: Standing) -> str:
        return number_text(one.score, "share", self.lang) if one.begun else ""

    def _mistakes(self, book: Words) -> Iterator[Block]:
        made: Counter[tuple[str, str, str, str]] = Counter()
        for _, one in self.rows():
            for question, code in one.mistakes:
                made[one.lesson, one.title, question, code] += 1
        rows: list[tuple[Text, ...]] = []
        for (lesson, title, question, code), learners in made.most_common():
            told = mistake_text(book, lesson, question, code)
            name = book.text(f"lessons.{lesson}.{question}.name")
            if told:
                rows.append(tuple(plain_span(x) for x in (title, name, told, f"{learners}")))
        if rows:
            heads = ("lesson", "question", "mistake")
            yield Table(
                columns=(
                    *(book.text(f"course.progress.column.{head}") for head in heads),
                    book.text("course.overview.made_by"),
                ),
                rows=tuple(rows[:MOST_MISTAKES]),
                caption=plain_span(book.text("course.overview.mistakes")),
                align="lllr",
            )

    def _left(self, book: Words) -> Iterator[Block]:
        if self.unreadable:
            names = book.text("course.overview.unreadable", files=", ".join(self.unreadable))
            yield Paragraph(text=plain_span(names))


def class_overview(folder: str | Path, *, lang: str | None = None) -> ClassOverview:
    """Read every progress file of a folder; the learner's name is in it, else the file's name.

    A sub-folder a learner, each with its ``progress.json``, is read as well.

    Raises:
        UsageError: there is no such folder, or no progress file in it.
    """
    place = Path(folder)
    files = sorted({*place.glob("*.json"), *place.glob("*/progress.json")})
    if not files:
        raise UsageError("no_progress_files", params={"folder": str(folder)})
    learners: list[tuple[str, Progress]] = []
    unreadable: list[str] = []
    for path in files:
        try:
            progress = progress_of(read_progress(path), lang)
        except UsageError:
            unreadable.append(path.relative_to(place).as_posix())
            continue
        by_file = path.parent.name if path.parent != place else path.stem
        learners.append((progress.learner or by_file, progress))
    chosen = words(load_method(), lang).lang
    learners.sort(key=lambda one: one[0])
    return ClassOverview(lang=chosen, learners=tuple(learners), unreadable=tuple(unreadable))
