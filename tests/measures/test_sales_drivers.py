"""Sales against the year before, by hand: customers × frequency × order value."""

from math import log

import pytest

from toolkit.measures.sales_drivers import BRIDGE, CHANGE, CHANGES, SALES_BEFORE

# Before: two customers, 4 orders, 400 yen. Latest: four customers, 6 orders, 900 yen; one guest.
TEXT = """
    ann 2024-01-11 100
    ann 2024-05-01 100
    bob 2024-06-01 100
    bob 2024-09-01 100
    ann 2025-01-20 150
    ann 2025-03-01 150
    bob 2025-04-01 150
    cid 2025-05-01 150
    dan 2025-06-01 150
    dan 2026-01-10 150
    -   2025-07-01 50
"""


def test_two_years_and_their_drivers(facts, orders):
    found = facts("2026-01-10", orders=orders(TEXT))
    assert (found.value("customers.sales_12m"), found.value(SALES_BEFORE)) == (950.0, 400.0)
    assert found.value("customers.buyers_12m") == 4
    assert found.value("customers.buyers_before_12m") == 2
    assert found.value("customers.frequency_12m") == 1.5
    assert found.value("customers.frequency_before_12m") == 2.0
    assert found.value("customers.order_value_12m") == 150.0
    assert found.value("customers.order_value_before_12m") == 100.0
    assert found.value(CHANGE) == pytest.approx(950 / 400 - 1)
    assert [found.value(one) for one in CHANGES.values()] == pytest.approx([1.0, -0.25, 0.5])
    assert found["customers.buyers_before_12m"].period == ("2024-01-11", "2025-01-10")


def test_the_parts_are_logarithmic_means_and_add_up(facts, orders):
    found = facts("2026-01-10", orders=orders(TEXT))
    weight = (900 - 400) / log(900 / 400)
    parts = {
        item: found.value(f"{BRIDGE}[item={item}]")
        for item in ("buyers", "frequency", "order_value", "without_code")
    }
    expected = [weight * log(4 / 2), weight * log(1.5 / 2), weight * log(1.5), 50.0]
    assert list(parts.values()) == pytest.approx(expected)
    assert found.value(BRIDGE) == pytest.approx(sum(parts.values())) == pytest.approx(550.0)


def test_equal_years_change_nothing(facts, orders):
    text = "a 2024-01-11 100\na 2024-12-01 50\na 2025-01-20 100\na 2026-01-10 50"
    found = facts("2026-01-10", orders=orders(text))
    assert found.value(CHANGE) == 0
    assert [found.value(f"{BRIDGE}[item={i}]") for i in ("buyers", "frequency")] == [0.0, 0.0]


def test_the_picture_has_the_parts_as_shares_of_the_year_before(measured, orders):
    made = {one.id: one for one in measured("2026-01-10", orders=orders(TEXT)).series}
    rows = {row[0]: (row[1], row[2]) for row in made["sales_bridge"].rows}
    assert rows["without_code"] == pytest.approx((50 / 400, 50.0))
    assert sum(share for share, _ in rows.values()) == pytest.approx(550 / 400)


def test_a_single_year_has_drivers_but_nothing_to_compare_with(facts, orders):
    found = facts("2026-01-10", orders=orders("a 2025-01-11 1\na 2026-01-10 1"))
    assert found.value("customers.frequency_12m") == 2.0
    unknown = (SALES_BEFORE, CHANGE, BRIDGE, "customers.buyers_before_12m", *CHANGES.values())
    assert {found[one].reason for one in unknown} == {"immature"}


def test_a_year_of_refunds_is_no_base(facts, orders):
    text = "a 2024-01-11 10\na 2024-02-01 -10\na 2025-02-01 5\na 2026-01-10 5"
    found = facts("2026-01-10", orders=orders(text))
    assert {found[one].reason for one in (CHANGE, BRIDGE)} == {"zero_base"}


def test_no_orders(facts):
    assert facts("2026-01-10")[CHANGE].reason == "no_table"
