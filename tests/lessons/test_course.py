"""The course in a learner's folder: copies, the next lesson, beginning anew; progress kept."""

import csv
import io
import json

import pytest

from toolkit.deliverables.page import page_of
from toolkit.errors import UsageError
from toolkit.lessons import lesson
from toolkit.lessons.class_overview import class_overview
from toolkit.lessons.course import next_notebook, reset_course, start_course
from toolkit.lessons.lesson import lesson_contents
from toolkit.lessons.progress import FILE, read_progress
from toolkit.lessons.progress_page import my_progress

FIRST = lesson_contents("ja")[0]
NAME = "value_and_target"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course begun by a learner, in whose notebooks' folder we are."""
    place = tmp_path / "lessons"
    start_course(place, "ja", "山田")
    monkeypatch.chdir(place / "learn" / "ja")
    return place


def _solved(name):
    kept = {question: {"credit": 1.0, "attempts": 2, "mistakes": {}} for question in name.questions}
    return {"shipped": kept}


def test_a_course_begins_with_every_notebook_at_the_first_lesson(course):
    names = [path.stem.partition("_")[2] for path in sorted((course / "learn/ja").iterdir())]
    assert names == [one.id for one in lesson_contents()]
    assert next_notebook(course, "ja").stem.endswith(FIRST.id)
    assert read_progress(course / FILE) == {"learner": "山田", "lessons": {}}


def test_what_a_learner_wrote_stays_and_a_new_notebook_is_added(course):
    mine, lost, *_ = sorted((course / "learn" / "ja").iterdir())
    mine.write_text("my own", encoding="utf-8")
    lost.unlink()
    start_course(course, "ja")
    assert mine.read_text(encoding="utf-8") == "my own"
    assert lost.exists()
    assert read_progress(course / FILE)["learner"] == "山田"


def test_the_next_lesson_is_the_first_that_is_not_finished(course):
    contents = lesson_contents("ja")
    tree = {"learner": "", "lessons": {FIRST.id: _solved(FIRST)}}
    (course / FILE).write_text(json.dumps(tree), encoding="utf-8")
    assert next_notebook(course, "ja").stem.endswith(contents[1].id)
    tree["lessons"] = {one.id: _solved(one) for one in contents}
    (course / FILE).write_text(json.dumps(tree), encoding="utf-8")
    assert next_notebook(course, "ja").stem.endswith(contents[-1].id)


def test_beginning_anew_puts_aside_and_deletes_nothing(course):
    (course / "learn" / "ja" / "mine.txt").write_text("x", encoding="utf-8")
    aside = reset_course(course)
    assert (aside / "learn" / "ja" / "mine.txt").exists()
    assert (aside / FILE).exists()
    assert not (course / FILE).exists()
    assert reset_course(course) is None
    start_course(course, "en")
    assert reset_course(course) == course / "earlier" / "2"


def test_checked_answers_are_kept_the_best_of_them(course):
    made = lesson(NAME)
    made.question(1).check()
    made.question(1).check(16)
    made.question(1).check(16 / 27)
    made.question(1).check(4.5 / 8)
    made.use(dict(made.objects)).question(1).check(16 / 27)
    kept = read_progress(course / FILE)["lessons"][NAME]
    assert kept["shipped"]["canvas_share"] == {
        "credit": 1.0,
        "attempts": 3,
        "mistakes": {"sum_only": 1, "unweighted": 1},
    }
    assert kept["own"]["canvas_share"]["attempts"] == 1


def test_outside_a_course_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lesson(NAME, lang="ja").question(1).check(16)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="progress_missing"):
        my_progress()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_progress_shows_what_is_done_and_what_taught_most(course, lang):
    made = lesson(NAME, lang=lang)
    for given in (16, 16, 16 / 27):
        made.question(1).check(given)
    progress = my_progress(lang=lang)
    (standing,) = (one for one in progress.lessons if one.lesson == NAME)
    assert (standing.attempts, standing.score) == (3, 1 / len(standing.questions))
    assert not standing.finished
    shown = page_of(progress.outline()) + progress._repr_html_()
    assert "course." not in shown
    assert "lessons." not in shown
    book = made.book
    assert book.text(f"lessons.{NAME}.canvas_share.name") in shown
    assert book.text(f"lessons.{NAME}.canvas_share.mistake.per_line")[:6] not in shown
    assert "（）" not in shown
    assert "()" not in shown


def test_a_class_is_seen_by_learner_with_its_mistakes(course, tmp_path):
    made = lesson(NAME)
    made.question(1).check(16)
    folder = tmp_path / "class"
    (folder / "suzuki").mkdir(parents=True)
    tree = read_progress(course / FILE)
    texts = {
        "a.json": json.dumps(tree | {"learner": "=cmd|'/c calc'!A1"}),
        "tanaka.json": json.dumps(tree | {"learner": ""}),
        "suzuki/progress.json": json.dumps({"learner": "<b>", "lessons": {NAME: {"shipped": 3}}}),
        "broken.json": "{",
        "list.json": "[]",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    seen = class_overview(folder, lang="en")
    assert [name for name, _ in seen.learners] == ["<b>", "=cmd|'/c calc'!A1", "tanaka"]
    assert seen.unreadable == ("broken.json", "list.json")
    rows = list(csv.DictReader(io.StringIO(seen.table_text())))
    assert len(rows) == 3 * len(lesson_contents())
    mine = [row for row in rows if row["learner"] == "tanaka" and row["lesson"] == NAME]
    assert [(row["answered"], row["attempts"], row["finished"]) for row in mine] == [
        ("1", "1", "no")
    ]
    assert not any(row["learner"].startswith("=") for row in rows)
    page = page_of(seen.outline())
    assert "&lt;b&gt;" in page
    assert "broken.json, list.json" in page
    assert made.book.text("course.overview.title") != ""


def test_a_folder_without_records_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no_progress_files"):
        class_overview(tmp_path)
