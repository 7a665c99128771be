"""New and existing customers in sales, and their year against the one before."""

import pytest

YEARS = """
    ann 2023-04-01 100
    ann 2023-06-01 300
    bob 2024-01-10 100
    bob 2024-03-31 100
    ann 2024-05-01 50
    cat 2024-08-01 150
    cat 2025-01-01 50
    dan 2025-03-31 250
    -   2025-02-01 500
"""


@pytest.fixture(scope="module")
def years(facts, orders):
    return facts("2025-03-31", orders=orders(YEARS))


def test_share_of_the_last_twelve_months(years):
    # April 2024 to March 2025: 1,000 in all, of it ann 50 and cat's second 50; the guest's 500
    # is in the denominator only
    fact = years["customers.existing_sales_share"]
    assert (fact.value, fact.n, fact.period) == (0.1, 4, ("2024-04-01", "2025-03-31"))
    assert fact.low < 0.1 < fact.high


def test_year_on_year_gives_both_years_the_same_history(years):
    # Both years stand alone, for the export holds no day before the first: ann's order of May
    # 2024 is the first one seen in its year, as hers of April 2023 was in the year before.
    share = years["customers.existing_sales_share_yoy"]
    assert share.value == pytest.approx(50 / 1000 - 400 / 600)
    assert (share.n, share.unit) == (2, "points")
    assert share.period == ("2023-04-01", "2025-03-31")
    yen = years["customers.existing_sales_yoy"]
    assert (yen.value, yen.unit) == (50.0 - 400.0, "yen")
    assert yen.low < yen.value < yen.high


def test_history_before_both_years_is_used_alike(facts, orders):
    """With a year of history, a customer of that year is an existing one in the next."""
    rows = orders(
        "ann 2022-04-01 1\n ann 2023-04-01 100\n bob 2023-05-01 100\n"
        "bob 2024-04-01 100\n eve 2025-03-31 300"
    )
    found = facts("2025-03-31", orders=rows)
    assert found.value("customers.existing_sales_share_yoy") == pytest.approx(0.25 - 0.5)
    assert found.value("customers.existing_sales_yoy") == 0.0


def test_a_year_alone_has_no_year_before(facts, orders):
    days = [f"{who} 2024-{month:02d}-01 10" for month in range(1, 13) for who in ("ann", "bob")]
    found = facts("2024-12-01", orders=orders("\n".join(days)))
    assert found["customers.existing_sales_share"].value == pytest.approx(110 / 120)
    assert found["customers.existing_sales_share_yoy"].reason == "immature"
    assert found["customers.existing_sales_yoy"].reason == "immature"


def test_no_sales_has_no_share(facts, orders):
    found = facts("2024-12-31", orders=orders("ann 2024-01-01 0\n bob 2024-12-31 0"))
    assert found["customers.existing_sales_share"].reason == "zero_base"
