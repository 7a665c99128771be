"""The lesson on make or buy against hand arithmetic, and where another way is right."""

import pytest

from toolkit.errors import UsageError
from toolkit.lessons import lesson

FIRM = {
    "cost": {"material_yen": 50, "minutes": 6, "wage_yen": 1000, "spoiled_share": 0.25},  # 200
    "machine": {"fixed_yen": 9000, "unit_yen": 90},
    "quotes": [
        {"name": "far", "quote_yen": 150, "lot": 900, "lead_days": 40},
        {"name": "near", "quote_yen": 180, "lot": 100, "lead_days": 12},
    ],
    "demand": {
        "low": 60, "expected": 100, "high": 160, "usable_days": 60, "safety": 7, "capacity": 120,
    },
}  # fmt: skip
DEMAND = FIRM["demand"]


@pytest.fixture
def about():
    """The lesson about the firm with some parts changed."""

    def made(**changed):
        return lesson("make_or_buy", lang="en").use({**FIRM, **changed})

    return made


def test_the_quote_whose_lot_sells_in_time_is_compared_with_the_machine(about):
    made = about()
    assert [made.question(number).answer.value for number in (1, 2, 3, 4)] == pytest.approx(
        [200, 270, 9000 / (180 - 90), 100 / 30 * 12 + 7]
    )


@pytest.mark.parametrize(
    ("changed", "right"),
    [
        ({"demand": {**DEMAND, "low": 110}}, "a"),
        ({"demand": {**DEMAND, "high": 90}}, "b"),
        ({}, "c"),
        ({"demand": {**DEMAND, "usable_days": 20}}, "d"),
        ({"cost": {**FIRM["cost"], "minutes": 4}, "demand": {**DEMAND, "capacity": 160}}, "d"),
    ],
)
def test_the_judgement_follows_where_break_even_falls(about, changed, right):
    made = about(**changed)
    assert made.question(7).answer.value == right
    assert "{" not in made.question(8).solution().text


def test_the_longest_way_through_the_steps_counts(about):
    steps = [
        {"step": "a", "days": 2},
        {"step": "b", "days": 9},
        {"step": "c", "days": 5, "after": ["a"]},
        {"step": "d", "days": 4, "after": ["c", "unknown"]},
    ]
    made = about(steps=steps, planned_days=10)
    assert made.question(6).answer.value == 11
    assert "1 more than the 10 planned" in made.question(6).check(11).reason
    assert made.plot("launch").patches


def test_steps_that_wait_for_each_other_are_refused(about):
    steps = [{"step": "a", "days": 1, "after": ["b"]}, {"step": "b", "days": 1, "after": ["a"]}]
    with pytest.raises(UsageError):
        about(steps=steps)
