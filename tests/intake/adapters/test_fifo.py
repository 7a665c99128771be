"""Payments settle the oldest invoice first, and not a yen is lost on the way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.adapters.fifo import Cleared, Raised, Settled, settle_oldest_first

FIRST = datetime(2025, 4, 1)


def open_by_customer(items: Sequence[Settled]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for item in items:
        customer = item.raised.customer
        found[customer] = found.get(customer, Decimal(0)) + item.open
    return found


amounts = st.integers(min_value=1, max_value=100_000).map(lambda yen: Decimal(yen) / 2)
events = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.integers(min_value=0, max_value=40),
        amounts,
        st.sampled_from(["raise", "pay", "reduce"]),
    ),
    max_size=60,
)


def split(made: Sequence[tuple[str, int, Decimal, str]]) -> tuple[list[Raised], list[Cleared]]:
    raised, cleared = [], []
    for place, (who, day, amount, kind) in enumerate(made):
        when = FIRST + timedelta(days=day)
        if kind == "raise":
            raised.append(Raised(customer=who, day=when, amount=amount, place=place))
        else:
            reduces = kind == "reduce"
            cleared.append(
                Cleared(customer=who, day=when, amount=amount, place=place, reduces=reduces)
            )
    return raised, cleared


@given(events)
def test_what_was_raised_less_what_cleared_is_what_is_open_less_credits(
    made: list[tuple[str, int, Decimal, str]],
) -> None:
    raised, cleared = split(made)
    settled = settle_oldest_first(raised, cleared)
    left = open_by_customer(settled.invoices)
    for who in "ABC":
        owed = sum((item.amount for item in raised if item.customer == who), Decimal(0))
        taken = sum((item.amount for item in cleared if item.customer == who), Decimal(0))
        credit = settled.credits.get(who, Decimal(0))
        assert owed - taken == left.get(who, Decimal(0)) - credit
        assert not (credit and left.get(who))  # never both: a credit settles what is open


@given(events)
def test_no_invoice_is_touched_before_an_older_one_is_settled(
    made: list[tuple[str, int, Decimal, str]],
) -> None:
    settled = settle_oldest_first(*split(made))
    for who in "ABC":
        items = [item for item in settled.invoices if item.raised.customer == who]
        items.sort(key=lambda item: (item.raised.day, item.raised.place))
        waiting = [bool(item.open) for item in items]
        assert waiting == sorted(waiting)
        untouched = [item.open == item.raised.amount for item in items]
        assert untouched == sorted(untouched)
        for item in items:
            assert min(item.open, item.paid, item.reduced) >= 0
            assert (item.settled_at is None) == bool(item.open)


@given(events, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    made: list[tuple[str, int, Decimal, str]], chance: random.Random
) -> None:
    raised, cleared = split(made)
    first = settle_oldest_first(raised, cleared)
    chance.shuffle(raised)
    chance.shuffle(cleared)
    assert settle_oldest_first(raised, cleared) == first


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def test_a_part_payment_settles_the_oldest_and_begins_the_next() -> None:
    raised = [
        Raised(customer="A", day=day(9), amount=Decimal(50), place=0),
        Raised(customer="A", day=day(1), amount=Decimal(100), place=1),
        Raised(customer="B", day=day(0), amount=Decimal(70), place=2),
    ]
    cleared = [
        Cleared(customer="A", day=day(20), amount=Decimal(60), place=3),
        Cleared(customer="A", day=day(30), amount=Decimal(60), place=4),
    ]
    younger, older, other = settle_oldest_first(raised, cleared).invoices
    assert (older.paid, older.settled_at) == (Decimal(100), day(30))
    assert (younger.paid, younger.open, younger.settled_at) == (Decimal(20), Decimal(30), None)
    assert (other.paid, other.open) == (Decimal(0), Decimal(70))


def test_an_over_payment_waits_as_credit_and_settles_the_next_invoice_early() -> None:
    paid = Cleared(customer="A", day=day(2), amount=Decimal(150), place=1)
    first = Raised(customer="A", day=day(1), amount=Decimal(100), place=0)
    alone = settle_oldest_first([first], [paid])
    assert alone.credits == {"A": Decimal(50)}
    assert not alone.invoices[0].early
    later = Raised(customer="A", day=day(5), amount=Decimal(40), place=2)
    both = settle_oldest_first([first, later], [paid])
    assert both.credits == {"A": Decimal(10)}
    assert (both.invoices[1].early, both.invoices[1].settled_at) == (True, day(2))


def test_a_reduction_is_no_payment() -> None:
    owed = Raised(customer="A", day=day(1), amount=Decimal(100), place=0)
    less = Cleared(customer="A", day=day(2), amount=Decimal(30), place=1, reduces=True)
    money = Cleared(customer="A", day=day(3), amount=Decimal(70), place=2)
    item = settle_oldest_first([owed], [money, less]).invoices[0]
    assert (item.reduced, item.paid, item.settled_at) == (Decimal(30), Decimal(70), day(3))


def test_money_of_the_same_day_is_not_early() -> None:
    owed = Raised(customer="A", day=day(1), amount=Decimal(100), place=1)
    paid = Cleared(customer="A", day=day(1), amount=Decimal(100), place=0)
    assert not settle_oldest_first([owed], [paid]).invoices[0].early


def test_money_that_came_early_is_told_even_where_the_rest_came_later() -> None:
    owed = Raised(customer="A", day=day(5), amount=Decimal(100), place=0)
    paid = [
        Cleared(customer="A", day=day(number), amount=Decimal(50), place=number)
        for number in (1, 9)
    ]
    item = settle_oldest_first([owed], paid).invoices[0]
    assert (item.early, item.settled_at) == (True, day(9))
