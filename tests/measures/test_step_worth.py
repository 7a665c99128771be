"""What a step of the funnel is worth, by hand."""

import pytest

from toolkit.measures.step_worth import CARTS, DROP_LATEST, LATEST, SALES, UNITS

VISITS = "[step=sessions_carts]"
CHECKOUT = "[step=carts_orders]"


def traffic(daily):
    """2024: 100 visits, 20 carts, 10 orders a day; from 1 October 2025 12 carts, 4 orders."""
    return daily("2024-01-01", 639, sessions=100, carts=20, orders=10) + daily(
        "2025-10-01", 92, sessions=100, carts=12, orders=4
    )


SHOP = """
    ann 2024-06-01 9000
    bob 2025-01-01 3000
    cat 2025-12-31 5000
"""


def test_the_latest_rate_and_a_year_s_units(facts, orders, daily):
    found = facts("2025-12-31", orders=orders(SHOP), traffic=traffic(daily))
    latest = found[LATEST + VISITS]
    assert (latest.value, latest.n) == (pytest.approx(0.12), 9200)
    assert latest.period == ("2025-10-01", "2025-12-31")
    assert (found.value(UNITS + VISITS), found.value(UNITS + CHECKOUT)) == (36_500, 6564)
    assert found[UNITS + VISITS].period == ("2025-01-01", "2025-12-31")


def test_sales_for_each_unit_beyond(facts, orders, daily):
    found = facts("2025-12-31", orders=orders(SHOP), traffic=traffic(daily))
    # 273 × 10 + 92 × 4 orders of 273 × 20 + 92 × 12 carts; orders of 2025 are ¥4,000 on average
    assert found.value(SALES + VISITS) == pytest.approx(3098 / 6564 * 4000)
    assert found.value(SALES + CHECKOUT) == pytest.approx(4000)


def test_carts(facts, orders, daily):
    found = facts("2025-12-31", orders=orders(SHOP), traffic=traffic(daily))
    assert found.value(DROP_LATEST) == pytest.approx(1 - 4 / 12)
    assert found.value(CARTS) == 6564


def test_a_short_history_is_no_year(facts, orders, daily):
    rows = daily("2025-07-01", 184, sessions=100, carts=20, orders=10)
    found = facts("2025-12-31", orders=orders(SHOP), traffic=rows)
    assert found.value(LATEST + VISITS) == pytest.approx(0.2)
    reasons = {found[key].reason for key in (UNITS + VISITS, SALES + VISITS, CARTS)}
    assert reasons == {"immature"}


def test_without_the_end_of_the_way_there_are_no_sales(facts, orders, daily):
    rows = daily("2024-01-01", 731, sessions=100, carts=20)
    found = facts("2025-12-31", orders=orders(SHOP), traffic=rows)
    assert found[SALES + VISITS].reason == "no_column"
    assert found[CARTS].reason == "no_column"


@pytest.mark.parametrize("text", [None, "cat 2025-12-31 5000", "ann 2024-06-01 9000"])
def test_orders_that_do_not_speak_for_the_year(facts, orders, daily, text):
    tables = {} if text is None else {"orders": orders(text)}
    found = facts("2025-12-31", traffic=traffic(daily), **tables)
    assert found[SALES + VISITS].reason == "no_rows"


def test_more_orders_than_carts_is_no_share(facts, orders, daily):
    rows = daily("2024-01-01", 731, sessions=100, carts=20, orders=30)
    found = facts("2025-12-31", orders=orders(SHOP), traffic=rows)
    assert found[SALES + VISITS].reason == "beyond_whole"
    assert not found[CARTS].known


def leads(**columns):
    """A lead a day for two years; one in ten is won the day after, from 2025 one in five."""
    import pandas as pd

    days = pd.date_range("2024-01-01", "2025-12-31")
    rows = [
        {
            "lead_id": f"l{place}",
            "created_at": day.strftime("%Y-%m-%d"),
            "won_at": (day + pd.Timedelta(days=1)).strftime("%Y-%m-%d")
            if place % (5 if day.year == 2025 else 10) == 0
            else None,
            "lost_at": None,
            "amount": 1000 if place // 10 % 2 else 3000,
        }
        for place, day in enumerate(days)
    ]
    return [{k: v for k, v in row.items() if k not in columns.get("without", ())} for row in rows]


def test_the_step_from_lead_to_order(facts):
    found = facts("2025-12-31", model="made_to_order", leads=leads())
    step = "[step=leads_won]"
    assert found.value(LATEST + step) == pytest.approx(0.2, abs=0.02)
    assert found.value(UNITS + step) == pytest.approx(365, abs=2)
    # tens of ¥1,000 and of ¥3,000 in turn
    assert found.value(SALES + step) == pytest.approx(2000, abs=60)


def test_leads_without_amounts(facts):
    found = facts("2025-12-31", model="made_to_order", leads=leads(without=("amount",)))
    assert found[f"{SALES}[step=leads_won]"].reason == "no_column"
