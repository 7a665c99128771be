"""A learner's progress as a document, and as it shows itself in a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.errors import UsageError
from toolkit.lessons.lesson import folder_language
from toolkit.lessons.mistake_words import mistake_text
from toolkit.lessons.progress import progress_file, read_progress
from toolkit.lessons.standing import Standing, standings
from toolkit.method import load_method
from toolkit.outline.blocks import Block, Outline, Paragraph, Section, Table, Text, Tile, Tiles
from toolkit.outline.build import frame
from toolkit.outline.writer import plain_span
from toolkit.words import Words, number_text, words

MOST_MISTAKES = 3
COLUMNS = ("lesson", "state", "answered", "score", "attempts", "own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a learner has come, lesson by lesson."""

    learner: str
    lang: str
    lessons: tuple[Standing, ...] = field(repr=False)

    @property
    def finished(self) -> int:
        """How many lessons are finished."""
        return sum(one.finished for one in self.lessons)

    def outline(self) -> Outline:
        """The page: what is done, what comes next, which mistakes taught most."""
        book = words(load_method(), self.lang)
        title = book.text("course.progress.title")
        return Outline(
            lang=self.lang,
            title=title,
            client=self._called(book),
            date="",
            sections=(Section(id="progress", title=title, blocks=self._blocks(book)),),
            chrome=frame(book, self.learner).chrome,
            short=True,
        )

    def _called(self, book: Words) -> str:
        return self.learner or book.text("course.progress.nameless")

    def _blocks(self, book: Words) -> tuple[Block, ...]:
        opened = [one for one in self.lessons if not one.finished]
        key = "course.progress.next" if opened else "course.progress.all_done"
        told = book.text(key, title=opened[0].title if opened else "")
        rows = tuple(_row(one, book) for one in self.lessons)
        heads = tuple(book.text(f"course.progress.column.{name}") for name in COLUMNS)
        tiles = Tiles(tiles=(self._tile("finished", book), self._tile("answered", book)))
        return (
            Paragraph(text=plain_span(self._called(book), strong=True)),
            Paragraph(text=plain_span(told)),
            tiles,
            Table(columns=heads, rows=rows, align="llrrrr"),
            *_taught(self.lessons, book),
            Paragraph(text=plain_span(book.text("course.progress.kept")), style="note"),
        )

    def _tile(self, name: str, book: Words) -> Tile:
        done, of = {
            "finished": (self.finished, len(self.lessons)),
            "answered": (
                sum(len(one.credits) for one in self.lessons),
                sum(len(one.questions) for one in self.lessons),
            ),
        }[name]
        return Tile(
            label=plain_span(book.text(f"course.progress.{name}")),
            value=plain_span(book.text("course.progress.of", done=f"{done}", of=f"{of}")),
        )

    def _repr_html_(self) -> str:
        from toolkit.deliverables.html import section_html, style

        (section,) = self.outline().sections
        shown = section_html(section, self.lang)
        lang = html.escape(self.lang)
        return f'<style>{style()}</style><div class="bst" lang="{lang}">{shown}</div>'


def my_progress(folder: str | Path | None = None, *, lang: str | None = None) -> Progress:
    """The progress kept in a course's folder, by default the one a notebook runs in.

    Raises:
        UsageError: nothing is kept there; ``toolkit learn`` begins a course.
    """
    path = progress_file(Path(folder) if folder else None)
    if path is None:
        raise UsageError("progress_missing", params={"folder": str(folder or Path.cwd())})
    return progress_of(read_progress(path), lang or folder_language(Path.cwd()))


def progress_of(tree: Mapping[str, Any], lang: str | None = None) -> Progress:
    """Progress from what a file holds."""
    chosen = words(load_method(), lang).lang
    learner = tree.get("learner")
    return Progress(
        learner=learner if isinstance(learner, str) else "",
        lang=chosen,
        lessons=standings(tree, chosen),
    )


def _row(one: Standing, book: Words) -> tuple[Text, ...]:
    state = "finished" if one.finished else "begun" if one.begun else "open"
    cells = (
        one.title,
        book.text(f"course.progress.state.{state}"),
        book.text("course.progress.of", done=f"{len(one.credits)}", of=f"{len(one.questions)}"),
        number_text(one.score, "share", book.lang) if one.begun else "",
        f"{one.attempts}" if one.attempts else "",
        f"{one.own}" if one.own else "",
    )
    return _texts(*cells)


def _taught(lessons: tuple[Standing, ...], book: Words) -> tuple[Block, ...]:
    """The mistakes made most often: what to look at again."""
    made = [
        (times, one, question, mistake_text(book, one.lesson, question, code))
        for one in lessons
        for (question, code), times in one.mistakes.items()
    ]
    told = sorted((item for item in made if item[3]), key=lambda item: -item[0])[:MOST_MISTAKES]
    rows = tuple(
        _texts(one.title, book.text(f"lessons.{one.lesson}.{question}.name"), said, f"{times}")
        for times, one, question, said in told
    )
    if not rows:
        return ()
    heads = ("lesson", "question", "mistake", "times")
    return (
        Table(
            columns=tuple(book.text(f"course.progress.column.{name}") for name in heads),
            rows=rows,
            caption=plain_span(book.text("course.progress.mistakes")),
            align="lllr",
        ),
    )


def _texts(*cells: str) -> tuple[Text, ...]:
    return tuple(plain_span(cell) for cell in cells)
