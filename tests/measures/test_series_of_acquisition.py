"""The funnel, the payback picture and the rows behind them."""

from datetime import date, timedelta

import pytest

from toolkit.measures.intervals import wilson


def series(measured, name, **fields):
    return {one.id: one for one in measured("2025-06-30", **fields).series}.get(name)


def visits(days=14, **columns):
    first = date(2025, 1, 6)
    return [
        {"date": (first + timedelta(days=day)).isoformat(), "channel": "search", **columns}
        for day in range(days)
    ]


LEADS = [
    {
        "lead_id": str(i),
        "created_at": "2025-01-01",
        "won_at": "2025-02-01" if i < 3 else None,
        "lost_at": "2025-06-30" if i == 9 else None,
        "staff": "Sato",
        "amount": 10,
    }
    for i in range(10)
]


def test_funnel_of_visits(measured):
    found = series(measured, "acquisition_funnel", traffic=visits(sessions=100, carts=20, orders=5))
    assert [row[:3] for row in found.rows] == [
        ("sessions", 1400, None),
        ("carts", 280, 0.2),
        ("orders", 70, 0.25),
    ]
    assert found.rows[1][3:] == pytest.approx((wilson(280, 1400).low, wilson(280, 1400).high))


def test_funnel_of_leads_for_a_firm_that_sells_to_firms(measured):
    found = series(
        measured,
        "acquisition_funnel",
        model="saas",
        leads=LEADS,
        traffic=visits(sessions=100, orders=5),
    )
    # ten leads of 1 January, the last entry on 30 June: all are more than 90 days old
    assert [row[:3] for row in found.rows] == [("leads", 10, None), ("won", 3, 0.3)]
    assert found.rows[1][3:] == pytest.approx((wilson(3, 10).low, wilson(3, 10).high))


def test_counts_that_grow_are_no_funnel(measured):
    rows = visits(sessions=100, carts=20, orders=21)
    assert series(measured, "acquisition_funnel", traffic=rows) is None


def test_margin_beside_cost_by_channel(measured):
    """40 customers of a channel with one order of 1,000 or 1,001, margin 40 %, cost 300 each."""
    first = date(2024, 1, 1)
    orders = [
        {
            "order_id": f"o{i}",
            "customer_id": f"c{i}",
            "order_date": (first + timedelta(days=i % 28)).isoformat(),
            "amount": 1000 + i % 2,
            "channel": "ads",
        }
        for i in range(40)
    ]
    orders.append({**orders[0], "order_id": "z", "customer_id": "z", "order_date": "2025-06-30"})
    ads = [{"month": "2024-01", "channel": "Ads", "amount": 12000, "new_customers": 40}]
    answers = {"q.sal.payback_months": 6, ("q.pla.cost_rates", "cogs"): 0.6}
    found = series(measured, "payback_by_channel", orders=orders, ad_spend=ads, answers=answers)
    label, value, target, low, high, n = found.rows[0]
    assert (label, value, target, n) == ("Ads", pytest.approx(400.2), 300.0, 40)
    assert low < value < high
    assert series(measured, "payback_by_channel", orders=orders, ad_spend=ads) is None


def test_rows_behind_the_figures(measured):
    found = measured("2025-06-30", leads=LEADS, traffic=visits(2, sessions=1, paid=True)).evidence
    assert "staff" not in found["leads"]
    assert list(found["leads"]["won_at"].dropna()) == ["2025-02-01"] * 3
    assert list(found["traffic"]["date"]) == ["2025-01-07", "2025-01-06"]
    assert found["traffic"]["row"].tolist() == [3, 2]
    assert (found["traffic"]["file"] == "data/traffic.csv").all()
