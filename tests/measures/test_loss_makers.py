"""The loss of channels and of items: two views of one sum."""

import pytest

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.channels import RATE
from toolkit.measures.contribution import UNIT
from toolkit.measures.loss_makers import LOSS, loss_maker_facts


def losing(fact_id, **yen):
    items = tuple(Item(key=k, label=k, value=v) for k, v in yen.items())
    return Fact(id=fact_id, value=-0.1 if yen else 0.2, n=100, items=items)


@pytest.fixture
def loss(monkeypatch, summed):
    """The loss of these two undivided figures."""

    def of(*given):
        import toolkit.measures.loss_makers as room

        channels, items = ([one for one in given if one.id == wanted] for wanted in (RATE, UNIT))
        cell = Fact(
            id=RATE, value=-9.0, by={"channel": "x"}, items=(Item(key="y", label="y", value=-9.0),)
        )
        monkeypatch.setattr(room, "channel_facts", lambda s: iter([cell, *channels]))
        monkeypatch.setattr(room, "contribution_facts", lambda s: iter(items))
        found = [f for f in loss_maker_facts(summed("2025-12-31")) if f.id == LOSS]
        return found[0] if found else None

    return of


def test_the_larger_view_counts(loss):
    # channels 400 + 100, items 450
    fact = loss(losing(RATE, web=-400.0, mall=-100.0), losing(UNIT, jar=-450.0))
    assert (fact.value, fact.n, fact.items) == (500.0, 2, ())
    assert loss(losing(RATE, web=-300.0), losing(UNIT, jar=-450.0)).value == 450.0


def test_nothing_lost(loss):
    assert loss(losing(RATE), losing(UNIT)).value == 0


def test_one_view_alone(loss):
    assert loss(unknown(RATE, "not_split"), losing(UNIT, jar=-450.0)).value == 450.0
    assert loss(losing(UNIT, jar=-450.0)).value == 450.0


def test_neither(loss):
    assert loss(unknown(RATE, "not_split"), unknown(UNIT, "no_margin")).reason == "not_split"
    assert loss() is None


def test_no_orders(facts):
    assert facts("2025-12-31")[LOSS].reason == "no_table"
