"""Sales of twelve months, of new customers and of existing ones, by hand."""

from toolkit.measures.sales_split import EXISTING, NEW, ORDERS, sales_split_facts

# ann is old; bob's first order is his own, his second an existing customer's; "-" is a guest.
TEXT = """
    ann 2024-01-10 500
    ann 2025-01-11 100
    bob 2025-02-01 200
    bob 2025-03-01 300
    -   2025-04-01 40
    ann 2026-01-10 7
"""


def test_new_and_existing_make_the_whole(facts, orders):
    found = facts("2026-01-10", orders=orders(TEXT))
    assert (found.value(NEW), found[NEW].n) == (240.0, 2)  # bob's first, the guest's
    assert (found.value(EXISTING), found[EXISTING].n) == (407.0, 3)
    assert found.value("customers.sales_12m") == 647.0
    assert found.value(ORDERS) == 5
    assert found[NEW].period == ("2025-01-11", "2026-01-10")


def test_without_codes_all_sales_stand_with_the_new(facts_of, orders):
    rows = [{**row, "customer_id": None} for row in orders(TEXT)]
    found = facts_of(sales_split_facts, "2026-01-10", orders=rows)
    assert (found.value(NEW), found.value(EXISTING)) == (647.0, 0.0)


def test_less_than_a_year_is_immature(facts_of, orders):
    found = facts_of(
        sales_split_facts, "2025-03-01", orders=orders("a 2025-01-01 1\na 2025-03-01 1")
    )
    assert {found[one].reason for one in (NEW, EXISTING, ORDERS)} == {"immature"}


def test_no_orders(facts):
    assert facts("2025-03-01")[NEW].reason == "no_table"
