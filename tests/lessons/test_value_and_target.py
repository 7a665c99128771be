"""The lesson on value and target: right answers, each known mistake, own data."""

import math
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.frameworks import FitCell, Need, Planning, Value
from toolkit.lessons import BLANK, lesson

CANVAS, GAPS, AFTER, FIT, PAIRS, MARGIN, MOVE, ADVICE = range(1, 9)

RIGHT = [
    (CANVAS, 16 / 27),
    (CANVAS, 0.593),
    (CANVAS, 0.59),
    (CANVAS, Fraction(16, 27)),
    (CANVAS, np.float64(16 / 27)),
    (GAPS, ["P2", "G1"]),
    (GAPS, {"G1", "P2"}),
    (GAPS, "ｇ１、p2"),
    (AFTER, 21.5 / 27),
    (AFTER, 0.796),
    (FIT, 125**0.25),
    (FIT, 3.34),
    (PAIRS, ["A1", "C2", "C3"]),
    (PAIRS, "a1 > c2 > c3"),
    (MARGIN, 180**0.25 - 144**0.25),
    (MARGIN, np.float32(0.2)),
    (MOVE, "c"),
    (MOVE, " Ｃ "),
]

WRONG = [
    # the share that is covered: importance 5 3 4 4 1 5 3 2, covered 1 0 1 .5 1 .5 .5 0
    (CANVAS, 4.5 / 8, "incorrect", "unweighted"),
    (CANVAS, 56.25, "incorrect", "unweighted"),
    (CANVAS, 22 / 27, "incorrect", "any_cover"),
    (CANVAS, 6 / 8, "incorrect", "any_count"),
    (CANVAS, 10 / 27, "incorrect", "full_only"),
    (CANVAS, 12 / 17, "incorrect", "pains_only"),
    (CANVAS, 4 / 10, "incorrect", "gains_only"),
    (CANVAS, 16, "incorrect", "sum_only"),
    (CANVAS, 16 / 8, "incorrect", "per_line"),
    (CANVAS, 11 / 27, "incorrect", "uncovered"),
    (CANVAS, 27 / 16, "incorrect", "outside_share"),
    (CANVAS, -0.1, "incorrect", "outside_share"),
    (CANVAS, 0.65, "incorrect", "too_high"),
    (CANVAS, 0.1, "incorrect", "too_low"),
    (CANVAS, 59.3, "partial", "percent"),
    (CANVAS, "59.3%", "partial", "percent_text"),
    (CANVAS, "５９．３％", "partial", "percent_text"),
    (CANVAS, 0.6, "partial", "too_coarse"),
    (CANVAS, "0.593", "cannot_check", "number_as_text"),
    (CANVAS, "about half", "cannot_check", "not_a_number"),
    (CANVAS, [0.593], "cannot_check", "not_a_number"),
    (CANVAS, True, "cannot_check", "not_a_number"),
    (CANVAS, np.True_, "cannot_check", "not_a_number"),
    (CANVAS, None, "cannot_check", "not_a_number"),
    (CANVAS, 0.593 + 0j, "cannot_check", "not_a_number"),
    (CANVAS, math.nan, "cannot_check", "not_finite"),
    (CANVAS, -math.inf, "cannot_check", "not_finite"),
    pytest.param(CANVAS, 10**400, "cannot_check", "not_finite", id="too long"),
    # gaps 3 and 2.5 are the heaviest
    (GAPS, ["P1", "G1"], "partial", "by_importance"),
    (GAPS, ["P2", "G3"], "partial", "by_cover"),
    (GAPS, ["G3", "G2"], "incorrect", "lightest"),
    (GAPS, ["P2", "P5"], "partial", "some_right"),
    (GAPS, ["P3", "P5"], "incorrect", "none_right"),
    (GAPS, ["P2", "P2"], "cannot_check", "how_many"),
    (GAPS, ["P2", "G1", "G2"], "cannot_check", "how_many"),
    (GAPS, [], "cannot_check", "how_many"),
    (GAPS, ["P2", "P9"], "cannot_check", "unknown_code"),
    (GAPS, ["P2", 1], "cannot_check", "not_codes"),
    (GAPS, 4, "cannot_check", "not_codes"),
    # both closed
    (AFTER, 24 / 27, "incorrect", "full_importance"),
    (AFTER, 5.5 / 27, "incorrect", "gained_alone"),
    (AFTER, 19 / 27, "incorrect", "heaviest_alone"),
    (AFTER, 16 / 27, "incorrect", "unchanged"),
    (AFTER, 6 / 8, "incorrect", "unweighted"),
    (AFTER, 13.5 / 19, "incorrect", "lines_dropped"),
    (AFTER, "79.6%", "partial", "percent_text"),
    # the fit of C3: 1, 5, 5, 5
    (FIT, 4.0, "incorrect", "average"),
    (FIT, 16, "incorrect", "sum_only"),
    (FIT, 125, "incorrect", "product"),
    (FIT, 125 / 4, "incorrect", "divided"),
    (FIT, 125**0.5, "incorrect", "square_root"),
    (FIT, 125 ** (1 / 3), "incorrect", "cube_root"),
    (FIT, 125 / 625, "incorrect", "of_maximum"),
    (FIT, 2.5, "incorrect", "harmonic"),
    (FIT, 1, "incorrect", "weakest"),
    (FIT, 3.3, "partial", "too_coarse"),
    (FIT, "334%", "cannot_check", "not_a_share"),
    # the order: 3.66, 3.46, 3.34
    (PAIRS, ["C3", "A1", "C2"], "incorrect", "average_first"),
    (PAIRS, ["C3", "C2", "A1"], "partial", "average_first"),
    (PAIRS, ["A1", "C3", "C2"], "partial", "right_but_order"),
    (PAIRS, ["A1", "C2", "B2"], "partial", "first_right"),
    (PAIRS, ["B2", "A1", "C3"], "partial", "first_wrong"),
    (PAIRS, ["B1", "B2", "B3"], "incorrect", "first_wrong"),
    (PAIRS, {"A1", "C2", "C3"}, "cannot_check", "no_order"),
    (PAIRS, ["A1", "C2"], "cannot_check", "how_many"),
    # the margin: fourth roots of 180 and 144
    (MARGIN, 0.25, "incorrect", "averages"),
    (MARGIN, 36, "incorrect", "products"),
    (MARGIN, (180 / 144) ** 0.25, "incorrect", "ratio"),
    (MARGIN, (180 / 144) ** 0.25 - 1, "incorrect", "relative"),
    (MARGIN, 144**0.25 - 180**0.25, "incorrect", "backwards"),
    (MARGIN, 180**0.25 - 24**0.25, "incorrect", "to_last"),
    (MARGIN, 180**0.25, "incorrect", "best_alone"),
    (MARGIN, 144**0.25 - 125**0.25, "incorrect", "second_to_third"),
    # the judgement
    (MOVE, "a", "incorrect", "grow"),
    (MOVE, "b", "incorrect", "close"),
    (MOVE, "d", "incorrect", "rethink"),
    (MOVE, "e", "cannot_check", "unknown_code"),
    (MOVE, 3, "cannot_check", "not_a_code"),
    (ADVICE, 3, "cannot_check", "not_a_text"),
    (ADVICE, "短い", "incorrect", "too_short"),
    (ADVICE, "あ" * 300, "incorrect", "signs_missing"),
]


