"""learn, progress and guide from the command line."""

import json

import pytest
from click.testing import CliRunner

import toolkit.commands.jupyter
from toolkit.cli import toolkit as command
from toolkit.lessons.lesson import lesson_contents, lesson_names


@pytest.fixture
def opened(monkeypatch):
    """What JupyterLab would have been opened with."""
    calls = []

    def open_lab(folder, notebook, *, browser, lang):
        calls.append((folder, notebook, browser, lang))
        return 0

    monkeypatch.setattr(toolkit.commands.jupyter, "open_lab", open_lab)
    return calls


def _run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_learn_opens_the_next_lesson_in_the_language_chosen(opened, tmp_path):
    place = tmp_path / "course"
    done = _run("learn", "--dir", place, "--lang", "en", "--name", "Sato", "--no-browser")
    assert done.exit_code == 0, done.output
    first = f"learn/en/00_{lesson_names()[0]}.ipynb"
    assert opened == [(place, first, False, "en")]
    assert (place / first).is_file()
    assert "Sato" in (place / "progress.html").read_text(encoding="utf-8")
    one = lesson_contents("en")[0]
    solved = {name: {"credit": 1.0, "attempts": 1, "mistakes": {}} for name in one.questions}
    tree = {"learner": "Sato", "lessons": {one.id: {"shipped": solved}}}
    (place / "progress.json").write_text(json.dumps(tree), encoding="utf-8")
    _run("learn", "--dir", place, "--lang", "ja")
    assert opened[1] == (place, f"learn/ja/01_{lesson_names()[1]}.ipynb", True, "ja")
    _run("learn", "--dir", place, "--lang", "en", "--reset")
    assert opened[2][1] == first
    assert (place / "earlier" / "1" / "progress.json").is_file()


def test_progress_of_a_learner_and_of_a_class(opened, tmp_path):
    for name in ("a", "b"):
        _run("learn", "--dir", tmp_path / "class" / name, "--lang", "en")
    done = _run("progress", tmp_path / "class" / "a", "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.strip().endswith("progress.html")
    done = _run("progress", tmp_path / "class", "--out", tmp_path / "seen", "--lang", "ja")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {
        "overview.html",
        "overview.csv",
    }
    table = (tmp_path / "seen" / "overview.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbflearner,")
    assert len(table.splitlines()) == 1 + 2 * len(lesson_names())


def test_what_cannot_be_done_is_told(opened, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert _run("progress", tmp_path, "--lang", "en").exit_code != 0
    assert _run("learn", "--dir", tmp_path / "file").exit_code != 0
    assert _run("guide", "--out", tmp_path / "file").exit_code != 0
    assert opened == []


def test_guide_writes_both_languages(tmp_path):
    done = _run("guide", "--out", tmp_path / "made")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        "teaching.md",
        "teaching.ja.md",
        "glossary.md",
        "glossary.ja.md",
    }
