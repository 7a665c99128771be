"""The teachers' guide and the glossary as documents, made from the content alone."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lessons.lesson import LessonContent, lesson_contents
from toolkit.lessons.mistake_words import mistake_codes, mistake_text, without_figures
from toolkit.method import load_method
from toolkit.outline.blocks import Block, Bullets, Heading, Outline, Paragraph, Section, Table, Text
from toolkit.outline.build import frame
from toolkit.outline.writer import plain_span
from toolkit.words import Words, words


def guide(lang: str) -> Outline:
    """For teachers: each lesson's aim, timing, questions, and the mistakes learners make."""
    book = words(load_method(), lang)
    lessons = lesson_contents(lang)
    minutes = sum(one.minutes for one in lessons)
    told = book.text("course.guide.lead", count=f"{len(lessons)}", hours=f"{round(minutes / 60)}")
    opening = Section(
        id="opening",
        title=book.text("course.guide.opening"),
        blocks=(Paragraph(text=plain_span(told)), *_lines(book, "course.guide.advice")),
    )
    sections = tuple(_lesson(one, book) for one in lessons)
    return _document(book, "guide", (opening, *sections))


def glossary(lang: str) -> Outline:
    """The words of the method, each with its meaning and the other language's word."""
    method = load_method()
    book = words(method, lang)
    (other,) = (words(method, name) for name in method.words if name != lang)
    titles = {one.id: one.title for one in lesson_contents(lang)}
    rows = sorted(
        (
            book.text(f"glossary.{entry.id}.term"),
            other.text(f"glossary.{entry.id}.term"),
            book.text(f"glossary.{entry.id}.meaning"),
            titles[entry["lesson"]],
        )
        for entry in method.section("glossary").values()
    )
    heads = ("term", "other", "meaning", "lesson")
    table = Table(
        columns=tuple(book.text(f"course.glossary.{name}") for name in heads),
        rows=tuple(_texts(*row) for row in rows),
    )
    title = book.text("course.glossary.title")
    lead = Paragraph(text=plain_span(book.text("course.glossary.lead")))
    return _document(book, "glossary", (Section(id="terms", title=title, blocks=(lead, table)),))


def guide_markdown(document: Outline) -> str:
    """The guide or the glossary as Markdown, code and stress kept: all of it is our own text."""
    from toolkit.deliverables.markdown import markdown

    return markdown(document).replace("\\`", "`").replace("\\*\\*", "**")


def _document(book: Words, name: str, sections: tuple[Section, ...]) -> Outline:
    about = frame(book, book.text("course.name"))
    return Outline(
        lang=book.lang,
        title=book.text(f"course.{name}.title"),
        client=about.client,
        date=book.text("course.made"),
        sections=sections,
        chrome=about.chrome,
    )


def _lesson(one: LessonContent, book: Words) -> Section:
    goal = book.text(f"lessons.{one.id}.goal", minutes=f"{one.minutes}")
    blocks: list[Block] = [
        Paragraph(text=plain_span(goal)),
        *_lines(book, f"lessons.{one.id}.teaching"),
        Table(
            columns=tuple(
                book.text(f"course.guide.{name}") for name in ("question", "kind", "min")
            ),
            rows=tuple(
                _texts(
                    f"{number} {_name(book, one.id, spec.id)}",
                    book.text(f"course.kind.{spec.kind}"),
                    f"{spec.minutes}",
                )
                for number, spec in enumerate(one.specs, start=1)
            ),
            align="llr",
        ),
    ]
    return Section(id=one.id, title=one.title, blocks=(*blocks, *_mistakes(one, book)))


def _mistakes(one: LessonContent, book: Words) -> Iterator[Block]:
    for spec in one.specs:
        codes = mistake_codes(book, one.id, spec.id)
        if codes:
            yield Heading(text=plain_span(_name(book, one.id, spec.id)))
            yield Bullets(
                items=tuple(plain_span(mistake_text(book, one.id, spec.id, code)) for code in codes)
            )


def _name(book: Words, lesson: str, question: str) -> str:
    return without_figures(book.table[f"lessons.{lesson}.{question}.name"])


def _lines(book: Words, key: str) -> tuple[Block, ...]:
    """A text of several lines as bullets; nothing where there is none."""
    if not book.has(key):
        return ()
    lines = [line.removeprefix("- ").strip() for line in book.text(key).strip().splitlines()]
    return (Bullets(items=tuple(plain_span(line) for line in lines if line)),)


def _texts(*cells: str) -> tuple[Text, ...]:
    return tuple(plain_span(cell) for cell in cells)
