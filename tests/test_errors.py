"""Errors carry codes; each code has a sentence and a fix in both languages, and pickles."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import toolkit
from toolkit.errors import InputError, Problem
from toolkit.method import load_method
from toolkit.words import error_text, place_text, problem_text, words

PACKAGE = Path(toolkit.__file__).parent
RAISED = re.compile(r'(?:Error|Problem)\(\s*(?:code=)?"([a-z_]+)"')
CODES = sorted(
    {
        code
        for path in PACKAGE.rglob("*.py")
        for code in RAISED.findall(path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code, lang):
    assert f"errors.{code}.message" in load_method().words[lang]


def test_an_error_survives_pickling_with_its_problems():
    error = InputError("client_refused", [Problem(code="no_rows", file="a.csv", row=1)])
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.problems, again.params) == (
        error.code,
        error.problems,
        error.params,
    )


def test_a_problem_is_told_with_place_message_and_fix():
    book = words(load_method(), "ja")
    problem = Problem(
        code="date_unreadable", file="data/o.csv", row=3, line=4, column="注文日", value="2月"
    )
    assert place_text(problem, book).startswith("data/o.csv")
    assert "3行" in place_text(problem, book)
    assert "4行" not in place_text(problem, book)  # the row a spreadsheet shows says it
    message, fix = problem_text(problem, book)
    assert "2月" in message
    assert fix
    text = error_text(InputError("client_refused", [problem]), book)
    assert text.count("→") == 1
