"""Work by hand, contacts per 100 orders, and how contacts are recorded."""

import pytest

STEPS = [
    ("1", "order", "customer", "guest", "cart", "manual", 5, 40),
    ("2", "print slips", "company", "Sato", "excel", "manual", 2, 40),
    ("3", "allocate", "company", "Sato", "core", "auto", 1, 40),
    ("4", "pack", "company", "Abe", "hand", "manual", 6, 30),
    ("5", "check", "company", None, "hand", "manual", 1, 30),
    ("10", "call back", "company", "Sato", "tel", "manual", 10, None),
]
NAMES = ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day")
FLOW = [dict(zip(NAMES, step, strict=True)) for step in STEPS]


def test_minutes_by_hand(facts):
    found = facts("2025-03-31", journey=FLOW)
    assert found.value("work.manual_minutes_per_day") == 80 + 180 + 30
    assert found["work.manual_minutes_per_day"].n == 3
    assert found.value("work.manual_minutes_by_actor[actor=Abe]") == 180
    assert found.value("work.manual_minutes_by_actor[actor=Sato]") == 80


def test_a_flow_without_frequency_is_not_measured(facts):
    flow = [{key: value for key, value in step.items() if key != "per_day"} for step in FLOW]
    assert facts("2025-03-31", journey=flow)["work.manual_minutes_per_day"].reason == "no_column"


def test_the_flow_keeps_its_order(measured):
    found = measured("2025-03-31", journey=FLOW[::-1])
    series = {one.id: one for one in found.series}
    steps = series["journey_steps"].to_frame()
    assert list(steps["step_no"]) == [1, 2, 3, 4, 5, 10]
    assert steps["per_day"].iloc[-1] is None or steps["per_day"].isna().iloc[-1]
    assert series["journey_load"].rows == (("Abe", 180.0), ("Sato", 80.0))
    assert found.evidence["journey"]["step"].iloc[0] == "order"


def _orders(daily, start, days):
    return [
        {"order_id": row["date"], "customer_id": "ann", "order_date": row["date"], "amount": 1}
        for row in daily(start, days)
    ]


def test_contacts_per_100_orders_of_the_same_days(daily, facts):
    contacts = daily("2025-03-01", 31) * 2  # a year of orders, one month of contacts
    fact = facts("2025-03-31", orders=_orders(daily, "2024-04-01", 365), contacts=contacts)[
        "work.contacts_per_100_orders"
    ]
    assert (fact.value, fact.n, fact.period) == (200.0, 31, ("2025-03-01", "2025-03-31"))
    assert fact.low < 200 < fact.high


def test_rare_contacts_speak_for_the_silence_around_them(daily, facts):
    contacts = [{"date": day} for day in ("2025-01-21", "2025-02-10", "2025-03-11")]
    fact = facts("2025-03-31", orders=_orders(daily, "2025-01-01", 90), contacts=contacts)[
        "work.contacts_per_100_orders"
    ]
    assert (fact.value, fact.n) == (pytest.approx(3 / 90 * 100), 90)


def test_three_months_against_nine(daily, facts):
    contacts = daily("2024-04-01", 275) + daily("2025-01-01", 90) * 2
    found = facts("2025-03-31", orders=_orders(daily, "2024-04-01", 365), contacts=contacts)
    fact = found["work.contacts_per_100_orders_t3v9"]
    assert (fact.value, fact.n) == (pytest.approx(100.0), 90)
    assert fact.low95 > 0
    assert found.value("work.contacts_per_100_orders_9m") == pytest.approx(100.0)
    assert fact.period == ("2024-04-01", "2025-03-31")


def test_half_a_year_has_no_nine_months_before(daily, facts):
    contacts = daily("2024-10-01", 182)
    found = facts("2025-03-31", orders=_orders(daily, "2024-10-01", 182), contacts=contacts)
    assert found["work.contacts_per_100_orders_t3v9"].reason == "immature"


def test_contacts_by_month(daily, measured):
    contacts = daily("2025-02-01", 59)
    found = measured("2025-03-31", orders=_orders(daily, "2025-02-01", 59), contacts=contacts)
    series = {one.id: one for one in found.series}["contacts_by_month"]
    assert series.rows == (("2025-02", 28, 28, 100.0), ("2025-03", 31, 31, 100.0))


RECORDS = [
    {"type": "complaint", "customer_id": "ann", "who": "ann", "what": "late", "why": "rain"},
    {"type": "complaint", "customer_id": None, "who": None, "what": "torn", "why": None},
    {"type": "inquiry", "customer_id": None, "who": None, "what": None, "why": None},
]


def test_how_complaints_are_recorded(facts):
    rows = [
        {**row, "date": "2025-03-01", "resolved_at": day, "result_fed_back": told}
        for row, day, told in zip(
            RECORDS, ("2025-03-02", "2025-03-03", None), (True, None, True), strict=True
        )
    ]
    found = facts("2025-03-31", contacts=rows)
    assert (found["contacts.keyed_share"].value, found["contacts.keyed_share"].n) == (0.5, 2)
    assert found.value("contacts.w5h1_share") == pytest.approx((3 / 6 + 1 / 6) / 2)
    assert (found["contacts.fed_back_share"].value, found["contacts.fed_back_share"].n) == (0.5, 2)
