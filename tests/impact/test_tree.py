"""The driver tree: products of facts, moved, in sums."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit.impact.tree import Factor, Term, Tree


def fact(key):
    return Factor("fact", key)


SMALL = Tree(
    terms={
        "sales": (
            Term("new", "sales", (fact("new"), Factor("ratio", "aov"))),
            Term("old", "sales", (fact("old"), Factor("ratio", "aov"))),
        ),
        "profit": (
            Term("contribution", "profit", (Factor("node", "sales"), fact("margin"))),
            Term("ads", "profit", (Factor("number", number=-1.0), fact("ads"))),
            Term("returns", "profit", (fact("parcels"), Factor("fall", "returned"), fact("cost"))),
        ),
        "hours": (Term("seams", "hours", (Factor("fall", "seams"),)),),
        "capacity": (Term("labour", "capacity", (Factor("node", "hours"), fact("wage"))),),
    },
    base={
        "new": 300.0, "old": 700.0, "aov": 50.0, "margin": 0.4, "ads": 100.0, "parcels": 200.0,
        "returned": 0.05, "cost": 10.0, "seams": 20.0,
    },
)  # fmt: skip


def test_as_it_stands():
    assert SMALL.value("sales") == 1000.0
    assert SMALL.value("profit") == 1000 * 0.4 - 100


def test_a_ratio_moves_all_that_hangs_on_it():
    # Order value 50 → 55 is a tenth more sales: 1,100 × 0.4 − 100.
    assert SMALL.value("profit", {"aov": 5.0}) == pytest.approx(340.0)


def test_a_fall_counts_only_when_moved():
    # 5 % → 2 % of 200 parcels at 10 each is 60.
    assert SMALL.value("profit", {"returned": -0.03}) - SMALL.value("profit") == pytest.approx(60)


def test_drivers_move_together_not_side_by_side():
    both = SMALL.value("profit", {"aov": 5.0, "margin": 0.1}) - SMALL.value("profit")
    one = SMALL.value("profit", {"aov": 5.0}) - SMALL.value("profit")
    other = SMALL.value("profit", {"margin": 0.1}) - SMALL.value("profit")
    assert both == pytest.approx(one + other + 100 * 0.1)


def test_arrays_go_through():
    gains = SMALL.value("profit", {"returned": np.array([0.0, -0.01, -0.05])})
    assert gains - 300.0 == pytest.approx([0.0, 20.0, 100.0])


def test_an_unknown_fact_leaves_its_term_out_of_a_sum_and_is_told():
    assert SMALL.value("capacity") == 0.0
    assert SMALL.level("capacity") is None
    assert SMALL.waits_for("seams", "capacity") == ("wage",)
    assert SMALL.waits_for("returned", "profit") == ()


def test_what_a_driver_needs_on_its_way():
    assert SMALL.needed("aov", "profit") == ("new", "old", "margin")
    assert SMALL.needed("returned", "profit") == ("returned", "parcels", "cost")


def test_only_known_facts_are_drivers():
    assert "wage" not in SMALL.drivers()
    assert {"aov", "seams", "returned"} <= set(SMALL.drivers())


@pytest.mark.parametrize(("kind", "value"), [("over", 0.25), ("rest", -3.0), ("fact", 4.0)])
def test_kinds_of_factors(kind, value):
    tree = Tree(terms={"x": (Term("t", "x", (Factor(kind, "a"),)),)}, base={"a": 4.0})
    assert tree.value("x") == value


def test_a_ratio_of_an_unknown_fact_changes_nothing():
    tree = Tree(terms={"x": (Term("t", "x", (fact("a"), Factor("ratio", "b"))),)}, base={"a": 4.0})
    assert tree.value("x") == 4.0


def test_a_move_waits_for_nothing_that_other_moves_multiply():
    # what a returned parcel costs is read only where fewer come back
    assert "returned" not in SMALL.needed("cost", "profit")
    assert SMALL.needed("returned", "profit") == ("returned", "parcels", "cost")
