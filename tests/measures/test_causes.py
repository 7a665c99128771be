"""Causes of complaints and what development hears, by hand."""

from datetime import date, timedelta

import pytest

LAST = date(2025, 3, 31)


def contact(days_ago, kind="complaint", why=None, told=None):
    return {
        "contact_id": f"k{days_ago:03d}-{kind}-{why}",
        "date": f"{LAST - timedelta(days=days_ago)}",
        "type": kind,
        "why": why,
        "to_development": told,
    }


def orders(days, a_day=10):
    return [
        {
            "order_id": f"{day}-{number}",
            "customer_id": "ann",
            "order_date": f"{LAST - timedelta(days=day)}",
            "amount": 1,
        }
        for day in range(days)
        for number in range(a_day)
    ]


INQUIRIES = [contact(day, "inquiry") for day in range(0, 150, 3)]
CONTACTS = [
    *INQUIRIES,
    contact(1, why="箱つぶれ", told=True),
    contact(5, why="箱 つぶれ", told=False),  # other wording: a space inside stays
    contact(9, why="　箱つぶれ　"),  # outer spaces do not
    contact(20, why="ﾊｺﾂﾌﾞﾚ"),
    contact(30, why="ハコツブレ"),  # full and half width are one
    contact(40, why="箱つぶれ"),
    contact(50, "return", why="箱つぶれ", told=True),  # a return is no complaint
    contact(60),  # no cause written down
    contact(95, why="箱つぶれ", told=True),  # too long ago
]


def test_the_most_frequent_cause(facts):
    found = facts("2025-03-31", orders=orders(200), contacts=CONTACTS)
    most = found["contacts.same_cause_90d_max"]
    assert (most.value, most.n) == (3, 6)
    assert [(item.key, item.value) for item in most.items] == [("箱つぶれ", 3)]
    assert most.period == ("2025-01-01", "2025-03-31")
    assert found.value("orders.count_90d") == 900
    rate = found["contacts.same_cause_per_1000_orders"]
    assert (rate.value, rate.n) == (pytest.approx(3 / 900 * 1000), 900)


def test_what_reaches_development(facts):
    found = facts("2025-03-31", contacts=CONTACTS)
    assert found.value("contacts.complaints_90d_count") == 8  # seven complaints and a return
    share = found["contacts.reason_to_dev_share"]
    assert (share.value, share.n) == (0.25, 8)
    assert share.low is None  # all of them were counted, none drawn


def test_none_passed_on(facts):
    rows = [{**row, "to_development": False} for row in CONTACTS]
    assert facts("2025-03-31", contacts=rows).value("contacts.reason_to_dev_share") == 0.0


def test_a_column_nobody_fills_tells_nothing(facts):
    rows = [{**row, "to_development": None} for row in CONTACTS]
    assert facts("2025-03-31", contacts=rows)["contacts.reason_to_dev_share"].reason == "no_rows"


def test_no_complaint_at_all(facts):
    found = facts("2025-03-31", orders=orders(200), contacts=INQUIRIES)
    assert found.value("contacts.complaints_90d_count") == 0
    assert found["contacts.reason_to_dev_share"].state == "not_applicable"
    assert found.value("contacts.same_cause_90d_max") == 0
    assert found.value("contacts.same_cause_per_1000_orders") == 0.0


def test_complaints_without_a_cause(facts):
    found = facts("2025-03-31", orders=orders(200), contacts=[*INQUIRIES, contact(3), contact(4)])
    for name in ("same_cause_90d_max", "same_cause_per_1000_orders"):
        assert found[f"contacts.{name}"].reason == "no_rows"


def test_a_cause_written_once_is_not_named(facts):
    rows = [*INQUIRIES, contact(3, why="what a single person wrote")]
    most = facts("2025-03-31", contacts=rows)["contacts.same_cause_90d_max"]
    assert (most.value, most.items) == (1, ())


def test_a_month_of_contacts_is_immature(facts):
    recent = [row for row in CONTACTS if row["date"] >= "2025-03-01"]
    found = facts("2025-03-31", orders=orders(200), contacts=recent)
    for name in (
        "complaints_90d_count",
        "reason_to_dev_share",
        "same_cause_90d_max",
        "same_cause_per_1000_orders",
    ):
        assert found[f"contacts.{name}"].reason == "immature"
    assert found.value("orders.count_90d") == 900


def test_a_month_of_orders_is_immature(facts):
    found = facts("2025-03-31", orders=orders(31), contacts=CONTACTS)
    assert found["orders.count_90d"].reason == "immature"
    assert found["contacts.same_cause_per_1000_orders"].reason == "immature"
    assert found.value("contacts.same_cause_90d_max") == 3


def test_orders_that_end_before_the_contacts(facts):
    """The days of both are the ones that count; nothing is divided by a silent month."""
    early = [row for row in orders(200) if row["order_date"] <= "2025-02-28"]
    rate = facts("2025-03-31", orders=early, contacts=CONTACTS)[
        "contacts.same_cause_per_1000_orders"
    ]
    assert rate.period == ("2024-12-01", "2025-02-28")
    # 40 and 95 days before the end of March, two of this cause
    assert (rate.value, rate.n) == (pytest.approx(2 / 900 * 1000), 900)


@pytest.mark.parametrize(
    ("column", "name"),
    [("why", "same_cause_90d_max"), ("to_development", "reason_to_dev_share")],
)
def test_reasons(facts, column, name):
    assert facts("2025-03-31")[f"contacts.{name}"].reason == "no_table"
    rows = [{k: v for k, v in row.items() if k != column} for row in CONTACTS]
    assert facts("2025-03-31", contacts=rows)[f"contacts.{name}"].reason == "no_column"


def test_causes_for_the_chart_and_rows_behind(measured):
    found = measured("2025-03-31", orders=orders(200), contacts=CONTACTS)
    series = {one.id: one for one in found.series}["complaint_causes"]
    assert series.rows == (("箱つぶれ", 3), ("ハコツブレ", 2))  # once is not shown
    rows = found.evidence["contacts"]
    assert list(rows.columns) == ["contact_id", "date", "type", "to_development", "file", "row"]
    assert len(rows) == 9
    assert (rows["date"].iloc[0], rows["row"].iloc[0]) == ("2025-03-30", 52)
