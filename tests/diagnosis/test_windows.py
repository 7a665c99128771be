"""Second orders under windows of one's own choice: by hand, and equal to the report's."""

from dataclasses import replace

import pytest

import toolkit as tk
from toolkit.errors import UsageError

ORDERS = """order_id,customer_id,order_date,amount
1,a,2025-01-10,1000
2,a,2025-03-01,1000
3,b,2025-01-20,1000
4,b,2025-07-01,1000
5,c,2025-02-05,1000
6,d,2025-06-20,1000
"""


@pytest.fixture
def small(client_of):
    made = client_of()
    (made / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return tk.diagnose(made, as_of="2025-07-10")


def test_by_hand(small):
    frame = tk.second_orders(small, 60)
    assert frame[["customers", "again"]].values.tolist() == [[3, 1]]
    assert frame["low"][0] < 1 / 3 < frame["high"][0]
    months = tk.second_orders(small, 60, by="month")
    assert months[["cohort", "customers", "again", "rate"]].values.tolist() == [
        ["2025-01", 2, 1, 0.5],
        ["2025-02", 1, 0, 0.0],
    ]
    assert tk.second_orders(small, 150)["again"].tolist() == [1]
    assert tk.second_orders(small, 162, by="year")["again"].tolist() == [2]
    assert tk.second_orders(small, 5000).empty


@pytest.mark.parametrize("window", [90, 180, 365])
def test_equal_to_the_report_under_its_own_windows(shop, window):
    fact = shop.fact("customers.f2_conversion", window_days=window)
    frame = tk.second_orders(shop, window)
    assert (frame["customers"][0], frame["rate"][0]) == (fact.n, pytest.approx(fact.value))
    assert frame["low"][0] == pytest.approx(fact.low)


def test_what_cannot_be_told_is_refused(small):
    for d, by, code in (
        (replace(small, evidence={}), None, "no_order_evidence"),
        (replace(small, evidence={"orders": small.evidence["orders"][:2]}), None, "evidence_cut"),
        (small, "week", "cohort_unknown"),
    ):
        with pytest.raises(UsageError, match=code):
            tk.second_orders(d, 60, by=by)
