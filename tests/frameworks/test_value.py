"""Value: the canvas by weight, three levels, elements of value with their notice."""

from __future__ import annotations

import html

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Need, Value
from toolkit.frameworks.display import code_label
from toolkit.frameworks.value_elements import CONSUMERS, FIRMS, level_of
from toolkit.method import load_method
from toolkit.words import words

CANVAS = [
    Need("dry", importance=5, covered="yes"),
    Need("price", importance=3, covered="no", by="smaller bottle"),
    Need("calm", kind="gain", importance=4, covered="partly"),
    Need("wash", kind="job", importance=5, covered="no"),
    Need("smell"),
]


def part(thing, name):
    return [(row.item, row.value) for row in thing.rows() if row.part == name]


def test_needs_stand_by_kind_and_a_kind_without_needs_is_a_gap():
    value = Value(canvas=[need for need in CANVAS if need.kind != "gain"])
    assert part(value, "pains") == [("dry", "yes"), ("price", "no"), ("smell", None)]
    assert part(value, "jobs") == [("wash", "no")]
    assert part(value, "gains") == [("", None)]
    assert {"gains", "pains.smell"} <= set(value.unknown_parts())


def test_fit_weighs_pains_and_gains_and_leaves_jobs_out():
    # 5×1 + 3×0 + 4×½ = 7 of 12
    assert Value(canvas=CANVAS).fit_share == pytest.approx(7 / 12)
    assert Value(canvas=[Need("smell")]).fit_share is None


def test_the_heaviest_open_need_comes_first():
    # open: wash 5×1, price 3×1, calm 4×½, dry 0; smell is not scored
    frame = Value(canvas=CANVAS).canvas_frame()
    assert frame["need"].tolist() == ["wash", "price", "calm", "dry", "smell"]
    assert frame["answer"].tolist() == ["product", "reliever", "creator", "reliever", "reliever"]
    assert frame.loc[1, "by"] == "smaller bottle"


def test_importance_is_shown_beside_the_need(lang):
    shown = Value(canvas=CANVAS)._repr_html_()
    assert words(load_method(), lang).text("frameworks.shown.note.importance", note="3") in shown


@pytest.mark.parametrize(
    ("levels", "counts"),
    [
        (CONSUMERS, {"functional": 14, "emotional": 10, "life_changing": 5, "social": 1}),
        (FIRMS, {"table_stakes": 4, "performance": 5, "ease": 21, "individual": 7, "inspiring": 3}),
    ],
)
def test_levels_and_numbers_of_elements(levels, counts):
    assert {level: len(names) for level, names in levels.items()} == counts
    names = [name for level in levels.values() for name in level]
    assert len(names) == len(set(names)) == {4: 30, 5: 40}[len(levels)]


@pytest.mark.parametrize("code", ["ja", "en"])
def test_element_names_can_be_told_apart(code):
    book = words(load_method(), code)
    for levels in (CONSUMERS, FIRMS):
        names = [
            book.text(f"frameworks.codes.element_{level}.{name}")
            for level, members in levels.items()
            for name in members
        ]
        assert len(names) == len(set(names))


def test_elements_are_counted_by_level_when_given_in_full():
    value = Value(elements={"time": "yes", "order": "partly", "hope": "yes", "own": "yes"})
    assert part(value, "elements")[:4] == [
        ("functional", 1),
        ("emotional", 0),
        ("life_changing", 1),
        ("social", 0),
    ]
    frame = value.elements_frame()
    assert len(frame) == 31
    assert frame.iloc[-1].tolist() == [None, "own", "yes"]
    assert frame.set_index("element").loc["order", "state"] == "partly"


def test_the_notice_of_the_trademark_stands_with_the_elements(lang):
    notice = code_label("element_notice", "notice", words(load_method(), lang))
    assert "Elements of Value®" in notice
    assert "Bain" in notice
    shown = html.escape(notice)
    assert shown in Value(elements={"time": "yes"})._repr_html_()
    assert shown not in Value()._repr_html_()


def test_level_of_an_element():
    assert level_of("firms", "fun") == "individual"
    assert level_of("consumers", "fun") is None


@pytest.mark.parametrize(
    ("model", "audience"),
    [("saas", "firms"), ("made_to_order", "firms"), ("general", "consumers"), (None, "consumers")],
)
def test_firms_have_their_own_list(model, audience):
    facts = Facts([Fact(id="q.pla.model", value=model)] if model else [])
    assert Value.from_facts(facts).audience == audience


def test_from_answers(answered):
    facts = Facts(
        [
            *answered("q.val.levels", {"core": "rest", "augmented": "unknown"}),
            Fact(id="q.val.promise", value="a quiet night"),
            Fact(id="q.off.price", value=4980.0),
        ]
    )
    value = Value.from_facts(facts)
    assert (value.promise, value.price_yen) == ("a quiet night", 4980.0)
    assert part(value, "levels") == [("core", "rest"), ("actual", None), ("augmented", "unknown")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"levels": {"potential": "x"}},
        {"elements": {"time": "maybe"}},
        {"audience": "dogs"},
        {"price_yen": -1},
    ],
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Value(**wrong)
