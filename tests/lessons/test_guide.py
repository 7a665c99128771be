"""The teachers' guide and the glossary in docs/ are those that the content makes."""

import pytest

from toolkit.lessons.guide import glossary, guide, guide_markdown
from toolkit.lessons.lesson import lesson_contents, lesson_names
from toolkit.lessons.mistake_words import mistake_codes
from toolkit.method import LANGUAGES, load_method
from toolkit.words import words

ENDING = {"ja": ".ja.md", "en": ".md"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "made"), [("teaching", guide), ("glossary", glossary)])
def test_docs_are_as_toolkit_guide_writes_them(root, lang, name, made):
    kept = (root / "docs" / f"{name}{ENDING[lang]}").read_text(encoding="utf-8")
    assert kept == guide_markdown(made(lang)), "toolkit guide --out docs"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_has_notes_for_the_teacher_and_named_mistakes(lang):
    book = words(load_method(), lang)
    for one in lesson_contents(lang):
        assert len(book.text(f"lessons.{one.id}.teaching").strip().splitlines()) >= 4, one.id
        for spec in one.specs:
            if spec.kind == "number":
                assert len(mistake_codes(book, one.id, spec.id)) >= 3, (one.id, spec.id)


def test_every_term_belongs_to_a_lesson_and_every_lesson_has_a_term():
    taught = {entry["lesson"] for entry in load_method().section("glossary").values()}
    assert taught == set(lesson_names())
