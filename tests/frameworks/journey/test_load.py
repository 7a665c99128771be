"""The load of work by hand: by person, by full-time person, and what is lacking to tell."""

from __future__ import annotations

import pytest
from mapped.flow import facts_of

from toolkit.frameworks import JourneyMap, Step


def crew(*minutes):
    return [
        Step(f"task {name}", side="company", actor=name, mode="manual", minutes=m, per_day=1)
        for name, m in zip("ABCDEFG", minutes, strict=False)
    ]


def test_load_per_full_time_person():
    staff = {"A": 1.0, "B": 1.0, "C": 1.0, "D": 1.0, "E": 0.5}
    facts = facts_of(JourneyMap(steps=crew(100, 100, 100, 100, 100), staff=staff))
    assert facts["load_max_ratio"].value == pytest.approx(200 / 120)
    # loads 200, 100×4: Σ|xi−xj| = 2×4×100; ÷ (2 × 5 × 600)
    assert facts["load_gini_fte"].value == pytest.approx(800 / 6000)
    assert facts["load_max_ratio"].items[0].key == "E"
    assert facts["load_max_ratio"].n == 5


def test_even_load_has_no_gini():
    staff = dict.fromkeys("ABCDE", 1.0)
    facts = facts_of(JourneyMap(steps=crew(60, 60, 60, 60, 60), staff=staff))
    assert facts["load_gini_fte"].value == pytest.approx(0.0)
    assert facts["load_max_ratio"].value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("steps", "staff", "reason", "need"),
    [
        (None, None, "no_table", "journey"),
        ([Step("a", side="company", actor="A")], None, "no_column", "journey"),
        (crew(1, 2, 3, 4), dict.fromkeys("ABCD", 1.0), "small_n", "journey"),
        (crew(1, 2, 3, 4, 5), None, "not_asked", "q.jrn.staff"),
        (crew(1, 2, 3, 4, 5), dict.fromkeys("ABCD", 1.0), "not_asked", "q.jrn.staff"),
    ],
)
def test_load_says_what_it_lacks(steps, staff, reason, need):
    facts = facts_of(JourneyMap(steps=steps, staff=staff))
    for name in ("load_max_ratio", "load_gini_fte"):
        assert (facts[name].reason, facts[name].needs) == (reason, (need,))


def test_machines_and_customers_bear_no_load():
    steps = [
        Step("a", side="company", actor="A", mode="auto", minutes=10, per_day=6),
        Step("b", side="customer", actor="you", mode="manual", minutes=10, per_day=6),
        Step("c", actor="B", mode="manual", minutes=1, per_day=6),
    ]
    assert JourneyMap(steps=steps).minutes_by_actor == {"B": 6.0}


def test_a_step_of_two_is_shared():
    step = Step("a", side="company", actor="A、B", mode="manual", minutes=10, per_day=6)
    assert JourneyMap(steps=[step]).minutes_by_actor == {"A": 30.0, "B": 30.0}
