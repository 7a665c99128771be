"""Every lesson about three clients or more: right answers pass, each known mistake is told."""

import math
import tomllib

import pytest

from toolkit import resources
from toolkit.lessons import lesson, lesson_names
from toolkit.lessons.client_firm import ClientFirm
from toolkit.method import LANGUAGES

FEWEST_CLIENTS = 3
OF_THE_JUDGING = {"judged_share"}  # how much could be judged: nothing, where nothing is known
FEWEST_NUMBERS = 2  # numeric questions that can be asked of each of them


def _asked(name, lang, cases, client):
    """The lesson about its own firm, then about each further client or record of its cases."""
    shipped = lesson(name, lang=lang)
    yield "shipped", shipped
    for dataset in cases(name).get("clients", ()):
        yield dataset, shipped.use(client(dataset))
    for number, objects in enumerate(cases(name).get("objects", ()), start=1):
        yield f"objects {number}", shipped.use(_built(objects))


def _built(objects):
    from toolkit.frameworks import OBJECTS
    from toolkit.frameworks.record import from_record

    return {
        kind: from_record(kind, record) if kind in OBJECTS else record
        for kind, record in objects.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", lesson_names())
def test_right_answers_pass_and_known_mistakes_are_told(name, lang, cases, client):
    firms = 0
    for label, made in _asked(name, lang, cases, client):
        asked = [question for question in made.questions if question.answer is not None]
        firms += sum(question.kind == "number" for question in asked) >= FEWEST_NUMBERS
        for question in asked:
            _check(label, question)
    assert firms >= FEWEST_CLIENTS


def _check(label, question):
    answer, where = question.answer, (label, question.id)
    if question.kind == "text":
        assert not question.check("x"), where
        return
    for right in (answer.value, *answer.also):
        given = list(right) if isinstance(right, tuple) else right
        assert question.check(given).status == "correct", (*where, given)
    for code, value in answer.wrong.items():
        given = list(value) if isinstance(value, tuple) else value
        if question.kind == "order" and len(value) != len(answer.value):
            continue  # only how a wrong order begins
        result = question.check(given)
        assert not result, (*where, code)
        if question.kind == "number":
            told = [result.mistake, *_twins(code, answer.wrong, question.scale.tolerance)]
            assert code in told or result.mistake in ("percent", "too_coarse"), (*where, code)
        assert "{" not in result.reason
        assert not question.book.has(result.reason)


def _twins(code, wrong, tolerance):
    """Mistakes that lead to the same figure for this client: either may be told."""
    value = wrong[code]
    return [
        other
        for other, number in wrong.items()
        if isinstance(number, int | float) and math.isclose(number, value, abs_tol=2 * tolerance)
    ]


@pytest.mark.parametrize("name", lesson_names())
def test_of_a_client_without_data_nothing_is_marked_as_right(name, client_of):
    """A name alone answers no question of figures: each says so, whatever is answered."""
    shipped = lesson(name, lang="ja")
    if not isinstance(shipped.firm, ClientFirm):
        return
    made = shipped.use(client_of("aoyama"))
    numbers = [question for question in made.questions if question.kind == "number"]
    numbers = [question for question in numbers if question.id not in OF_THE_JUDGING]
    assert numbers
    for question in numbers:
        assert question.answer is None, question.id
        result = question.check(1)
        assert (result.status, result.mistake) == ("cannot_check", "no_data")
        assert question.solution().value is None


@pytest.mark.parametrize("name", lesson_names())
def test_answers_are_not_written_down(name):
    record = tomllib.loads(resources.content("lessons", f"{name}.toml").read_text("utf-8"))
    known = {"id", "kind", "unit", "tolerance", "minutes", "hints", "least"}
    assert all(set(spec) <= known for spec in record["questions"])