@pytest.mark.parametrize(("number", "given_"), RIGHT)
def test_right_answers(shipped, number, given_):
    result = shipped.question(number).check(given_)
    assert result
    assert (result.status, result.credit, result.mistake) == ("correct", 1.0, None)


@pytest.mark.parametrize(("number", "given_", "status", "mistake"), WRONG)
def test_wrong_answers_fail_with_their_reason(shipped, number, given_, status, mistake):
    result = shipped.question(number).check(given_)
    assert not result
    assert (result.status, result.mistake) == (status, mistake)
    assert len(result.reason) > 8
    assert "lessons." not in repr(result) + result._repr_html_()


def test_every_known_mistake_is_listed_above(shipped):
    listed = {(row[0], row[-1]) for row in WRONG if isinstance(row, tuple)}
    known = {(q.number, code) for q in shipped.questions for code in q.answer.wrong}
    assert known <= listed


def test_each_mistake_is_told_in_its_own_words(shipped):
    for question in shipped.questions:
        reasons = [
            shipped.book.table[f"lessons.value_and_target.{question.id}.mistake.{code}"]
            for code in question.answer.wrong
        ]
        assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("blank", [BLANK, ..., "____", "", "  ", [BLANK], ["A1", BLANK, "C2"]])
def test_blank_is_not_attempted(shipped, blank):
    for question in shipped.questions:
        assert question.check(blank).status == "not_attempted"
    assert shipped.question(1).check().status == "not_attempted"


