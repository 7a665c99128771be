"""Finding and showing a lesson, whatever its subject; content and words complete."""

import os
import subprocess
import sys
import tomllib
from itertools import pairwise

import pytest

from toolkit import resources
from toolkit.errors import UsageError
from toolkit.lessons import lesson, lesson_names
from toolkit.lessons.verdict import JUDGES
from toolkit.method import LANGUAGES, load_method
from toolkit.words import language


@pytest.mark.parametrize("name", lesson_names())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_a_lesson_are_complete(name, lang):
    made = lesson(name, lang=lang)
    record = tomllib.loads(resources.content("lessons", f"{name}.toml").read_text("utf-8"))
    assert set(record["sources"]) <= set(load_method().section("sources"))
    assert 30 <= made.minutes <= 60
    assert str(made.minutes) in made._repr_html_()
    for question, spec in zip(made.questions, record["questions"], strict=True):
        assert question.kind in JUDGES
        table, key = made.book.table, f"lessons.{name}.{question.id}"
        parts = ["name", "task", "solution", "correct"]
        parts += [f"hint{step}" for step in range(1, spec["hints"] + 1)]
        assert [part for part in parts if f"{key}.{part}" not in table] == []
        assert f"{key}.hint{spec['hints'] + 1}" not in table
        shown = [question, question.check(), question.solution(), question.hint()]
        text = "".join(repr(thing) + thing._repr_html_() for thing in shown)
        assert "lessons." not in text
        assert f"q{question.number}.hint()" in text


@pytest.mark.parametrize("name", lesson_names())
def test_a_lesson_has_numbers_a_judgement_and_a_text(name):
    made = lesson(name, lang="ja")
    kinds = [question.kind for question in made.questions]
    assert kinds.count("number") >= 3
    assert {"choice", "text"} <= set(kinds)
    for question in made.questions:
        if question.kind == "number":
            assert len(question.answer.wrong) >= 3
        if question.kind == "choice":
            assert len(question.answer.wrong) == len(question.answer.options) - 1


@pytest.mark.parametrize("name", lesson_names())
def test_known_mistakes_of_the_shipped_firm_can_be_told_apart(name):
    for question in lesson(name, lang="ja").questions:
        numbers = [v for v in question.answer.wrong.values() if isinstance(v, int | float)]
        if question.kind == "number":
            values = sorted([*numbers, question.answer.value])
            steps = [b - a for a, b in pairwise(values)]
            assert min(steps) > question.scale.tolerance, question.id


def test_language_is_that_asked_for_then_the_folder_then_the_one_set(monkeypatch, tmp_path):
    folder = tmp_path / "learn" / "en"
    folder.mkdir(parents=True)
    token = language.set("ja")
    try:
        assert lesson("value_and_target", lang="en").lang == "en"
        assert lesson("value_and_target").lang == "ja"
        monkeypatch.chdir(folder)
        assert lesson("value_and_target").lang == "en"
        assert lesson("value_and_target", lang="ja").lang == "ja"
        (tmp_path / "en").mkdir()
        os.chdir(tmp_path / "en")
        assert lesson("value_and_target").lang == "ja"
    finally:
        language.reset(token)


@pytest.mark.parametrize(
    ("call", "code", "says"),
    [
        (lambda made: lesson("value_and_targets"), "lesson_unknown", "value_and_target"),
        (lambda made: lesson("../../method"), "lesson_unknown", ", ".join(lesson_names())),
        (lambda made: made.question(0), "lesson_question", "8"),
        (lambda made: made.question(9), "lesson_question", "8"),
        (lambda made: made.frame("offers"), "lesson_table", "canvas, pairs"),
        (lambda made: made.plot("offers"), "lesson_picture", "canvas, pairs"),
        (lambda made: made.use("clients/nobody"), "client_missing", "clients/nobody"),
        (lambda made: made.use(3), "lesson_source", "int"),
        (lambda made: made.use({"value": "a shop"}), "lesson_source", "str"),
    ],
)
def test_wrong_use_is_refused_with_what_there_is(shipped, call, code, says):
    with pytest.raises(UsageError) as caught:
        call(shipped)
    assert caught.value.code == code
    assert says in caught.value.params.values()


def test_pictures_letter_everything_in_the_language(shipped):
    texts = {text.get_text() for name in ("canvas", "pairs") for text in shipped.plot(name).texts}
    assert "lessons." not in " ".join(texts)
    labels = shipped.book.table
    assert labels["lessons.value_and_target.picture.covered"] in texts
    assert {"A1   3.66", "C1   2.21"} <= texts
    assert shipped.plot("pairs").get_title() == ""


def test_importing_lessons_stays_light():
    code = (
        "import sys, toolkit.lessons;"
        "print(sorted({'pandas', 'numpy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
