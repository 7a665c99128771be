"""Shares of the joint sum: they add up, whatever hangs on whatever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.impact.joint import difference, shares, together
from toolkit.impact.lever import Move
from toolkit.impact.tree import Factor, Term, Tree

TREE = Tree(
    terms={
        "profit": (
            Term("p", "profit", tuple(Factor("fact", key) for key in "abc")),
            Term("q", "profit", (Factor("fall", "d"), Factor("fact", "c"))),
        )
    },
    base={"a": 10.0, "b": 2.0, "c": 3.0, "d": 5.0},
)


def move(code, **deltas):
    return Move(code=code, kind="profit", deltas=deltas)


def test_two_drivers_share_what_they_bring_together():
    # a 10 → 12 and b 2 → 3 with c = 3: (12·3 − 10·2) · 3 = 48; alone 12 and 30, together 6 more,
    # which a straight way to both divides in halves.
    found = shares(TREE, "profit", [move("A", a=2.0), move("B", b=1.0)])
    assert found == pytest.approx({"A": 15.0, "B": 33.0})


def test_levers_on_one_driver_count_the_larger_and_divide_it():
    found = shares(TREE, "profit", [move("A", a=2.0), move("B", a=6.0)])
    assert together([move("A", a=2.0), move("B", a=6.0)]) == {"a": 6.0}
    assert found == pytest.approx({"A": 9.0, "B": 27.0})


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.floats(-4, 4).filter(lambda x: abs(x) > 1e-3)),
        min_size=1,
        max_size=6,
    )
)
def test_shares_add_up_to_the_joint_gain(raw):
    moves = [move(f"R{place}", **{key: delta}) for place, (key, delta) in enumerate(raw)]
    whole = difference(TREE, "profit", together(moves))
    assert sum(shares(TREE, "profit", moves).values()) == pytest.approx(whole, abs=1e-6)


@given(st.permutations(range(4)))
def test_the_order_of_levers_does_not_matter(order):
    moves = [move("A", a=1.0), move("B", b=2.0), move("C", c=-1.0), move("D", d=-2.0)]
    assert shares(TREE, "profit", [moves[i] for i in order]) == pytest.approx(
        shares(TREE, "profit", moves)
    )