def test_decimal_is_a_number_too(shipped):
    assert shipped.question(CANVAS).check(Decimal("0.593"))


def test_partial_credit(shipped):
    assert shipped.question(GAPS).check(["P2", "P5"]).credit == 1 / 2
    assert shipped.question(PAIRS).check(["A1", "C2", "B2"]).credit == pytest.approx(2 / 3)
    assert shipped.question(CANVAS).check(59.3).credit == 1 / 2
    assert shipped.question(CANVAS).check(0.65).credit == 0


def test_hints_form_a_ladder(shipped):
    question = shipped.use(shipped).question(CANVAS)
    texts = [question.hint().text for _ in range(question.hints)]
    assert len(set(texts)) == question.hints
    again = question.hint()
    assert (again.step, again.text) == (question.hints, texts[-1])


def test_solution_works_it_out_from_the_firm(shipped):
    assert "16 ÷ 27 = 0.593" in shipped.question(CANVAS).solution().text
    assert "1 × 5 × 5 × 5 = 125" in shipped.question(FIT).solution().text
    assert shipped.question(PAIRS).solution().value == ("A1", "C2", "C3")


def test_the_model_text_has_all_four_parts_and_each_part_counts(shipped):
    question = shipped.question(ADVICE)
    model = question.solution().value
    result = question.check(model)
    assert result
    assert "\n- " in result.reason  # the rubric comes with it
    for part, spoken in {
        "best": ("味噌玉", "共働き", "子育て", "miso balls", "parents"),
        "rival": ("三年", "木樽", "料理好き", "50〜60代", "cask", "Three-year", "cooks", "50s and"),
        "figure": ("3.66", "3.46", "0.20"),
        "term": ("週間", "weeks"),
    }.items():
        text = model
        for term in spoken:
            text = text.replace(term, "x")
        lacking = question.check(text)
        assert (lacking.status, lacking.credit) == ("partial", 3 / 4), part
        assert lacking.notes == (
            shipped.book.text(
                f"lessons.value_and_target.advice.sign.{part}", **question.answer.params
            ),
        )


def test_shares_in_a_text_may_be_percent(shipped):
    question = shipped.question(ADVICE)
    text = "味噌玉 miso balls, 木樽 cask, 4週間 weeks. " * 9
    assert question.check(text).credit == 3 / 4
    assert question.check(text + "59.3％")
    assert not question.check(text + "20人、17")


def test_firm_agrees_with_the_facts_of_its_objects(shipped):
    facts = {f.id: f for thing in shipped.objects.values() for f in thing.facts()}
    assert shipped.question(CANVAS).answer.value == facts["value.canvas_fit_share"].value
    assert shipped.firm.ranked[0].fit == facts["planning.fit_score"].value


def test_frames_hold_what_the_questions_ask_about(shipped):
    canvas, pairs = shipped.frame("canvas"), shipped.frame("pairs")
    assert (canvas["importance"] * canvas["covered"]).sum() == 16
    assert list(pairs.columns) == ["key", "value", "target", "reach", "need", "pay", "ability"]
    assert list(pairs["key"]) == [f"{letter}{n}" for letter in "ABC" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("needs", "pairs", "letter"),
    [
        ("covered", [(5, 5, 4, 5), (2, 2, 3, 3)], "a"),
        ("open", [(5, 5, 4, 5), (2, 2, 3, 3)], "b"),
        ("covered", [(4, 4, 4, 4), (4, 4, 4, 3)], "c"),  # one point lower, and they are equal
        ("covered", [(4, 4, 4, 4), (4, 4, 3, 3)], "a"),
        ("open", [(4, 4, 4, 4), (4, 4, 4, 3)], "c"),
        ("covered", [(3, 3, 3, 2), (1, 1, 1, 1)], "d"),
        ("covered", [(3, 3, 3, 3), (1, 1, 1, 1)], "a"),  # 3.0 is the guide: not below it
    ],
)
def test_judgement_follows_the_figures(about, needs, pairs, letter):
    canvas = {
        "covered": [("pain", 3, "yes"), ("gain", 2, "no")],  # 3 ÷ 5, just at the guide
        "open": [("pain", 2, "yes"), ("gain", 3, "no")],
    }[needs]
    mine = about(canvas, pairs)
    question = mine.question(MOVE)
    assert question.check(letter)
    for other in {*"abcd"} - {letter}:
        assert question.check(other).status == "incorrect"
    assert mine.question(ADVICE).check(mine.question(ADVICE).solution().value)


