"""Every lesson worked from start to end: as shipped, solved, and answered wrongly."""

import os
from itertools import chain

import pytest

from toolkit import resources
from toolkit.lessons import lesson, lesson_names
from toolkit.method import LANGUAGES

LEARN = resources.folder("notebooks") / "learn"
BOOKS = {path.stem[3:]: path.name for path in sorted((LEARN / "ja").glob("[0-9]*.ipynb"))}
EVERY = [(name, lang) for name in lesson_names() for lang in LANGUAGES]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make long")
SHIPPED = [pytest.param(*one, marks=LONG) if one[1] == "en" else one for one in EVERY]
"""What is shipped differs between the languages in its words alone; the solutions try both."""
FEWEST = 3  # reasons of wrong answers tried in the notebook itself


def test_every_lesson_has_its_notebook_in_every_language_and_in_order():
    named = {lang: {path.name for path in (LEARN / lang).glob("*.ipynb")} for lang in LANGUAGES}
    assert set(BOOKS.values()) == named["ja"] == named["en"]
    assert tuple(BOOKS) == lesson_names()


@pytest.mark.parametrize(("name", "lang"), SHIPPED)
def test_as_shipped_nothing_is_attempted_and_nothing_fails(name, lang, worked, cases):
    shown = worked(LEARN / lang / BOOKS[name], {})
    assert set(cases(name)["solved"]) == set(shown)
    assert set(cases(name)["wrong"]) <= set(shown)
    assert {one.status for one in shown.values()} == {"not_attempted"}
    assert len(shown) >= len(lesson(name, lang=lang).questions)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_its_own_solutions_pass(name, lang, worked, cases):
    given = {var: _in(lang, text) for var, text in cases(name)["solved"].items()}
    shown = worked(LEARN / lang / BOOKS[name], given)
    assert set(given) == set(shown)
    assert {var: (one.status, one.reason) for var, one in shown.items() if not one} == {}


@pytest.mark.parametrize("name", lesson_names())
def test_listed_wrong_answers_fail_with_their_reason(name, worked, cases):
    wrong = cases(name)["wrong"]
    assert len(list(chain.from_iterable(wrong.values()))) >= FEWEST
    for turn in range(max(map(len, wrong.values()))):
        now = {var: list(listed)[turn] for var, listed in wrong.items() if turn < len(listed)}
        given = {var: wrong[var][code] for var, code in now.items()}
        shown = worked(LEARN / "ja" / BOOKS[name], given)
        assert {var: shown[var].mistake for var in now} == now
        assert not any(shown[var] for var in now)


def _in(lang: str, text: object) -> str:
    return repr(text[lang].strip()) if isinstance(text, dict) else str(text)
