"""compare, follow_up and report: three readers side by side; own clients without planted faults."""

import math

import pytest

from toolkit.errors import InputError, UsageError
from toolkit.lessons import BLANK, lesson
from toolkit.lessons.answers.capstone_rates import sides_of
from toolkit.lessons.capstone import client_folder, compare, edits_text, follow_up, report
from toolkit.lessons.written_finding import WrittenFinding

PLANTED = {"SAL006", "FUL007", "FUL006", "AFT003"}


@pytest.fixture(scope="module", params=["ja", "en"])
def capstone(request):
    return lesson("capstone", lang=request.param)


@pytest.fixture(scope="module")
def japanese():
    """The lesson in one language: the page's languages are the notebooks' to try."""
    return lesson("capstone", lang="ja")


def _wrote(about, statement="…", **given):
    return WrittenFinding(about=about, statement=statement, **given)


def _line(made, code):
    return {one.code: one for one in made.lines}[code]


def test_without_a_finding_all_that_was_planted_is_shown_without_points(capstone):
    made = compare(capstone, [])
    assert {one.code for one in made.lines if one.planted} == PLANTED
    assert made.points == 0
    assert made.beyond == ()


def test_a_planted_fault_that_the_program_missed_is_worth_most(capstone):
    both = [
        _wrote("FUL007", facts=["delivery.return_rate_yoy"]),
        _wrote("fulfillment", facts=["delivery.wrong_ship_rate"]),
    ]
    made = compare(capstone, both)
    assert [_line(made, code).points for code in ("FUL007", "FUL006")] == [2, 3]
    assert [one.code for one in made.beyond] == ["FUL006"]
    assert capstone.book.text("lessons.capstone.compare.foot_beyond", points="5") in (
        made._repr_html_()
    )


def test_a_valid_finding_of_nobody_else_counts_too(capstone):
    own = _wrote("weekends", figure=0.4, definition="d", rows=200, since="2026-01")
    line = _line(compare(capstone, [own]), "weekends")
    assert (line.planted, line.program, line.learner, line.points) == (False, None, "valid", 1)


def test_what_the_evidence_lacks_is_said_and_earns_nothing(capstone):
    line = _line(compare(capstone, [_wrote("SAL006")]), "SAL006")
    assert line.points == 0
    assert line.why == capstone.book.text("lessons.capstone.compare.learner.no_evidence")


def test_one_valid_finding_of_a_matter_is_enough(capstone):
    twice = [_wrote("SAL006"), _wrote("sal006", facts=["acquisition.step_rate_t3v9"])]
    assert _line(compare(capstone, twice), "SAL006").points == 2


def test_what_a_learner_writes_is_escaped(capstone):
    page = compare(capstone, [_wrote("<i>x</i>", "<script>")])._repr_html_()
    assert "<script>" not in page
    assert "<i>" not in page


def test_an_own_client_has_nothing_planted_and_is_compared_with_the_program(client):
    mine = lesson("capstone", lang="ja").use(client("minato_works"))
    made = compare(mine, [_wrote("SAL015", facts=["tob.quote_win_rate_yoy"])])
    assert {one.planted for one in made.lines} == {None}
    assert {one.program for one in made.lines} >= {"fail"}
    assert mine.book.text("lessons.capstone.compare.foot_own", points=str(made.points)) in (
        made._repr_html_()
    )
    assert follow_up(mine) is mine.diagnosis
    assert client_folder(mine) is not None


def test_the_figures_counted_again_are_those_of_the_program(client):
    for made in (lesson("capstone", lang="ja").firm, client("aoba_shop"), client("minato_works")):
        before, now = sides_of(made)
        facts = made.diagnosis.facts
        rise = facts["delivery.return_rate_yoy"].number
        assert math.isclose(now.rate - before.rate, rise, abs_tol=1e-9)
        assert now.shipped == facts["delivery.return_rate_12m"].n


def test_the_report_holds_the_learners_words_and_leaves_the_client_alone(japanese):
    words = "ボタンを元に戻したあとの返品を数えます。"
    page = report(japanese, {"FUL007": {"finding": words}})
    assert words in page.read_text(encoding="utf-8")
    assert words not in report(japanese).read_text(encoding="utf-8")
    assert not (client_folder(japanese) / "edits.yaml").exists()


def test_blank_words_are_no_edit(japanese):
    assert edits_text({"FUL007": {"finding": BLANK}}) == ""
    assert report(japanese, {"FUL007": {"finding": BLANK}}) == report(japanese)


def test_edits_that_cannot_be_read_are_refused(capstone):
    with pytest.raises(InputError):
        report(capstone, {"FUL007": {"wording": "…"}})


def test_a_lesson_of_framework_objects_has_no_client():
    with pytest.raises(UsageError) as caught:
        compare(lesson("value_and_target", lang="en"), [])
    assert caught.value.code == "lesson_source_client"