def test_equal_answers_are_all_right(about):
    mine = about(
        [("pain", 4, "no"), ("pain", 4, "no"), ("gain", 4, "no"), ("gain", 1, "yes")],
        [(4, 3, 3, 3), (3, 4, 3, 3), (3, 3, 3, 4), (1, 1, 1, 1)],
    )
    for keys in (["P1", "P2"], ["P1", "G1"], ["P2", "G1"]):
        assert mine.question(GAPS).check(keys)
    assert mine.question(GAPS).check(["P1", "G2"]).credit == 1 / 2
    for keys in (["A1", "B1", "C1"], ["C1", "A1", "B1"]):
        assert mine.question(PAIRS).check(keys)
    assert not mine.question(PAIRS).check(["A1", "B1", "D1"])
    assert mine.question(MARGIN).check(0)


def test_own_data_replace_the_firm(shipped):
    value = Value(canvas=[Need("a", importance=1, covered="yes"), Need("b", importance=3)])
    mine = shipped.use(SimpleNamespace(objects={"value": value}))
    assert mine.question(CANVAS).check(1.0)  # a line without cover is left out
    assert not mine.question(CANVAS).check(16 / 27)
    assert shipped.question(CANVAS).check(16 / 27)  # the lesson it was made from is unchanged


def test_what_is_not_known_cannot_be_checked(shipped):
    mine = shipped.use({"planning": Planning(fit=[FitCell(reach=4, need=4, pay=4, ability=4)])})
    for number in {*range(1, 9)} - {FIT}:
        question = mine.question(number)
        assert (question.check("x" * 300).status, question.check("x").mistake) == (
            "cannot_check",
            "no_data",
        )
        assert question.solution().value is None
        assert "lessons." not in question._repr_html_() + repr(question)
    assert mine.question(FIT).check(4)
    assert mine.plot("canvas") is not None
    assert mine.plot("pairs") is not None


def test_own_words_are_escaped(shipped):
    bad = "<script>alert(1)</script>{name}"
    needs = [Need(f"{bad}{n}", importance=3, covered="no") for n in range(3)]
    mine = shipped.use({"value": Value(canvas=needs)})
    question = mine.question(GAPS)
    shown = question._repr_html_() + question.solution()._repr_html_()
    assert "<script" not in shown
    assert "{name}0" in shown


weights = st.integers(1, 5)
covers = st.sampled_from(["yes", "partly", "no"])
untimed = settings(deadline=None, max_examples=40)


@untimed
@given(st.lists(st.tuples(st.sampled_from(["pain", "gain"]), weights, covers), min_size=1))
def test_any_canvas_accepts_its_own_share(lines):
    canvas = [
        Need(str(n), kind=kind, importance=weight, covered=covered)
        for n, (kind, weight, covered) in enumerate(lines)
    ]
    mine = lesson("value_and_target", lang="en").use({"value": Value(canvas=canvas)})
    question = mine.question(CANVAS)
    cover = {"yes": 1, "partly": 0.5, "no": 0}
    share = sum(w * cover[c] for _, w, c in lines) / sum(w for _, w, _ in lines)
    assert 0 <= question.answer.value <= 1
    assert question.check(share)
    assert question.check(f"{100 * share:.3f}%").status == "partial"


@untimed
@given(st.lists(st.tuples(weights, weights, weights, weights), min_size=2, max_size=7))
def test_any_pairs_rank_by_product(scores):
    names = ("reach", "need", "pay", "ability")
    cells = [
        FitCell(value=str(n), target="t", **dict(zip(names, four, strict=True)))
        for n, four in enumerate(scores)
    ]
    mine = lesson("value_and_target", lang="en").use({"planning": Planning(fit=cells)})
    order = sorted(range(len(scores)), key=lambda n: -math.prod(scores[n]))[:3]
    assert mine.question(PAIRS).check([f"{'ABCDEFG'[n]}1" for n in order])
    first, second = (math.prod(scores[n]) ** 0.25 for n in order[:2])
    assert mine.question(MARGIN).check(first - second)
