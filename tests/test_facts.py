"""Facts laid over one another: nothing of the first is changed."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts, unknown

CELLS = [Fact(id="a.b", value=n, by={"item": str(n)}) for n in range(3)]
FACTS = Facts([unknown("q.x", "not_asked"), *CELLS, Fact(id="c.d", value=9)])


def test_replaced_keeps_order_and_leaves_out_what_is_new():
    made = FACTS.replaced([Fact(id="a.b", value=7, by={"item": "1"}), Fact(id="new.one", value=1)])
    assert list(made) == list(FACTS)
    assert [one.value for one in made.breakdown("a.b")] == [0, 7, 2]
    assert [one.value for one in FACTS.breakdown("a.b")] == [0, 1, 2]


def test_joined_adds_and_refuses_what_is_there():
    made = FACTS.joined([Fact(id="a.b", value=3, by={"item": "3"})])
    assert [one.value for one in made.breakdown("a.b")] == [0, 1, 2, 3]
    assert len(FACTS.breakdown("a.b")) == 3
    with pytest.raises(ValueError, match="stated twice"):
        FACTS.joined([Fact(id="c.d", value=1)])


def test_stated_anew_lets_every_cell_go():
    cells = [Fact(id="q.x", value="yes", by={"item": "a"}), Fact(id="a.b", value=5)]
    made = FACTS.stated_anew(cells)
    assert list(made) == ["c.d", "q.x[item=a]", "a.b"]
    assert made.breakdown("a.b") == (cells[1],)
    assert "q.x" in FACTS
    assert len(FACTS.breakdown("a.b")) == 3
