"""Overlaps: the whole or its parts, never both."""

from __future__ import annotations

import pytest

from toolkit.impact.overlap import Kinship, families

WITHIN = {"B": "A", "C": "A", "D": "C", "A": None}


@pytest.mark.parametrize(
    ("alone", "moved"),
    [
        ({"A": 5.0, "B": 2.0, "C": 2.0}, ("A",)),
        ({"A": 5.0, "B": 3.0, "C": 3.0}, ("B", "C")),
        ({"A": 5.0, "C": 1.0, "D": 6.0}, ("D",)),  # a part's part exceeds both
        ({"B": 1.0, "C": 1.0}, None),  # without the whole nothing overlaps
        ({"A": 1.0, "D": 2.0}, ("D",)),  # C did not fail: D is within A all the same
        ({"A": 4.0, "B": 2.0, "C": 2.0}, ("A",)),  # at the same worth the whole counts
    ],
)
def test_the_larger_counts(alone, moved):
    found = families(alone, Kinship(within=WITHIN))
    if moved is None:
        assert [family.members for family in found] == [("B",), ("C",)]
        return
    assert len(found) == 1
    assert found[0].moved == moved
    assert set(found[0].members) == set(alone)


def test_a_whole_that_caps_counts_even_below_its_parts():
    (found,) = families({"A": 5.0, "B": 30.0, "C": 4.0}, Kinship(within=WITHIN, caps={"A"}))
    assert found.moved == ("A",)
    assert set(found.members) == {"A", "B", "C"}
